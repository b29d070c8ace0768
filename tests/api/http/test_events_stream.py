"""The log as a stream: every event once, from where the client left off, until there is a reason to end."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import pytest

from api.http.events_stream import Follower
from application.kernel.callers import Role
from application.kernel.ports import Unavailable
from domain.kernel.district import District
from tests.api.http.made_up import City, Log

STREAM = "/v1/notes/log/stream"


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time

    def pass_time(self, waits: list[tuple[int, float]]) -> Callable[[int, float], None]:
        def wait(position: int, seconds: float) -> None:
            waits.append((position, seconds))
            self.time += seconds

        return wait


def follower(log: Log, *, until: float = 3600.0, now: Hand | None = None, heartbeat: float = 15.0) -> Follower:
    return Follower(
        feed=log,
        show=lambda entry: entry.data,
        until=until,
        stopping=asyncio.Event(),
        heartbeat=heartbeat,
        now=now or Hand(),
    )


async def opened(following: Follower, log: Log, after: int = 0) -> AsyncGenerator[bytes, None]:
    stream = following.follow(after, await log.read(after=after, limit=200))
    assert await anext(stream) == b"retry: 2000\n\n"
    return stream


async def test_an_event_is_its_position_its_type_and_one_line_of_data() -> None:
    log = Log()
    log.record("note.written")
    stream = await opened(follower(log), log)
    assert await anext(stream) == ('id: 1\nevent: note.written\ndata: {"title":"第一行\\n第二行"}\n\n'.encode())
    await stream.aclose()


async def test_what_happens_later_arrives_when_it_happens() -> None:
    log = Log()
    stream = await opened(follower(log), log)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    assert not waiting.done()
    log.record("note.written", "note.torn")
    assert [line for line in (await waiting).split(b"\n") if line.startswith(b"id")] == [b"id: 1", b"id: 2"]
    log.record("note.mended")
    assert b"id: 3\nevent: note.mended\n" in await anext(stream)


async def test_a_type_of_another_system_cannot_break_the_stream() -> None:
    log = Log()
    log.record("other:Thing\nid: 7\r\ndata: x")
    stream = await opened(follower(log), log)
    assert (await anext(stream)).count(b"\n") == 4


async def test_when_nothing_happens_a_comment_keeps_the_line_open() -> None:
    log = Log()
    stream = await opened(follower(log, heartbeat=0.0), log)
    assert [await anext(stream), await anext(stream)] == [b": still here\n\n"] * 2


async def test_between_comments_the_stream_waits_for_the_log_or_the_next_comment() -> None:
    log, hand = Log(), Hand()
    log.record("note.written")
    waits: list[tuple[int, float]] = []
    log.instead_of_waiting = hand.pass_time(waits)
    stream = await opened(follower(log, now=hand), log)
    assert b"id: 1" in await anext(stream)
    assert await anext(stream) == b": still here\n\n"
    assert await anext(stream) == b": still here\n\n"
    assert waits == [(1, 15.0), (1, 15.0)]


async def test_it_ends_when_the_token_does() -> None:
    log, hand = Log(), Hand()
    log.instead_of_waiting = hand.pass_time([])
    stream = await opened(follower(log, until=20.0, now=hand), log)
    assert [piece async for piece in stream] == [b": still here\n\n"]
    assert hand.time == 20.0


async def test_it_ends_when_the_server_stops() -> None:
    log = Log()
    following = follower(log)
    stream = await opened(following, log)
    waiting = asyncio.ensure_future(anext(stream, b"ended"))
    await asyncio.sleep(0)
    following.stopping.set()
    assert await waiting == b"ended"


async def test_it_ends_when_the_log_is_out_of_reach() -> None:
    log = Log()
    log.record("note.written")
    stream = await opened(follower(log), log)
    await anext(stream)
    log.refuses = Unavailable()
    log.record("note.torn")
    assert [piece async for piece in stream] == []


async def test_what_the_wait_raises_is_not_lost() -> None:
    def fails(_position: int, _seconds: float) -> None:
        raise ZeroDivisionError

    log = Log(instead_of_waiting=fails)
    stream = await opened(follower(log), log)
    with pytest.raises(ZeroDivisionError):
        await anext(stream)


@pytest.mark.parametrize(
    ("query", "headers", "first"),
    [
        ("", {}, 1),
        ("?after=0", {}, 1),
        ("?after=2", {}, 3),
        ("?after=2", {"Last-Event-ID": "1"}, 2),
        ("", {"Last-Event-ID": "2"}, 3),
        ("?after=1", {"Last-Event-ID": "0"}, 1),
    ],
)
async def test_it_begins_where_the_client_left_off(city: City, query: str, headers: dict[str, str], first: int) -> None:
    city.log.record("note.written", "note.mended", "note.torn")
    city.log.instead_of_waiting = lambda _position, _seconds: city.stopping.set()
    answer = await city.get(f"{STREAM}{query}", **headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.startswith(f"retry: 2000\n\nid: {first}\n")


@pytest.mark.parametrize("last_seen", ["", "x", "-1", "1.0", "9223372036854775808"])
async def test_a_last_event_that_is_no_position_is_malformed(city: City, last_seen: str) -> None:
    answer = await city.get(STREAM, **{"Last-Event-ID": last_seen})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_a_position_that_is_none_does_not_fit(city: City) -> None:
    answer = await city.get(f"{STREAM}?after=-1")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/after")


async def test_a_log_out_of_reach_is_told_before_the_stream_begins(city: City) -> None:
    city.log.refuses = Unavailable()
    answer = await city.get(STREAM)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_only_those_who_may_read_the_log_follow_it(city: City) -> None:
    headers = city.bearer(Role.DISTRICT, district=District("321001"))
    assert (await city.client.get(STREAM, headers=headers)).status_code == 403
