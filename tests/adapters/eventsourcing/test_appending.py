"""What the library appends stands in the log like everything else, and only where it comes next."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    OperationalError,
    ProcessRecorder,
    ProgrammingError,
    StoredEvent,
    Tracking,
)

from adapters.clock import SystemClock
from adapters.eventsourcing import Factory
from adapters.postgres.leaf import leaf_of
from tests.adapters.event_store_suite import receipt
from tests.adapters.eventsourcing.stored import bought
from tests.adapters.notes import NOW, appending, new_note, written
from tests.adapters.postgres.bench import Bench

_WITHOUT_THE_LIBRARY = """
    drop function append_foreign, track;
    drop table library_tracking, library_snapshots, attachment_uploads, attachments;
    update alembic_version set version_num = '0002';
"""


@pytest.fixture
def recorder(factory: Factory) -> ProcessRecorder:
    return factory.process_recorder()


async def test_a_row_is_what_was_stored(log: Bench, recorder: ProcessRecorder) -> None:
    order = uuid4()
    assert recorder.insert_events([bought(0, of=order), bought(1, of="order/7")]) == [1, 2]
    first, second = await log.rows()
    assert (first.stream, first.version, first.type, first.data, first.metadata) == (
        *(str(order), 0, "shop:Bought"),
        *(b"\x00\xff", b""),
    )
    assert (second.stream, second.version) == ("order/7", 1)
    for row in (first, second):
        parts = row._asdict()
        assert parts.pop("leaf") == leaf_of(**parts)
    assert await log.sees("select position from log_head") == 2


@pytest.mark.parametrize(
    "versions",
    [[2], [-1], [1, 1], [1, 3], [1, 2, 4], [0, 2], [1, 0]],
    ids=lambda versions: "-".join(map(str, versions)),
)
async def test_a_stream_begins_at_zero_or_one_and_has_no_gaps(
    log: Bench, recorder: ProcessRecorder, versions: list[int]
) -> None:
    order = uuid4()
    with pytest.raises(IntegrityError, match=f"of {order} does not follow"):
        recorder.insert_events([bought(of="order/1"), *(bought(version, of=order) for version in versions)])
    assert await log.rows() == []
    assert await log.sees("select position from log_head") == 0


@pytest.mark.parametrize("first", [0, 1])
async def test_only_the_next_version_follows(log: Bench, recorder: ProcessRecorder, first: int) -> None:
    order = uuid4()
    recorder.insert_events([bought(first, of=order)])
    for version in (first - 1, first, first + 2):
        with pytest.raises(IntegrityError):
            recorder.insert_events([bought(version, of=order)])
    recorder.insert_events([bought(first + 1, of=order), bought(first + 2, of=order)])
    assert [row.version for row in await log.rows()] == [first, first + 1, first + 2]
    assert await log.sees("select version from streams where stream = $1", str(order)) == first + 2


async def test_a_stream_of_ours_is_read_and_never_written(log: Bench, recorder: ProcessRecorder) -> None:
    note = new_note()
    await log.store.append(appending(note, written()))
    with pytest.raises(ProgrammingError, match="the register's own streams"):
        recorder.insert_events([bought(2, of=note)])
    with pytest.raises(ProgrammingError, match="the register's own event types"):
        recorder.insert_events([bought(topic="note.written", state=b'{"text":"forged"}')])
    assert [event.originator_version for event in recorder.select_events(note)] == [1]
    assert len(await log.rows()) == 1


async def test_time_never_goes_back(log: Bench, recorder: ProcessRecorder) -> None:
    log.clock.instant = SystemClock().now() + timedelta(hours=1)
    await log.store.append(appending(new_note(), written()))
    recorder.insert_events([bought()])
    assert [row.recorded_at for row in await log.rows()] == [log.clock.instant] * 2


async def test_a_clock_that_differs_is_refused(
    log: Bench, recorder: ProcessRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW - timedelta(days=1))
    with pytest.raises(OperationalError, match="the clock of the process differs"):
        recorder.insert_events([bought()])
    assert await log.rows() == []


@pytest.mark.parametrize(
    "event",
    [StoredEvent("a\0b", 1, "t", b""), StoredEvent("a", 2**63, "t", b""), StoredEvent("a", 1, "t", "text")],  # type: ignore[arg-type] # what is refused
    ids=["no text", "too large", "no bytes"],
)
def test_what_does_not_fit_is_a_data_error(recorder: ProcessRecorder, event: StoredEvent) -> None:
    with pytest.raises(DataError):
        recorder.insert_events([event])
    assert recorder.insert_events([bought()]) == [1]


async def test_tracking_and_events_are_recorded_together_or_not_at_all(log: Bench, recorder: ProcessRecorder) -> None:
    order = uuid4()
    recorder.insert_events([bought(1, of=order)], tracking=Tracking("shop", 5))
    with pytest.raises(IntegrityError, match="shop is already tracked at or beyond position 5"):
        recorder.insert_events([bought(2, of=order)], tracking=Tracking("shop", 5))
    with pytest.raises(IntegrityError):
        recorder.insert_events([bought(1, of=order)], tracking=Tracking("shop", 6))
    assert recorder.max_tracking_id("shop") == 5
    assert len(await log.rows()) == 1


async def test_two_who_want_the_same_version_do_not_both_get_it(log: Bench, settings: dict[str, str]) -> None:
    order = UUID(int=7)

    def insert(recorder: ProcessRecorder) -> bool:
        try:
            recorder.insert_events([bought(1, of=order), bought(2, of=order)])
        except IntegrityError:
            return False
        return True

    with Factory(settings) as one, Factory(settings) as other:
        recorders = [made.process_recorder() for made in (one, other) for _ in range(4)]
        won = await asyncio.gather(*(asyncio.to_thread(insert, recorder) for recorder in recorders))
    assert sum(won) == 1
    assert [(row.position, row.version) for row in await log.rows()] == [(1, 1), (2, 2)]


async def test_a_log_from_before_is_brought_up_to_date(log: Bench, settings: dict[str, str]) -> None:
    await log.store.append(appending(note := new_note(), written()))
    before = await log.rows()
    await log.direct.execute(_WITHOUT_THE_LIBRARY)
    with (
        Factory({**settings, "CREATE_TABLE": "no"}) as factory,
        pytest.raises(ProgrammingError, match="does not exist"),
    ):
        factory.application_recorder().insert_events([bought()])
    with Factory(settings) as factory:
        assert factory.application_recorder().insert_events([bought()]) == [2]
    assert receipt(await log.store.append(appending(note, written(), at=1))).position == 3
    assert (await log.rows())[:1] == before
