"""States spelled out: as JSON values, and as what has changed from one to the next."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import Personal

_COMPUTED: Final = "status"
"""What states work out from their facts and people ask for first."""


def spelled(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Spell a state as JSON values: areas as numbers, days and ids as strings, personal values never."""
    match value:
        case Mapping():
            return {str(spelled(key)): spelled(entry) for key, entry in value.items()}
        case AbstractSet():
            return sorted((spelled(entry) for entry in value), key=str)
        case list() | tuple():
            return [spelled(entry) for entry in value]
        case _ if is_dataclass(value) and not isinstance(value, Area | District | Personal):
            told = {entry.name: spelled(getattr(value, entry.name)) for entry in fields(value)}
            return {_COMPUTED: spelled(getattr(value, _COMPUTED)), **told} if hasattr(value, _COMPUTED) else told
        case _:
            return _plain(value)


def _plain(value: object) -> object:  # noqa: PLR0911 - one return per kind
    match value:
        case Personal():
            return None
        case Area(square_metres=number):
            return _plain(number)
        case District(code=code):
            return code
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Enum():
            return value.value
        case date() | time() | UUID():
            return str(value)
        case _:
            return value


def changes(before: Any, after: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Tell what has changed, one line a place: `status: applicant → registered`."""
    old, new = dict(_places(before)), dict(_places(after))
    for place in sorted({*old, *new}, key=lambda place: (place not in old, place)):
        was, now = old.get(place), new.get(place)
        if place not in new:
            yield f"{place}: {_said(was)} → gone"
        elif place not in old:
            yield f"{place}: {_said(now)}"
        elif was != now:
            yield f"{place}: {_said(was)} → {_said(now)}"


def _places(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - the same
    """Go through everything that is not composed, with where it stands: `tenures[0].until`."""
    match value:
        case dict():
            for name, entry in value.items():
                yield from _places(entry, f"{place}.{name}" if place else name)
        case list():
            for nth, entry in enumerate(value):
                yield from _places(entry, f"{place}[{nth}]")
        case _ if place:
            yield place, value


def _said(value: object) -> str:
    return "—" if value is None else str(value)
