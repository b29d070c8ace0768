"""Views laid flat."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from api.exporting.columns import Kind, columns_of
from api.http.encoding import encode
from tests.api.exporting.made_up import AT, COLUMNS, ID, Colour, Knot, Owner, Thing, ThingId


def test_an_object_becomes_a_column_for_each_field_and_a_list_one_of_json() -> None:
    assert [(column.name, column.kind) for column in COLUMNS] == [
        ("id", Kind.TEXT),
        ("version", Kind.WHOLE),
        ("name", Kind.TEXT),
        ("colour", Kind.TEXT),
        ("mood", Kind.TEXT),
        ("area_m2", Kind.NUMBER),
        ("share", Kind.REAL),
        ("pinned", Kind.FLAG),
        ("owner.name", Kind.TEXT),
        ("owner.since", Kind.DAY),
        ("at", Kind.INSTANT),
        ("lines", Kind.JSON),
        ("more", Kind.JSON),
        ("either", Kind.JSON),
    ]


def test_what_holds_its_own_kind_is_json_there() -> None:
    assert [(column.name, column.kind) for column in columns_of(Knot)] == [("name", Kind.TEXT), ("inner", Kind.JSON)]


def test_columns_are_known_of_dataclasses_only() -> None:
    with pytest.raises(TypeError, match="dict is not a dataclass"):
        columns_of(dict)


def cells(thing: Thing) -> dict[str, object]:
    item = msgspec.json.Decoder(dict[str, object], float_hook=Decimal).decode(encode(thing))
    return {column.name: column.cell(item) for column in COLUMNS}


def test_cells_have_their_types_back() -> None:
    thing = Thing(
        id=ThingId(UUID(ID)),
        version=3,
        name="便条",
        colour=Colour.RED,
        mood="bad",
        area_m2=Decimal("0.10"),
        share=0.5,
        pinned=False,
        owner=Owner(name=None, since=date(2026, 2, 28)),
        at=AT,
        lines=("一", "二"),
        more={"area": Decimal("80000.25"), "at": datetime(2026, 1, 1, tzinfo=UTC)},
        either="x",
    )
    assert cells(thing) == {
        "id": ID,
        "version": 3,
        "name": "便条",
        "colour": "red",
        "mood": "bad",
        "area_m2": Decimal("0.10"),
        "share": 0.5,
        "pinned": False,
        "owner.name": None,
        "owner.since": date(2026, 2, 28),
        "at": AT,
        "lines": '["一","二"]',
        "more": '{"area":80000.25,"at":"2026-01-01T00:00:00Z"}',
        "either": '"x"',
    }


def test_a_number_that_json_writes_whole_is_exact_all_the_same() -> None:
    (area,) = [column for column in COLUMNS if column.name == "area_m2"]
    cell = area.cell({"area_m2": 120000})
    assert cell == Decimal(120000)
    assert isinstance(cell, Decimal)


def test_nothing_in_an_object_that_is_not_there() -> None:
    (since,) = [column for column in COLUMNS if column.name == "owner.since"]
    assert since.cell({"owner": None}) is None
