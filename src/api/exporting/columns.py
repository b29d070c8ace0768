"""The columns of a list: its view laid flat, in the order of the view's fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, auto
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

Cell = str | int | float | bool | Decimal | date | datetime | None
"""One value of a table; None where there is none."""


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    """An exact number with at most two decimals, such as an area in m²."""
    REAL = auto()
    FLAG = auto()
    DAY = auto()
    INSTANT = auto()
    JSON = auto()
    """A list or an object of any shape, as JSON text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name is the path into an item of the JSON list, `company.name`."""

    path: tuple[str, ...]
    kind: Kind

    @property
    def name(self) -> str:
        """The heading."""
        return ".".join(self.path)

    def cell(self, item: Mapping[str, Any]) -> Cell:
        """Take the value from an item of the JSON list; fractions in it are `Decimal`."""
        value: Any = item
        for step in self.path:
            if value is None:
                return None
            value = value[step]
        return None if value is None else _typed(value, self.kind)


def columns_of(view: type) -> tuple[Column, ...]:
    """Lay a view flat: an object in it becomes a column for each of its fields, a list one column of JSON text.

    Raises: TypeError when the view is not a dataclass.
    """
    if not is_dataclass(view):
        raise TypeError(f"{view.__name__} is not a dataclass: its columns are not known")
    return tuple(_laid_flat(view, (), within=(view,)))


def _laid_flat(view: Any, path: tuple[str, ...], within: tuple[Any, ...]) -> Iterator[Column]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(view)
    for field in fields(view):
        there = (*path, field.name)
        held = _held(hints[field.name])
        if is_dataclass(held) and held not in within:
            yield from _laid_flat(held, there, (*within, held))
        else:
            yield Column(there, _kind(held))


def _held(hint: Any) -> Any:  # noqa: ANN401 - whatever an annotation may say
    """Answer what a field holds when it holds something: ids as what they are made of, `X | None` as X."""
    if isinstance(hint, NewType):
        return _held(hint.__supertype__)
    if get_origin(hint) is Annotated:
        return _held(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType}:
        held = {_held(each) for each in get_args(hint) if each is not NoneType}
        return held.pop() if len(held) == 1 else object
    return hint


_KINDS: Final[tuple[tuple[type | tuple[type, ...], Kind], ...]] = (
    (bool, Kind.FLAG),
    (int, Kind.WHOLE),
    (float, Kind.REAL),
    (Decimal, Kind.NUMBER),
    (datetime, Kind.INSTANT),
    (date, Kind.DAY),
    ((str, UUID, time), Kind.TEXT),
)
"""The first that fits: a flag is an `int` too, and an instant a `date`."""


def _kind(held: Any) -> Kind:  # noqa: ANN401 - whatever an annotation may say
    if get_origin(held) is Literal:
        return Kind.TEXT if all(isinstance(value, str) for value in get_args(held)) else Kind.JSON
    if not isinstance(held, type) or get_origin(held) is not None:
        return Kind.JSON
    return next((kind for type_, kind in _KINDS if issubclass(held, type_)), Kind.JSON)


def _typed(value: Any, kind: Kind) -> Cell:  # noqa: ANN401 - any JSON value
    match kind:
        case Kind.NUMBER:
            return Decimal(value)
        case Kind.REAL:
            return float(value)
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.INSTANT:
            return datetime.fromisoformat(value)
        case Kind.JSON:
            return _JSON.encode(value).decode()
        case _:
            taken: Cell = value
            return taken


_JSON: Final = msgspec.json.Encoder(decimal_format="number")
