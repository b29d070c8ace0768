"""The log as server-sent events over real services: from a position, onwards, and resumed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import Subject
from tests.journeys.answers import Json, Problem
from tests.journeys.city import City

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE = 20


async def frames(answer: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """Read events from a stream, without its comments."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line and not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif not line and "id" in fields:
            yield fields
            fields = {}


@asynccontextmanager
async def following(
    city: City, query: str = "", token: str | None = None, **headers: str
) -> AsyncIterator[AsyncIterator[dict[str, str]]]:
    """Open the stream at a service."""
    authorised = {"Authorization": f"Bearer {token or city.auditor().token}", **headers}
    async with city.http.stream("GET", f"/v1/events/stream{query}", headers=authorised) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield frames(answer)


async def take(stream: AsyncIterator[dict[str, str]], count: int) -> list[dict[str, str]]:
    async with asyncio.timeout(PATIENCE):
        return [await anext(stream) for _ in range(count)]


def ids(found: list[dict[str, str]]) -> list[int]:
    return [int(frame["id"]) for frame in found]


async def test_everything_from_a_position_on_is_told_and_what_comes_then(cities: list[City]) -> None:
    here, there = cities
    for _ in range(3):
        await here.clerk().company()
    last = await here.last_position()
    async with following(there, f"?after={last - 4}") as stream:
        assert ids(await take(stream, 4)) == [last - 3, last - 2, last - 1, last]
        # What is written through one service is told by the other, at once and in order.
        for _ in range(3):
            await here.clerk().company()
        told = await take(stream, 6)
        assert ids(told) == list(range(last + 1, last + 7))
        events: list[Json] = await here.events(after=last)
        assert [json.loads(frame["data"]) for frame in told] == events[:6]


async def test_a_client_that_comes_back_misses_nothing(cities: list[City]) -> None:
    here, there = cities
    await here.clerk().company()
    last = await here.last_position()
    headers = {"Last-Event-ID": str(last - 2)}
    for city in (here, there):
        async with following(city, "?after=0", **headers) as stream:
            assert ids(await take(stream, 2)) == [last - 1, last]


async def test_a_stream_ends_with_its_token(cities: list[City]) -> None:
    city = cities[0]
    last = await city.last_position()
    short = city.token(Caller(subject=Subject("auditor"), role=Role.AUDITOR), timedelta(seconds=3))
    async with asyncio.timeout(PATIENCE), following(city, f"?after={last}", token=short) as stream:
        assert [frame async for frame in stream] == []


async def test_a_place_that_is_none_does_not_fit(cities: list[City]) -> None:
    auditor = cities[0].auditor()
    for value in ("x", "-1", "", "1.5", "9223372036854775808"):
        problem = Problem.of(await auditor.ask("GET", "/events/stream", headers={"Last-Event-ID": value}))
        assert problem.status == 400
    assert (await auditor.cannot_read(422, "/events/stream?after=x")).pointers == {"/after"}


async def test_others_follow_nothing(cities: list[City]) -> None:
    assert (await cities[0].officer().cannot_read(403, "/events/stream")).code == "forbidden"
    assert (await cities[0].nobody().cannot_read(401, "/events/stream")).code == "unauthenticated"
