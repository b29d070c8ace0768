"""A connection that is lost at the worst moment: the outcome is looked up, and nothing is ever appended twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.postgres import outcome
from adapters.postgres.store import PostgresEventStore
from application.kernel.ports import Accepted, OutcomeUnknown, Replayed, Unavailable
from domain.kernel.aggregate import StreamName
from tests.adapters.event_store_suite import receipt
from tests.adapters.notes import appending, id_of, new_note, retry_key, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.proxy import Cut, Proxy
from tests.adapters.postgres.servers import OWN_SERVERS, OwnServer, own_server
from tests.adapters.postgres.test_writer import appended_together
from tests.adapters.postgres.waiting import head_held, until, until_writers_wait

_WRITER = "select pid from pg_stat_activity where application_name = 'guanjia writer' and datname = current_database()"


@pytest.fixture(scope="module", params=OWN_SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A server that has a socket."""
    with own_server(request.param) as running:
        yield running


@pytest.fixture
async def line(server: OwnServer) -> AsyncIterator[Proxy]:
    async with Proxy(server.url, server.socket_folder) as proxy:
        yield proxy


@pytest.fixture
async def store(line: Proxy, log: Bench) -> PostgresEventStore:
    """A store whose every connection goes over the line; it has written one event already."""
    store = await log.another_store(line.url)
    await store.append(appending(new_note(), written("the first")))
    return store


async def events_of(log: Bench, note: StreamName) -> int:
    return len([row for row in await log.rows() if row.stream == note])


async def test_lost_before_the_server_heard_nothing_was_written(
    log: Bench, line: Proxy, store: PostgresEventStore
) -> None:
    note = new_note()
    line.cut(Cut.BEFORE_THE_SERVER_HEARS, note)
    with pytest.raises(Unavailable, match="nothing was written"):
        await store.append(appending(note, written()))
    assert await events_of(log, note) == 0
    assert receipt(await store.append(appending(note, written()))).position == 2


async def test_lost_while_waiting_for_the_lock_the_commit_is_waited_for(
    log: Bench, line: Proxy, store: PostgresEventStore
) -> None:
    note = new_note()
    line.cut(Cut.WHILE_THE_SERVER_WORKS, note)
    async with head_held(log):
        append = asyncio.create_task(store.append(appending(note, written(), written())))
        await until_writers_wait(log)
        line.go.set()
        # The lookup waits for the lock behind the append, whose client is gone.
        await until(lambda: lookup_waits(log))
        assert not append.done()
    answered = receipt(await append)
    assert (answered.id, answered.version, answered.position) == (id_of(note), 2, 3)
    assert await events_of(log, note) == 2


async def lookup_waits(log: Bench) -> bool:
    waiting = (
        "select count(*) from pg_stat_activity where application_name = 'guanjia outcome' and wait_event_type = 'Lock'"
    )
    return bool(await log.sees(waiting) == 1)


@pytest.mark.parametrize("keyed", [True, False], ids=["with a key", "without a key"])
async def test_lost_after_the_commit_the_receipt_is_found(
    log: Bench, line: Proxy, store: PostgresEventStore, keyed: bool
) -> None:
    note, key = new_note(), retry_key() if keyed else None
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, note)
    append = appending(note, written(), written(), key=key, details={"passed": True})
    answered = receipt(await store.append(append))
    assert (answered.version, answered.position, answered.details) == (2, 3, {"passed": True})
    assert await events_of(log, note) == 2
    assert await store.wait_beyond(2, 0) == 3


async def test_every_command_of_a_lost_batch_has_its_own_outcome(
    log: Bench, line: Proxy, store: PostgresEventStore
) -> None:
    note, key, moved = new_note(), retry_key(), new_note()
    earlier = receipt(await store.append(appending(moved, written(), key=key)))
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, note)
    accepted, stale, replayed, other = await appended_together(
        log,
        appending(note, written()),
        appending(moved, written()),
        appending(new_note(), written(), key=key),
        appending(new_note(), written(), reads={moved: 1}),
        store=store,
    )
    assert isinstance(accepted, Accepted)
    assert isinstance(other, Accepted)
    assert other.receipt.position == accepted.receipt.position + 1
    assert replayed == Replayed(key.fingerprint, earlier)
    assert isinstance(stale, Unavailable)
    assert len(await log.rows()) == 5


