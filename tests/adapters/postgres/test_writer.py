"""Group commit: one batch, a verdict per command, and each command for itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres import writer
from adapters.postgres.store import PostgresEventStore
from application.kernel.ports import (
    Accepted,
    Append,
    NewEvent,
    OutcomeUnknown,
    Replayed,
    Stale,
    TooMany,
    Unavailable,
    Verdict,
)
from domain.kernel.aggregate import StreamName
from tests.adapters.event_store_suite import receipt
from tests.adapters.notes import appending, new_note, refusing, retry_key, signed, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.waiting import head_held, queued, until, until_writers_wait

Answers = list[Verdict | BaseException]


async def appended_together(log: Bench, *appends: Append, store: PostgresEventStore | None = None) -> Answers:
    """Queue the commands behind a first one that waits for the lock, so that they meet in one batch."""
    store = store or log.store
    async with head_held(log):
        first = asyncio.create_task(store.append(appending(new_note(), written("the first"))))
        await until_writers_wait(log)
        together = [asyncio.create_task(store.append(append)) for append in appends]
        await queued()
    assert isinstance(await first, Accepted)
    return list(await asyncio.gather(*together, return_exceptions=True))


async def commits(log: Bench) -> int:
    """How many transactions have written the events after the first one."""
    count: int = await log.sees("select count(distinct xmin::text) from events where position > 1")
    return count


async def test_commands_that_queue_share_one_commit(log: Bench) -> None:
    answers = await appended_together(log, *(appending(new_note(), written(), written()) for _ in range(30)))
    assert sorted(receipt(answer).position for answer in answers) == list(range(3, 63, 2))  # type: ignore[arg-type] # all verdicts
    assert await commits(log) == 1


async def test_each_command_of_a_batch_has_its_own_verdict(log: Bench) -> None:
    moved, key = new_note(), retry_key()
    await log.store.append(appending(moved, written()))
    earlier = receipt(await log.store.append(appending(new_note(), written(), key=key)))
    answers = await appended_together(
        log,
        appending(new_note(), written()),
        appending(moved, written()),
        appending(new_note(), written(), key=key),
        appending(new_note(), written(), reads={moved: 0}),
        appending(new_note(), written(), reads={moved: 1}, key=retry_key("another")),
    )
    assert [type(answer) for answer in answers] == [Accepted, Stale, Replayed, Stale, Accepted]
    assert answers[2] == Replayed(key.fingerprint, earlier)
    assert [receipt(answers[at]).position for at in (0, 4)] == [4, 5]  # type: ignore[arg-type] # verdicts
    assert len(await log.rows()) == 5


async def test_a_command_that_builds_on_one_before_it_in_the_queue_is_accepted(log: Bench) -> None:
    note = new_note()
    answers = await appended_together(
        log, appending(note, written("1")), appending(note, written("2"), at=1), appending(new_note(), written("3"))
    )
    assert [receipt(answer).version for answer in answers] == [1, 2, 1]  # type: ignore[arg-type] # verdicts
    assert await commits(log) == 2


async def test_a_command_that_read_what_one_before_it_writes_is_stale(log: Bench) -> None:
    read, note = new_note(), new_note()
    answers = await appended_together(log, appending(read, written()), appending(note, written(), reads={read: 0}))
    assert [type(answer) for answer in answers] == [Accepted, Stale]


async def test_a_command_that_only_reads_before_a_writer_shares_its_commit(log: Bench) -> None:
    read, note = new_note(), new_note()
    answers = await appended_together(log, appending(note, written(), reads={read: 0}), appending(read, written()))
    assert [type(answer) for answer in answers] == [Accepted, Accepted]
    assert await commits(log) == 1


async def test_one_key_twice_in_the_queue_is_accepted_once(log: Bench) -> None:
    key = retry_key()
    one, other = await appended_together(
        log, appending(new_note(), written(), key=key), appending(new_note(), written(), key=key)
    )
    assert isinstance(one, Accepted)
    assert other == Replayed(key.fingerprint, one.receipt)


async def test_refusals_of_one_batch_beside_one_thing_follow_each_other(log: Bench) -> None:
    note = new_note()
    answers = await appended_together(log, *(refusing(note) for _ in range(4)))
    assert [receipt(answer).version for answer in answers] == [1, 2, 3, 4]  # type: ignore[arg-type] # verdicts
    assert await commits(log) == 1


@pytest.mark.parametrize("character", ["\0", "\ud800"], ids=["NUL", "half a character"])
async def test_a_command_that_the_database_cannot_take_spoils_no_other(log: Bench, character: str) -> None:
    impossible = StreamName(f"note-{character}{'a' * 35}")
    bad = appending(new_note(), written())._replace(
        writes=(NewEvent(stream=impossible, version=None, event=written()),)
    )
    answers = await appended_together(
        log, appending(new_note(), written()), bad, appending(new_note(), written()), appending(new_note(), written())
    )
    assert [isinstance(answer, Accepted) for answer in answers] == [True, False, True, True]
    assert isinstance(answers[1], Exception)
    assert not isinstance(answers[1], Unavailable)
    assert len(await log.rows()) == 4


async def test_a_command_that_cannot_be_encoded_reaches_no_batch(log: Bench) -> None:
    answers = await appended_together(
        log,
        appending(new_note(), written()),
        appending(new_note(), written("\ud800")),
        appending(new_note(), written()),
    )
    assert [isinstance(answer, Accepted) for answer in answers] == [True, False, True]
    assert isinstance(answers[1], ValueError)
    assert await commits(log) == 1


async def test_a_caller_that_is_gone_changes_nothing(log: Bench) -> None:
    gone = new_note()
    async with head_held(log):
        caller = asyncio.create_task(log.store.append(appending(gone, written())))
        await until_writers_wait(log)
        queueing = asyncio.create_task(log.store.append(appending(gone, written(), at=1)))
        await queued()
        for task in (caller, queueing):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
    note = new_note()
    assert receipt(await log.store.append(appending(note, written()))).position == 3
    assert [row.stream for row in await log.rows()] == [gone, gone, note]


async def test_a_full_queue_takes_no_more(log: Bench) -> None:
    store = await log.another_store(most_queued=2)
    full = [appending(new_note(), written()) for _ in range(3)]
    answers = await appended_together(log, *full, store=store)
    assert [type(answer) for answer in answers] == [Accepted, Accepted, TooMany]
    assert isinstance(await store.append(appending(new_note(), written())), Accepted)


async def test_a_batch_is_bounded(log: Bench) -> None:
    store = await log.another_store(most_in_batch=4)
    await appended_together(log, *(appending(new_note(), written()) for _ in range(10)), store=store)
    assert await commits(log) == 3


async def test_what_waits_is_committed_before_the_store_closes(log: Bench) -> None:
    store = await log.another_store()
    async with head_held(log):
        waiting = [asyncio.create_task(store.append(appending(new_note(), written()))) for _ in range(3)]
        await until_writers_wait(log)
        closing = asyncio.create_task(store.__aexit__())
        await queued()
        with pytest.raises(Unavailable, match="not open"):
            await store.append(appending(new_note(), written()))
    await closing
    assert [type(answer) for answer in await asyncio.gather(*waiting)] == [Accepted] * 3


async def test_a_store_does_not_wait_for_ever_to_close(log: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_STOP_SECONDS", 0.1)
    store = await log.another_store(most_in_batch=1)
    async with head_held(log):
        waiting = [asyncio.create_task(store.append(appending(new_note(), written()))) for _ in range(2)]
        await until_writers_wait(log)
        await store.__aexit__()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(answer) for answer in answers] == [OutcomeUnknown, Unavailable]


@pytest.mark.parametrize("seconds", [-6, 6])
async def test_a_process_whose_clock_is_off_writes_nothing(log: Bench, seconds: int) -> None:
    store = await log.another_store(check_clock=True)
    log.clock.instant = datetime.now(UTC) + timedelta(seconds=seconds)
    with pytest.raises(Unavailable, match="clock of the process differs"):
        await store.append(appending(new_note(), written()))
    assert await log.rows() == []


@pytest.mark.parametrize("seconds", [-3, 0, 3])
async def test_a_clock_within_five_seconds_is_good_enough(log: Bench, seconds: int) -> None:
    store = await log.another_store(check_clock=True)
    log.clock.instant = datetime.now(UTC) + timedelta(seconds=seconds)
    assert isinstance(await store.append(appending(new_note(), written())), Accepted)


async def test_the_key_of_a_person_is_there_before_the_event(log: Bench) -> None:
    note = new_note()
    assert await log.store.append(appending(note, signed(), at=1)) == Stale()
    assert await log.sees("select count(*) from person_keys where person = $1", note) == 1


async def test_what_nobody_can_ask_for_any_more_is_forgotten(log: Bench) -> None:
    await log.store.append(appending(new_note(), written(), key=retry_key("expired")))
    log.clock.instant += timedelta(days=30)
    await log.store.append(appending(new_note(), written(), key=retry_key("kept")))
    await log.direct.execute("insert into abandoned_batches values (gen_random_uuid(), now() - interval '2 days')")
    await log.direct.execute("insert into abandoned_batches values (gen_random_uuid())")
    await log.another_store()
    await until(lambda: _is_tidy(log))
    assert await log.store.receipt(retry_key("kept")) is not None


async def _is_tidy(log: Bench) -> bool:
    counts = await log.direct.fetchrow(
        "select (select count(*) from receipts), (select count(*) from abandoned_batches)"
    )
    return counts is not None and tuple(counts) == (1, 1)
