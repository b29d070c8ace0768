"""How a field's type is written in JSON: most as msgspec does, our own values in a form of their own."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from types import GenericAlias, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import Personal

Seal = Callable[[str], str]
Open = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """How values of one type become what msgspec writes, and back.

    `wire` is the type that msgspec reads; `pack` makes a wire value, `unpack` the value again, `mask` takes the JSON
    builtins and replaces sealed values by their masked form. None in their place means: leave it as it is.
    """

    wire: Any
    pack: Callable[[Any, Seal], Any] | None = None
    unpack: Callable[[Any, Open], Any] | None = None
    mask: Callable[[Any, Open], Any] | None = None

    @property
    def is_plain(self) -> bool:
        """Tell whether msgspec alone does everything."""
        return self.pack is None


def shape_of(kind: Any) -> Shape:  # noqa: ANN401, PLR0911 - any annotation; one return per kind
    """Work out the shape of a type.

    Raises: TypeError for an annotation that the log could not keep.
    """
    if hasattr(kind, "__supertype__"):
        return shape_of(kind.__supertype__)
    if kind is Any or kind is object:
        return Shape(Any, pack=lambda value, _: _untyped(value))
    if not isinstance(kind, type) or get_origin(kind) is not None:
        return _composed(kind)
    if issubclass(kind, Area):
        return Shape(Decimal, lambda area, _: area.square_metres, lambda number, _: Area(number))
    if issubclass(kind, District):
        return Shape(str, lambda district, _: district.code, lambda code, _: District(code))
    if issubclass(kind, Personal):
        return _personal(kind)
    return _record(kind) if is_dataclass(kind) else Shape(kind)


def _personal(kind: type[Personal]) -> Shape:
    def pack(value: Personal, seal: Seal) -> str | None:
        return None if value.value is None else seal(value.value)

    def unpack(sealed: str | None, opened: Open) -> Personal:
        return kind(None if sealed is None else opened(sealed))

    def mask(sealed: str | None, opened: Open) -> str | None:
        return unpack(sealed, opened).masked

    return Shape(str | None, pack, unpack, mask)


def _record(kind: type[Any]) -> Shape:
    """A dataclass that msgspec cannot write alone gets a struct of the same fields beside it."""
    hints = get_type_hints(kind)
    shapes = {entry.name: shape_of(hints[entry.name]) for entry in fields(kind)}
    if all(shape.is_plain for shape in shapes.values()):
        return Shape(kind)
    # An event written before a field existed lacks it; then the dataclass puts its default, or refuses.
    wire = msgspec.defstruct(
        kind.__name__,
        [(name, Union[shape.wire, msgspec.UnsetType], msgspec.UNSET) for name, shape in shapes.items()],  # noqa: UP007 - `|` does not take every annotation
        frozen=True,
    )
    packs = [(name, shape.pack) for name, shape in shapes.items()]
    unpacks = [(name, shape.unpack) for name, shape in shapes.items()]
    masks = [(name, shape.mask) for name, shape in shapes.items() if shape.mask is not None]

    def pack(record: Any, seal: Seal) -> Any:  # noqa: ANN401 - from one dataclass to its struct
        values = []
        for name, how in packs:
            value = getattr(record, name)
            values.append(value if how is None else how(value, seal))
        return wire(*values)

    def unpack(packed: Any, opened: Open) -> Any:  # noqa: ANN401 - and back
        values = {}
        for name, how in unpacks:
            value = getattr(packed, name)
            if value is not msgspec.UNSET:
                values[name] = value if how is None else how(value, opened)
        return kind(**values)

    def mask(built: dict[str, Any], opened: Open) -> dict[str, Any]:
        return built | {name: how(built[name], opened) for name, how in masks if name in built}

    return Shape(wire, pack, unpack, mask if masks else None)


def _composed(kind: Any) -> Shape:  # noqa: ANN401 - any annotation
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(origin, type) and issubclass(origin, AbstractSet):
        raise TypeError(f"{kind} has no order of its own, so its bytes would differ: keep a tuple")
    shapes = [shape_of(part) for part in parts if part not in (NoneType, ...)]
    if all(shape.is_plain for shape in shapes):
        return Shape(kind)
    match origin, shapes:
        case (_, [inner]) if origin in (Union, UnionType):
            return _optional(inner)
        case (_, [inner]) if origin is tuple and parts[1:] == (...,):
            return _sequence(inner)
        case (_, [keys, inner]) if keys.is_plain and issubclass(origin, Mapping):
            return _mapping(keys, inner)
        case _:
            raise TypeError(f"the log cannot keep {kind}: keep tuple[…, ...], Mapping[str, …] or … | None")


def _optional(inner: Shape) -> Shape:
    return Shape(Union[inner.wire, None], *(_unless_none(how) for how in (inner.pack, inner.unpack, inner.mask)))  # noqa: UP007 - `|` does not take every annotation


def _unless_none(how: Callable[[Any, Any], Any] | None) -> Callable[[Any, Any], Any] | None:
    return how and (lambda value, key: None if value is None else how(value, key))


def _sequence(inner: Shape) -> Shape:
    def each(how: Callable[[Any, Any], Any] | None, into: type[Any]) -> Callable[[Any, Any], Any] | None:
        return how and (lambda values, key: into([how(value, key) for value in values]))

    wire = GenericAlias(tuple, (inner.wire, ...))
    return Shape(wire, each(inner.pack, tuple), each(inner.unpack, tuple), each(inner.mask, list))


def _mapping(keys: Shape, inner: Shape) -> Shape:
    def each(how: Callable[[Any, Any], Any] | None) -> Callable[[Any, Any], Any] | None:
        return how and (lambda values, key: {name: how(value, key) for name, value in values.items()})

    wire = GenericAlias(dict, (keys.wire, inner.wire))
    return Shape(wire, each(inner.pack), each(inner.unpack), each(inner.mask))


def _untyped(value: Any) -> Any:  # noqa: ANN401, PLR0911 - any value; one return per kind
    """Spread a value that no annotation describes into JSON; a personal one is left out, it could not be told later."""
    match value:
        case Personal():
            return None
        case Area():
            return value.square_metres
        case District():
            return value.code
        case Mapping():
            return {name: _untyped(entry) for name, entry in value.items()}
        case list() | tuple():
            return [_untyped(entry) for entry in value]
        case AbstractSet():
            return sorted((_untyped(entry) for entry in value), key=str)
        case _ if is_dataclass(value):
            return {entry.name: _untyped(getattr(value, entry.name)) for entry in fields(value)}
        case _:
            return value