async def test_a_request_that_arrives_after_it_was_given_up_is_refused(
    log: Bench, line: Proxy, store: PostgresEventStore
) -> None:
    note = new_note()
    line.cut(Cut.WITH_THE_REQUEST_STUCK_ON_THE_WAY, note)
    with pytest.raises(Unavailable, match="nothing was written"):
        await store.append(appending(note, written()))
    line.go.set()
    await line.answered_late.wait()
    assert b"GJ002" in line.answers
    assert await events_of(log, note) == 0
    assert isinstance(await store.append(appending(note, written())), Accepted)


async def test_when_even_the_lookup_fails_the_outcome_is_unknown(
    log: Bench, line: Proxy, store: PostgresEventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "_LOOKUP_SECONDS", 0.3)
    note, key = new_note(), retry_key()
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, note, and_stay_dead=True)
    with pytest.raises(OutcomeUnknown):
        await store.append(appending(note, written(), key=key))
    line.dead = False
    again = await store.append(appending(note, written(), key=key))
    assert isinstance(again, Replayed)
    assert await events_of(log, note) == 1


async def test_a_lookup_that_succeeds_late_is_in_time(log: Bench, line: Proxy, store: PostgresEventStore) -> None:
    note = new_note()
    line.cut(Cut.BEFORE_THE_CLIENT_HEARS, note, and_stay_dead=True)
    append = asyncio.create_task(store.append(appending(note, written())))
    await until(lambda: is_there(log, note))
    line.dead = False
    assert receipt(await append).position == 2


async def is_there(log: Bench, note: StreamName) -> bool:
    return await events_of(log, note) == 1


async def test_a_connection_that_died_idle_is_opened_anew(log: Bench) -> None:
    await log.store.append(appending(new_note(), written()))
    pid = await log.sees(_WRITER)
    await log.direct.execute("select pg_terminate_backend($1)", pid)
    await until(lambda: is_gone(log, pid))
    answers = [await outcome_of(log) for _ in range(2)]
    assert answers[1] is Accepted
    assert answers[0] in {Accepted, Unavailable}
    assert len(await log.rows()) == 1 + answers.count(Accepted)


async def outcome_of(log: Bench) -> type:
    try:
        return type(await log.store.append(appending(new_note(), written())))
    except Unavailable:
        return Unavailable


async def is_gone(log: Bench, pid: int) -> bool:
    return bool(await log.sees("select not exists (select from pg_stat_activity where pid = $1)", pid))


async def test_a_writer_that_is_ended_while_it_waits_has_written_nothing(log: Bench) -> None:
    note = new_note()
    async with head_held(log):
        append = asyncio.create_task(log.store.append(appending(note, written())))
        await until_writers_wait(log)
        await log.direct.execute("select pg_terminate_backend($1)", await log.sees(_WRITER))
        await until(lambda: lookup_waits(log))
    with pytest.raises(Unavailable):
        await append
    assert await events_of(log, note) == 0


async def test_a_statement_that_is_cancelled_was_rolled_back(log: Bench) -> None:
    note = new_note()
    async with head_held(log):
        append = asyncio.create_task(log.store.append(appending(note, written())))
        await until_writers_wait(log)
        await log.direct.execute("select pg_cancel_backend($1)", await log.sees(_WRITER))
        with pytest.raises(Unavailable, match="cancel"):
            await append
    assert await events_of(log, note) == 0
    assert isinstance(await log.store.append(appending(note, written())), Accepted)


async def test_foreign_events_do_not_disturb_the_lookup(log: Bench, line: Proxy, store: PostgresEventStore) -> None:
    note = new_note()
    line.cut(Cut.WHILE_THE_SERVER_WORKS, note)
    async with head_held(log) as holder:
        await log.put_foreign("stock-1", by=holder)
        append = asyncio.create_task(store.append(appending(note, written())))
        await until_writers_wait(log)
        line.go.set()
        await until(lambda: lookup_waits(log))
    assert receipt(await append).position == 3
    assert [row.stream for row in await log.rows()][1:] == ["stock-1", note]
