"""What every event store does, whatever it keeps its events in."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

import pytest

from adapters.postgres.codec import UnknownEvent
from adapters.postgres.leaf import leaf_of
from adapters.postgres.sealing import PersonalKeys
from application.kernel.ports import Accepted, EventStore, NewEvent, Receipt, Recorded, Replayed, Stale, Verdict
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import PersonName, Phone
from tests.adapters.notes import (
    NOW,
    NoteMeasured,
    NoteSigned,
    NoteWritten,
    SetClock,
    appending,
    id_of,
    new_note,
    refusals_of,
    refusing,
    retry_key,
    signed,
    written,
)


class Row(NamedTuple):
    """One event as it is stored."""

    position: int
    stream: str
    version: int
    type: str
    data: bytes
    metadata: bytes
    recorded_at: datetime
    leaf: bytes


class Store(EventStore, Protocol):
    """An event store with what the readers of its process need besides."""

    async def read_opened(self, *, after: int, limit: int) -> Sequence[Recorded]: ...

    async def wait_beyond(self, position: int, seconds: float) -> int: ...


class Log(Protocol):
    """A store with its surroundings, and a way around it."""

    store: Store
    clock: SetClock
    keys: PersonalKeys

    async def rows(self) -> Sequence[Row]:
        """Everything that is stored, as it is stored."""

    async def put_foreign(self, stream: str) -> None:
        """Store an event that no codec of ours knows as the first one of a stream."""


def receipt(verdict: Verdict) -> Receipt:
    assert isinstance(verdict, Accepted)
    return verdict.receipt


class EventStoreSuite:
    """Mixed into one test class per store, which brings the fixture `log`."""

    async def test_the_first_event_stands_at_one(self, log: Log) -> None:
        note = new_note()
        append = appending(note, written())
        answered = receipt(await log.store.append(append))
        assert answered == Receipt(id=id_of(note), version=1, position=1)
        assert await log.store.load(note) == [
            Recorded(
                position=1,
                stream=note,
                version=1,
                type="note.written",
                event=written(),
                origin=append.origin,
                recorded_at=NOW,
            )
        ]

    async def test_a_receipt_shows_the_thing_and_the_last_event(self, log: Log) -> None:
        one, other = new_note(), new_note()
        append = appending(one, written(), written(), reads={other: 0})
        append = append._replace(writes=(*append.writes, NewEvent(stream=other, version=1, event=written())))
        assert receipt(await log.store.append(append)) == Receipt(id=id_of(one), version=2, position=3)
        assert [(row.stream, row.version) for row in await log.rows()] == [(one, 1), (one, 2), (other, 1)]

    async def test_a_receipt_shows_a_thing_that_is_only_read(self, log: Log) -> None:
        one, other = new_note(), new_note()
        await log.store.append(appending(one, written(), written()))
        append = appending(other, written(), reads={one: 2})._replace(thing=one, thing_id=id_of(one))
        assert receipt(await log.store.append(append)) == Receipt(id=id_of(one), version=2, position=3)

    async def test_a_receipt_shows_a_thing_that_is_not_even_read(self, log: Log) -> None:
        one = new_note()
        await log.store.append(appending(one, written()))
        append = appending(new_note(), written())._replace(thing=one, thing_id=id_of(one))
        assert receipt(await log.store.append(append)) == Receipt(id=id_of(one), version=1, position=2)

    async def test_a_receipts_details_are_json_values(self, log: Log) -> None:
        details = {"deduction_id": id_of(new_note()), "passed": True, "reasons": ["甲", "乙"], "area": Decimal("10.25")}
        key = retry_key()
        first = receipt(await log.store.append(appending(new_note(), written(), key=key, details=details)))
        assert first.details == {**details, "deduction_id": str(details["deduction_id"]), "area": 10.25}
        assert await log.store.append(appending(new_note(), written(), key=key)) == Replayed(key.fingerprint, first)

    async def test_positions_are_dense_over_all_streams(self, log: Log) -> None:
        notes = [new_note() for _ in range(20)]
        await asyncio.gather(*(log.store.append(appending(note, written(), written())) for note in notes))
        rows = await log.rows()
        assert [row.position for row in rows] == list(range(1, 41))
        assert {(row.stream, row.version) for row in rows} == {(note, version) for note in notes for version in (1, 2)}

    async def test_a_stream_that_moved_makes_the_command_stale(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, written()))
        assert await log.store.append(appending(note, written("too late"))) == Stale()
        assert len(await log.rows()) == 1

    async def test_a_stream_ahead_of_the_log_makes_the_command_stale(self, log: Log) -> None:
        assert await log.store.append(appending(new_note(), written(), at=3)) == Stale()

    async def test_a_stream_that_was_only_read_makes_the_command_stale(self, log: Log) -> None:
        read, note = new_note(), new_note()
        await log.store.append(appending(read, written()))
        assert await log.store.append(appending(note, written(), reads={read: 0})) == Stale()
        assert await log.store.append(appending(note, written(), reads={read: 2})) == Stale()
        assert isinstance(await log.store.append(appending(note, written(), reads={read: 1})), Accepted)

    async def test_of_many_who_read_the_same_version_one_is_accepted(self, log: Log) -> None:
        note = new_note()
        verdicts = await asyncio.gather(*(log.store.append(appending(note, written())) for _ in range(20)))
        assert sum(isinstance(verdict, Accepted) for verdict in verdicts) == 1
        assert verdicts.count(Stale()) == 19
        assert len(await log.rows()) == 1

    async def test_a_stale_command_leaves_nothing_in_any_stream(self, log: Log) -> None:
        moved, fresh = new_note(), new_note()
        await log.store.append(appending(moved, written()))
        append = appending(fresh, written(), reads={moved: 0}, key=retry_key())
        append = append._replace(writes=(*append.writes, NewEvent(stream=moved, version=1, event=written())))
        assert await log.store.append(append) == Stale()
        assert await log.store.heads([fresh, moved]) == ({fresh: 0, moved: 1}, 1)
        assert await log.store.receipt(retry_key()) is None

    async def test_a_key_is_answered_with_the_first_receipt(self, log: Log) -> None:
        note, key = new_note(), retry_key()
        first = receipt(await log.store.append(appending(note, written(), key=key)))
        await log.store.append(appending(note, written(), at=1))
        again = await log.store.append(appending(note, written(), key=key))
        assert again == Replayed(key.fingerprint, first)
        assert await log.store.receipt(key) == again
        assert len(await log.rows()) == 2

    async def test_the_first_fingerprint_is_told_whatever_the_second_body(self, log: Log) -> None:
        await log.store.append(appending(new_note(), written(), key=retry_key(body="first")))
        again = await log.store.append(appending(new_note(), written(), key=retry_key(body="second")))
        assert isinstance(again, Replayed)
        assert again.fingerprint == b"first"

    async def test_a_key_used_by_many_at_once_is_accepted_once(self, log: Log) -> None:
        key = retry_key()
        verdicts = await asyncio.gather(
            *(log.store.append(appending(new_note(), written(), key=key)) for _ in range(10))
        )
        first = next(verdict for verdict in verdicts if isinstance(verdict, Accepted))
        assert verdicts.count(Replayed(key.fingerprint, first.receipt)) == 9
        assert len(await log.rows()) == 1

    async def test_a_key_is_remembered_for_thirty_days(self, log: Log) -> None:
        key = retry_key()
        first = receipt(await log.store.append(appending(new_note(), written(), key=key)))
        log.clock.instant = NOW + timedelta(days=30, microseconds=-1)
        assert await log.store.receipt(key) == Replayed(key.fingerprint, first)
        assert isinstance(await log.store.append(appending(new_note(), written(), key=key)), Replayed)
        log.clock.instant = NOW + timedelta(days=30)
        assert await log.store.receipt(key) is None
        second = receipt(await log.store.append(appending(new_note(), written(), key=key)))
        assert second.position == 2
        assert await log.store.receipt(key) == Replayed(key.fingerprint, second)

    async def test_an_unused_key_has_no_receipt(self, log: Log) -> None:
        assert await log.store.receipt(retry_key()) is None

    async def test_refusals_never_conflict_and_move_nothing_else(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, written()))
        verdicts = await asyncio.gather(*(log.store.append(refusing(note)) for _ in range(5)))
        assert sorted(receipt(verdict).version for verdict in verdicts) == [1, 2, 3, 4, 5]
        beside = refusals_of(note)
        assert await log.store.heads([note, beside]) == ({note: 1, beside: 5}, 6)
        recorded = await log.store.load(beside)
        assert [entry.type for entry in recorded] == ["note.request-refused"] * 5

    @pytest.mark.parametrize(
        ("version", "reads"),
        [(2, {}), (1, None), (3, {}), (0, {})],
        ids=["a gap", "not read", "two ahead", "none"],
    )
    async def test_an_append_hangs_together(self, log: Log, version: int, reads: dict[str, int] | None) -> None:
        append = appending(new_note(), written())
        writes = () if version == 0 else (append.writes[0]._replace(version=version),)
        append = append._replace(writes=writes, reads={} if reads is None else append.reads)
        with pytest.raises(ValueError, match=r"next event|at least one"):
            await log.store.append(append)
        assert await log.rows() == []

    async def test_an_event_that_no_aggregate_lists_has_no_place(self, log: Log) -> None:
        with pytest.raises(UnknownEvent, match=r"no aggregate lists str"):
            await log.store.append(appending(new_note(), "not an event"))

    async def test_that_there_was_nothing_to_do_is_remembered_under_its_key(self, log: Log) -> None:
        note, key = new_note(), retry_key()
        await log.store.append(appending(note, written()))
        await log.store.append(appending(new_note(), written()))
        first = await log.store.append(appending(note, at=1, key=key))
        assert first == Accepted(Receipt(id=id_of(note), version=1, position=2))
        await log.store.append(appending(note, written("2"), at=1))
        again = Replayed(key.fingerprint, receipt(first))
        assert await log.store.append(appending(note, at=2, key=key)) == again
        assert await log.store.receipt(key) == again
        assert len(await log.rows()) == 3

    async def test_that_there_was_nothing_to_do_does_not_stand_when_a_stream_has_moved(self, log: Log) -> None:
        note, key = new_note(), retry_key()
        await log.store.append(appending(note, written()))
        assert await log.store.append(appending(note, at=0, key=key)) == Stale()
        assert await log.store.receipt(key) is None

    async def test_commands_with_and_without_something_to_do_are_answered_together(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, written()))
        appends = [
            appending(note, at=1, key=retry_key(f"key {number}")) if number % 2 else appending(new_note(), written())
            for number in range(10)
        ]
        verdicts = await asyncio.gather(*(log.store.append(append) for append in appends))
        assert [receipt(verdict).id for verdict in verdicts] == [append.thing_id for append in appends]
        assert len(await log.rows()) == 6

    async def test_heads_answer_zero_for_an_empty_stream(self, log: Log) -> None:
        note = new_note()
        assert await log.store.heads([note]) == ({note: 0}, 0)
        assert await log.store.heads([]) == ({}, 0)

    async def test_a_stream_is_read_after_a_version(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, written("1"), written("2"), written("3")))
        assert [entry.version for entry in await log.store.load(note, after=1)] == [2, 3]
        assert await log.store.load(note, after=3) == []
        for after in range(4):
            told = [(entry.version, entry.event) for entry in await log.store.load(note, after=after)]
            assert await log.store.lived(note, after=after) == told

    async def test_the_log_is_read_by_position_type_and_stream(self, log: Log) -> None:
        one, other = new_note(), new_note()
        await log.store.append(appending(one, written("1"), signed()))
        await log.store.append(appending(other, written("3"), signed()))
        await log.store.append(appending(one, written("5"), at=2))

        async def positions(after: int = 0, limit: int = 10, **filters: str) -> list[int]:
            found = await log.store.read(after=after, limit=limit, **filters)  # type: ignore[arg-type] # names of streams
            return [entry.position for entry in found]

        assert await positions() == [1, 2, 3, 4, 5]
        assert await positions(after=2, limit=2) == [3, 4]
        assert await positions(after=5) == []
        assert await positions(type="note.written") == [1, 3, 5]
        assert await positions(type="note.written", after=1, limit=1) == [3]
        assert await positions(stream=one) == [1, 2, 5]
        assert await positions(stream=one, after=1, limit=1) == [2]
        assert await positions(stream=one, type="note.written", after=1) == [5]
        assert await positions(type="note.nothing") == []

    async def test_recorded_at_never_goes_back(self, log: Log) -> None:
        await log.store.append(appending(new_note(), written()))
        log.clock.instant = NOW - timedelta(hours=1)
        await log.store.append(appending(new_note(), written()))
        log.clock.instant = NOW + timedelta(hours=1)
        await log.store.append(appending(new_note(), written()))
        assert [row.recorded_at for row in await log.rows()] == [NOW, NOW, NOW + timedelta(hours=1)]

    async def test_values_come_back_as_they_were(self, log: Log) -> None:
        note = new_note()
        measured = NoteMeasured(
            area=Area.of("99999999.99"),
            districts=(District("420106"), District("420111")),
            shares={"甲": Area.of("0.01"), "乙": Area.of(120_000)},
        )
        await log.store.append(appending(note, measured))
        [recorded] = await log.store.read(after=0, limit=1)
        assert recorded.event == measured
        assert recorded.data == {
            "area": 99999999.99,
            "districts": ["420106", "420111"],
            "shares": {"甲": 0.01, "乙": 120_000},
        }

    async def test_the_dullest_and_the_oddest_text_are_kept(self, log: Log) -> None:
        note = new_note()
        texts = ["", "a\u0000b", "𠮷野家", '"\\\n', "\u2028"]
        await log.store.append(appending(note, *(written(text) for text in texts)))
        assert [entry.event for entry in await log.store.load(note)] == [written(text) for text in texts]

    async def test_personal_values_are_sealed_at_rest(self, log: Log) -> None:
        await log.store.append(appending(new_note(), signed(name="王小明", phone="13800138000")))
        [row] = await log.rows()
        assert b"13800138000" not in row.data
        assert "王".encode() not in row.data
        assert b"\\u738b" not in row.data

    async def test_a_decision_sees_no_personal_value(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, signed()))
        [recorded] = await log.store.load(note)
        assert isinstance(recorded.event, NoteSigned)
        assert recorded.event.author.name == PersonName.erased()
        assert recorded.event.author.phone == Phone.erased()
        assert recorded.event.signed_at == NOW

    async def test_a_reader_of_the_log_sees_personal_values_masked(self, log: Log) -> None:
        await log.store.append(appending(new_note(), signed(name="王小明", phone="13800138000")))
        await log.store.append(appending(new_note(), signed(phone=None)))
        shown = [entry.data for entry in await log.store.read(after=0, limit=10)]
        assert shown == [
            {
                "author": {"name": "王*", "phone": phone},
                "witnesses": ["李*"],
                "signed_at": "2026-11-24T09:30:15.123456Z",
            }
            for phone in ("138****8000", None)
        ]

    async def test_a_read_model_sees_personal_values_open(self, log: Log) -> None:
        await log.store.append(appending(new_note(), signed(), written()))
        recorded = await log.store.read_opened(after=0, limit=10)
        assert [entry.event for entry in recorded] == [signed(), written()]
        assert [entry.data for entry in recorded] == [None, None]

    async def test_the_same_value_is_never_sealed_alike(self, log: Log) -> None:
        await log.store.append(appending(new_note(), signed(), signed()))
        one, other = await log.rows()
        assert one.data != other.data

    async def test_after_erasure_nobody_sees_the_person_and_the_log_is_whole(self, log: Log) -> None:
        erased, kept = new_note(), new_note()
        await log.store.append(appending(erased, signed()))
        await log.store.append(appending(kept, signed()))
        before = await log.rows()
        await log.keys.erase(erased)
        assert await log.rows() == before
        gone, there = await log.store.read_opened(after=0, limit=10)
        assert isinstance(gone.event, NoteSigned)
        assert gone.event.author.name.value is None
        assert gone.event.witnesses == (PersonName.erased(),)
        assert there.event == signed()
        [shown, _] = await log.store.read(after=0, limit=10)
        assert shown.data is not None
        assert shown.data["author"] == {"name": None, "phone": None}

    async def test_a_new_key_opens_nothing_that_an_erased_one_sealed(self, log: Log) -> None:
        note = new_note()
        await log.store.append(appending(note, signed(name="旧名")))
        await log.keys.erase(note)
        await log.store.append(appending(note, signed(name="新名"), at=1))
        names = [
            entry.event.author.name.value
            for entry in await log.store.read_opened(after=0, limit=10)
            if isinstance(entry.event, NoteSigned)
        ]
        assert names == [None, "新名"]

    async def test_a_foreign_event_is_passed_over_and_counted(self, log: Log) -> None:
        await log.put_foreign("stock-1")
        note = new_note()
        await log.store.append(appending(note, written()))
        foreign, ours = await log.store.read(after=0, limit=10)
        assert (foreign.position, foreign.event, foreign.origin, foreign.data) == (1, None, None, None)
        assert (ours.position, ours.event) == (2, written())
        assert [entry.event for entry in await log.store.read_opened(after=0, limit=10)] == [None, written()]

    async def test_every_event_has_the_leaf_of_its_parts(self, log: Log) -> None:
        await log.store.append(appending(new_note(), written("甲"), signed()))
        await log.put_foreign("stock-1")
        for row in await log.rows():
            parts = row._asdict()
            assert parts.pop("leaf") == leaf_of(**parts)

    async def test_whoever_waits_is_woken_by_an_append(self, log: Log) -> None:
        waiting = asyncio.create_task(log.store.wait_beyond(0, 30))
        await asyncio.sleep(0)
        await log.store.append(appending(new_note(), written()))
        assert await waiting == 1
        assert await log.store.wait_beyond(0, 30) == 1

    async def test_whoever_waits_in_vain_is_told_so(self, log: Log) -> None:
        assert await log.store.wait_beyond(0, 0.01) == 0

    async def test_events_are_what_their_writer_gave(self, log: Log) -> None:
        await log.store.append(appending(new_note(), NoteWritten(text="正文")))
        [row] = await log.rows()
        assert row.data == '{"text":"正文"}'.encode()
