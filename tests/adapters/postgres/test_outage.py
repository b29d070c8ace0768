"""PostgreSQL goes down and comes back: callers are told quickly, and everything recovers by itself."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from adapters.postgres.store import PostgresEventStore
from application.kernel.ports import Accepted, Unavailable
from tests.adapters.notes import appending, new_note, retry_key, signed, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import OWN_SERVERS, OwnServer, own_server
from tests.adapters.postgres.waiting import until

_QUICKLY = 3.0


@pytest.fixture(scope="module", params=OWN_SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A server that may be stopped."""
    with own_server(request.param) as running:
        yield running


async def test_an_outage_is_told_quickly_and_survived(log: Bench, server: OwnServer) -> None:
    note = new_note()
    await log.store.append(appending(note, written()))
    await log.store.listener.listening.wait()
    await asyncio.to_thread(server.stop)  # the connections hear of it meanwhile
    try:
        began = time.monotonic()
        calls = (
            *(log.store.append(appending(new_note(), written())) for _ in range(20)),
            log.store.append(appending(new_note(), signed())),
            log.store.load(note),
            log.store.heads([note]),
            log.store.read(after=0, limit=10),
            log.store.receipt(retry_key()),
        )
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(answer) for answer in answers] == [Unavailable] * len(answers)
        assert time.monotonic() - began < _QUICKLY
    finally:
        await asyncio.to_thread(server.start)
    assert await log.store.heads([note]) == ({note: 1}, 1)
    assert isinstance(await log.store.append(appending(note, written(), at=1)), Accepted)
    await asyncio.wait_for(log.store.listener.listening.wait(), 20)
    other = await log.another_store()
    await other.append(appending(note, written(), at=2))
    assert await log.store.wait_beyond(2, 20) == 3


async def test_reads_survive_a_restart_that_nobody_noticed(log: Bench, server: OwnServer) -> None:
    note = new_note()
    await log.store.append(appending(note, written()))
    await asyncio.gather(*(log.store.load(note) for _ in range(8)))
    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)
    loaded = await asyncio.gather(*(log.store.load(note) for _ in range(8)))
    assert [len(events) for events in loaded] == [1] * 8


async def test_the_log_can_be_opened_before_its_database(log: Bench, server: OwnServer) -> None:
    await asyncio.to_thread(server.stop)  # the connections hear of it meanwhile
    try:
        store = await log.another_store()
        with pytest.raises(Unavailable):
            await store.append(appending(new_note(), written()))
    finally:
        await asyncio.to_thread(server.start)
    await until(lambda: _accepts(store))


async def _accepts(store: PostgresEventStore) -> bool:
    try:
        await store.append(appending(new_note(), written()))
    except Unavailable:
        return False
    return True
