"""What events are as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

import msgspec
import pytest

from adapters.postgres.codec import Codec, UnknownEvent
from adapters.postgres.sealing import PersonalKey, Tampered, bound_to
from application.kernel.callers import Role
from application.kernel.ports import Origin
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import Subject
from domain.kernel.personal import PersonName, Phone
from domain.kernel.rules import Broken
from tests.adapters.notes import (
    NOTE,
    NOW,
    Author,
    FixedNonces,
    NoteMeasured,
    NoteRequestRefused,
    NoteSigned,
    NoteWritten,
    refusals_of,
)

NOTE_ID = UUID("6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21")
STREAM = NOTE.stream(NOTE_ID)
KEY = PersonalKey(b"k" * 32)
KEYS: Mapping[str, PersonalKey] = {STREAM: KEY}
ORIGIN = Origin(
    command_id=UUID("00000000-0000-4000-8000-000000000007"),
    command="write-note",
    subject=Subject("clerk-7"),
    role=Role.DISTRICT,
    decided_at=NOW,
)
METADATA = (
    b'{"command_id":"00000000-0000-4000-8000-000000000007","command":"write-note","subject":"clerk-7",'
    b'"role":"district","decided_at":"2026-11-24T09:30:15.123456Z"}'
)
SIGNED = NoteSigned(author=Author(name=PersonName("王小明")), witnesses=(), signed_at=NOW)
SIGNED_BYTES = b'{"author":{"name":"SEALED","phone":null},"witnesses":[],"signed_at":"2026-11-24T09:30:15.123456Z"}'
MEASURED = NoteMeasured(area=Area.of("120000.50"), districts=(District("420106"),), shares={"a": Area.of(7)})
REFUSED = NoteRequestRefused(
    command="measure-note",
    asked={
        "area": Area.of("0.10"),
        "by": NOTE_ID,
        "on": date(2026, 11, 24),
        "name": PersonName("王小明"),
        "n": [MEASURED],
    },
    broken=(Broken(code="note.large", zh="过大", en="too large", cites="Text 3"),),
    about=(STREAM,),
)

codec = Codec([NOTE])


def decoded(name: str, data: bytes, keys: Mapping[str, PersonalKey] | None = None) -> object:
    return codec.event(STREAM, name, data, METADATA, keys)


@pytest.mark.parametrize(
    ("event", "name", "data"),
    [
        (NoteWritten(text="正文"), "note.written", '{"text":"正文"}'.encode()),
        (MEASURED, "note.measured", b'{"area":120000.5,"districts":["420106"],"shares":{"a":7}}'),
        (
            REFUSED,
            "note.request-refused",
            (
                '{"command":"measure-note","asked":{"area":0.1,"by":"6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21",'
                '"on":"2026-11-24","name":null,"n":[{"area":120000.5,"districts":["420106"],"shares":{"a":7}}]},'
                '"broken":[{"code":"note.large","zh":"过大","en":"too large","cites":"Text 3"}],'
                '"about":["note-6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21"]}'
            ).encode(),
        ),
    ],
    ids=["plain", "values of ours", "untyped"],
)
def test_stored_bytes(event: object, name: str, data: bytes) -> None:
    assert codec.encode(STREAM, event, {}) == (name, data, 0)


def test_stored_bytes_of_a_sealed_event() -> None:
    name, data, _ = Codec([NOTE], nonces=FixedNonces()).encode(STREAM, SIGNED, KEYS)
    sealed = KEY.seal("王小明", bound_to(STREAM, name), (1).to_bytes(12, "big"))
    assert sealed == "MT5aPQAAAAAAAAAAAAAAAccHdXw3D6l9dZA8-8Qx4XxKGRO3MhJsyC8"
    assert data == SIGNED_BYTES.replace(b"SEALED", sealed.encode())


def test_stored_bytes_of_metadata() -> None:
    assert codec.metadata(ORIGIN, 0) == METADATA
    assert codec.metadata(ORIGIN, 2) == METADATA[:-1] + b',"schema":2}'
    assert codec.origin("note.written", METADATA) == ORIGIN


def test_a_decision_in_another_offset_stays_the_same_instant() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    origin = codec.origin("note.written", METADATA.replace(b"09:30:15.123456Z", b"17:30:15.123456+08:00"))
    assert origin is not None
    assert origin.decided_at == there


@pytest.mark.parametrize("event", [NoteWritten(text=""), MEASURED, SIGNED], ids=["plain", "values of ours", "sealed"])
def test_what_was_encoded_is_decoded(event: object) -> None:
    name, data, _ = codec.encode(STREAM, event, KEYS)
    assert decoded(name, data, KEYS) == event


@pytest.mark.parametrize("spelling", ["0.01", "99999999.99", "0", "120000", "199999.5"])
def test_areas_are_exact_numbers(spelling: str) -> None:
    event = NoteMeasured(area=Area.of(spelling), districts=(), shares={})
    _, data, _ = codec.encode(STREAM, event, {})
    assert data.startswith(f'{{"area":{spelling},'.encode())
    assert decoded("note.measured", data) == event


def test_a_number_that_a_float_would_bend_stays_exact() -> None:
    event = decoded("note.measured", b'{"area":9007199254740993.25,"districts":[],"shares":{}}')
    assert isinstance(event, NoteMeasured)
    assert event.area.square_metres == Decimal("9007199254740993.25")


def test_a_field_added_later_has_its_default_in_old_events() -> None:
    event = decoded("note.signed", b'{"author":{"name":null},"signed_at":"2026-11-24T09:30:15.123456Z"}')
    assert event == NoteSigned(author=Author(name=PersonName.erased()), signed_at=NOW)


def test_a_field_that_this_program_does_not_know_yet_is_passed_over() -> None:
    assert decoded("note.written", b'{"text":"a","added_later":1}') == NoteWritten(text="a")


@pytest.mark.parametrize("data", [b"{}", b'{"text":1}', b"not json", b"[]"])
def test_bytes_that_are_no_event_of_ours_are_said_to_be_so(data: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decoded("note.written", data)


def test_a_foreign_name_is_no_event() -> None:
    assert codec.event("stock-1", "stock.module:Bought", b"\x00", b"") is None
    assert codec.shown("stock-1", "stock.module:Bought", b"\x00", b"", {}) is None
    assert codec.origin("stock.module:Bought", b"") is None


def test_an_event_belongs_into_its_aggregates_streams() -> None:
    written = NoteWritten(text="")
    assert codec.encode(refusals_of(STREAM), written, {})[0] == "note.written"
    for place in (codec.seals, lambda stream, event: codec.encode(stream, event, {})):
        with pytest.raises(UnknownEvent):
            place(f"other-{NOTE_ID}", written)


def test_refusals_are_sealed_with_the_key_of_the_file_they_stand_beside() -> None:
    beside = refusals_of(STREAM)
    name, data, _ = codec.encode(beside, SIGNED, KEYS)
    assert codec.event(beside, name, data, METADATA, KEYS) == SIGNED


@pytest.mark.parametrize("elsewhere", [refusals_of(STREAM), NOTE.stream(UUID(int=1))], ids=["beside", "another person"])
def test_a_sealed_value_opens_nowhere_else(elsewhere: StreamName) -> None:
    name, data, _ = codec.encode(STREAM, SIGNED, KEYS)
    with pytest.raises(Tampered):
        codec.event(elsewhere, name, data, METADATA, {STREAM: KEY, NOTE.stream(UUID(int=1)): KEY})


def test_a_value_sealed_with_an_earlier_key_is_erased() -> None:
    name, data, _ = codec.encode(STREAM, SIGNED, KEYS)
    event = decoded(name, data, {STREAM: PersonalKey(b"n" * 32)})
    assert isinstance(event, NoteSigned)
    assert event.author.name == PersonName.erased()


def test_an_erased_value_is_stored_as_none() -> None:
    event = NoteSigned(author=Author(name=PersonName.erased(), phone=Phone.erased()), signed_at=NOW)
    _, data, _ = codec.encode(STREAM, event, {})
    assert b'"author":{"name":null,"phone":null}' in data


Length = NewType("Length", int)


class Unit(StrEnum):
    METRE = "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    unit: Unit
    at: Length
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarked:
    marks: tuple[Mark, ...]
    seen: Mapping[str, Mark | None]


def aggregate_of(event: type[Any]) -> Aggregate[Any, Any]:
    return Aggregate(name="note", events={"note.marked": event}, evolve=lambda state, _: state)


def test_values_of_ours_are_found_however_deep_they_stand() -> None:
    deep = Codec([aggregate_of(NoteMarked)])
    mark = Mark(unit=Unit.METRE, at=Length(3), area=Area.of("1.5"))
    event = NoteMarked(marks=(mark, Mark(unit=Unit.METRE, at=Length(4))), seen={"a": mark, "b": None})
    name, data, _ = deep.encode(STREAM, event, {})
    assert data == (
        b'{"marks":[{"unit":"m","at":3,"area":1.5},{"unit":"m","at":4,"area":null}],'
        b'"seen":{"a":{"unit":"m","at":3,"area":1.5},"b":null}}'
    )
    assert deep.event(STREAM, name, data, METADATA) == event


@dataclass(frozen=True, slots=True, kw_only=True)
class WithSet:
    values: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithList:
    values: list[Area]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithChoice:
    value: Area | District


@pytest.mark.parametrize("event", [WithSet, WithList, WithChoice])
def test_a_field_that_the_log_could_not_keep_is_refused_at_the_start(event: type[Any]) -> None:
    with pytest.raises(TypeError, match="tuple"):
        Codec([aggregate_of(event)])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSized:
    """Once `{"size": "12.50 m2", "who": …}`, then `{"size_m2": 12.5, "who": …}`, now as here."""

    area_m2: Area
    author: PersonName


def without_unit(old: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in old.items() if name != "size"}
    return {"size_m2": Decimal(old["size"].removesuffix(" m2")), **kept}


def named_as_now(old: dict[str, Any]) -> dict[str, Any]:
    return {"area_m2": old["size_m2"], "author": old["who"]}


LIFTED = Codec(
    [Aggregate(name="note", events={"note.sized": NoteSized}, evolve=lambda state, _: state)],
    upcasters={"note.sized": (without_unit, named_as_now)},
)
SIZED = NoteSized(area_m2=Area.of("12.50"), author=PersonName("王小明"))


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        (0, '{"size":"12.50 m2","who":SEALED}'),
        (1, '{"size_m2":12.50,"who":SEALED}'),
        (2, '{"area_m2":12.5,"author":SEALED}'),
    ],
)
def test_every_earlier_spelling_is_lifted_from_where_it_stands(schema: int, data: str) -> None:
    sealed = KEY.seal("王小明", bound_to(STREAM, "note.sized"), b"n" * 12)
    stored, metadata = data.replace("SEALED", f'"{sealed}"').encode(), LIFTED.metadata(ORIGIN, schema)
    assert LIFTED.event(STREAM, "note.sized", stored, metadata, KEYS) == SIZED
    assert LIFTED.shown(STREAM, "note.sized", stored, metadata, KEYS) == {"area_m2": 12.5, "author": "王*"}
    assert LIFTED.event(STREAM, "note.sized", stored, metadata) == NoteSized(
        area_m2=Area.of("12.5"), author=PersonName.erased()
    )


def test_a_new_event_needs_no_lifting() -> None:
    name, data, schema = LIFTED.encode(STREAM, SIZED, KEYS)
    assert schema == 2
    assert LIFTED.event(STREAM, name, data, LIFTED.metadata(ORIGIN, schema), KEYS) == SIZED


def test_every_stored_name_is_known() -> None:
    assert codec.names == set(NOTE.events)
    assert [name for name in sorted(codec.names) if codec.is_personal(name)] == ["note.signed"]
    assert (codec.seals(STREAM, SIGNED), codec.seals(STREAM, NoteWritten(text=""))) == (True, False)


def test_instants_keep_their_microseconds() -> None:
    event = NoteSigned(author=Author(name=PersonName.erased()), signed_at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
    name, data, _ = codec.encode(STREAM, event, {})
    assert decoded(name, data) == event
