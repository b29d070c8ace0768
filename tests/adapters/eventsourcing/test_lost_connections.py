"""A connection that is lost at the worst moment: the outcome is looked up, nothing is doubled or falsely refused."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from eventsourcing.persistence import OperationalError, ProcessRecorder, StoredEvent, Tracking

from adapters.eventsourcing import Factory, outcome
from tests.adapters.eventsourcing.stored import bought
from tests.adapters.notes import appending, new_note, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.proxy import Cut, Proxy
from tests.adapters.postgres.servers import OWN_SERVERS, OwnServer, own_server
from tests.adapters.postgres.waiting import head_held, until

PATIENCE = 20.0
MARKER = "shop:Marked"

_WAITS = "select count(*) = 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = $1"
_SOLD = """
    select append_foreign(gen_random_uuid(), now(), true, array[$1], array[1], array['shop:Sold'],
        array['\\x00ff'::bytea], null, null, null)
"""
_CUT = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'guanjia%'"


@pytest.fixture(scope="module", params=OWN_SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A server that has a socket, and connections that may all be cut."""
    with own_server(request.param) as running:
        yield running


@pytest.fixture
async def line(server: OwnServer) -> AsyncIterator[Proxy]:
    async with Proxy(server.url, server.socket_folder) as proxy:
        yield proxy


@pytest.fixture
async def recorder(line: Proxy, settings: dict[str, str]) -> AsyncIterator[ProcessRecorder]:
    """A recorder whose every connection goes over the line; it has recorded one event already."""
    factory = Factory({**settings, "GUANJIA_DATABASE_URL": line.url})
    recorder = await asyncio.to_thread(factory.process_recorder)
    await insert(recorder, bought())
    yield recorder
    await asyncio.to_thread(factory.close)


async def insert(recorder: ProcessRecorder, *events: StoredEvent, tracking: Tracking | None = None) -> list[int]:
    positions = await asyncio.to_thread(recorder.insert_events, events, tracking=tracking)
    return list(positions or [])


def marked() -> list[StoredEvent]:
    order = uuid4()
    return [bought(1, of=order, topic=MARKER), bought(2, of=order, topic=MARKER)]


async def waits(log: Bench, purpose: str) -> bool:
    return bool(await log.sees(_WAITS, purpose))


async def test_lost_before_the_server_heard_nothing_was_written(
    log: Bench, line: Proxy, recorder: ProcessRecorder
) -> None:
    events = marked()
    line.cut(Cut.BEFORE_THE_SERVER_HEARS, MARKER)
    with pytest.raises(OperationalError, match="nothing was written"):
        await insert(recorder, *events)
    assert len(await log.rows()) == 1
    assert await insert(recorder, *events) == [2, 3]


async def test_lost_while_waiting_for_the_lock_the_commit_is_waited_for(
    log: Bench, line: Proxy, recorder: ProcessRecorder
) -> None:
    line.cut(Cut.WHILE_THE_SERVER_WORKS, MARKER)
    async with head_held(log):
        inserting = asyncio.create_task(insert(recorder, *marked(), tracking=Tracking("shop", 5)))
        await until(lambda: waits(log, "guanjia library"))
        line.go.set()
        await until(lambda: waits(log, "guanjia outcome"))
        assert not inserting.done()
    assert await inserting == [2, 3]
    assert len(await log.rows()) == 3


async def test_lost_after_the_commit_the_events_are_found(log: Bench, line: Proxy, recorder: ProcessRecorder) -> None:
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, MARKER)
    assert await insert(recorder, *marked()) == [2, 3]
    assert len(await log.rows()) == 3


@pytest.mark.parametrize("heard", [True, False])
async def test_a_tracking_alone_is_looked_up_too(
    log: Bench, line: Proxy, recorder: ProcessRecorder, *, heard: bool
) -> None:
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS if heard else Cut.BEFORE_THE_SERVER_HEARS, "marked-app")
    if heard:
        assert await insert(recorder, tracking=Tracking("marked-app", 5)) == []
    else:
        with pytest.raises(OperationalError, match="nothing was written"):
            await insert(recorder, tracking=Tracking("marked-app", 5))
    assert await asyncio.to_thread(recorder.max_tracking_id, "marked-app") == (5 if heard else None)
    assert len(await log.rows()) == 1


async def test_a_request_that_arrives_after_it_was_given_up_is_refused(
    log: Bench, line: Proxy, recorder: ProcessRecorder
) -> None:
    events = marked()
    line.cut(Cut.WITH_THE_REQUEST_STUCK_ON_THE_WAY, MARKER)
    with pytest.raises(OperationalError, match="nothing was written"):
        await insert(recorder, *events)
    line.go.set()
    await line.answered_late.wait()
    assert b"GJ002" in line.answers
    assert len(await log.rows()) == 1
    assert await insert(recorder, *events) == [2, 3]


async def test_anothers_events_are_not_taken_for_ours(log: Bench, line: Proxy, recorder: ProcessRecorder) -> None:
    events = marked()
    line.cut(Cut.BEFORE_THE_SERVER_HEARS, MARKER)
    async with head_held(log) as holder:
        inserting = asyncio.create_task(insert(recorder, *events))
        await until(lambda: waits(log, "guanjia outcome"))
        await holder.execute(_SOLD, str(events[0].originator_id))
    with pytest.raises(OperationalError, match="nothing was written"):
        await inserting
    assert [row.type for row in await log.rows()] == ["shop:Bought", "shop:Sold"]


async def test_when_even_the_lookup_fails_the_outcome_is_unknown(
    log: Bench, line: Proxy, recorder: ProcessRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "_LOOKUP_SECONDS", 0.3)
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, MARKER, and_stay_dead=True)
    with pytest.raises(OperationalError, match="its outcome is unknown"):
        await insert(recorder, *marked())
    line.dead = False
    assert len(await log.rows()) == 3


async def test_reading_and_following_go_on_when_connections_are_cut(log: Bench, factory: Factory) -> None:
    recorder = factory.application_recorder()
    with recorder.subscribe() as subscription:
        await log.store.append(appending(new_note(), written()))
        assert (await asyncio.wait_for(asyncio.to_thread(next, subscription), PATIENCE)).id == 1
        await log.direct.execute(_CUT)
        await log.put_foreign("stock-1")
        assert (await asyncio.wait_for(asyncio.to_thread(next, subscription), PATIENCE)).id == 2
        assert recorder.max_notification_id() == 2
