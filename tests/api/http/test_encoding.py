"""Views hold plain values, and plain values are written exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from api.http.encoding import encode, plain
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import PersonName
from tests.api.http.made_up import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A part of a view."""

    colour: Colour
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """A view."""

    inner: Inner | None
    by_year: Mapping[str, int]
    area: Decimal
    rest: Sequence["Outer"] = ()
    anything: Any = None


def test_plain_values_are_written_exactly() -> None:
    east = timezone(timedelta(hours=8))
    view = Outer(
        inner=Inner(colour=Colour.RED, days=(date(2024, 2, 29),)),
        by_year=MappingProxyType({"2026": 12}),
        area=Decimal("99999999.99"),
        anything=datetime(2026, 3, 1, 8, tzinfo=east),
    )
    assert encode(view).decode() == (
        '{"inner":{"colour":"red","days":["2024-02-29"]},"by_year":{"2026":12},"area":99999999.99,"rest":[],'
        '"anything":"2026-03-01T08:00:00+08:00"}'
    )


def test_a_view_of_plain_values_is_let_through() -> None:
    assert plain(Outer) is Outer


@pytest.mark.parametrize("kind", [Area, District, PersonName])
def test_an_object_of_the_domain_in_a_view_is_found_however_deep(kind: type) -> None:
    """A personal value that was written field by field would be told to everyone."""

    @dataclass
    class Deep:
        held: Mapping[str, Sequence[kind | None]]  # type: ignore[valid-type] # each kind in turn

    Deep.__annotations__["held"] = Mapping[str, Sequence[kind | None]]  # type: ignore[valid-type] # each kind in turn

    @dataclass
    class View:
        deep: tuple[Any, ...]

    View.__annotations__["deep"] = tuple[Deep, ...]
    with pytest.raises(TypeError, match=r"View\.deep\.held"):
        plain(View)


def test_what_has_no_form_in_json_is_not_written() -> None:
    with pytest.raises(NotImplementedError):
        encode(Outer(inner=None, by_year={}, area=Decimal(1), anything=object()))
