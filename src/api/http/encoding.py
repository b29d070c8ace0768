"""Views to JSON bytes: frozen dataclasses of plain values, without a copy in between."""

import inspect
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, Final, TypeVar, get_args, get_type_hints

import msgspec

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import Personal

_NEVER_SHOWN: Final = (Area, District, Personal)


def _spread(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} is not a value of a view")


encode: Final = msgspec.json.Encoder(decimal_format="number", enc_hook=_spread).encode
"""Write a view as JSON: areas (`Decimal`) as exact numbers, days and instants as ISO 8601, ids as strings."""

View = TypeVar("View", bound=type)


def plain(view: View) -> View:
    """Answer the view's type when all its fields, however deep, are plain values.

    Areas are shown as `Decimal`, districts as their code, and of a person only what the query chose to show: an object
    of ours would be spelled out with all its fields. Raises: TypeError.
    """
    _require_plain(view, view.__name__, seen=set())
    return view


def _require_plain(kind: Any, place: str, seen: set[Any]) -> None:  # noqa: ANN401 - whatever an annotation may say
    if kind in seen:
        return
    seen.add(kind)
    if inspect.isclass(kind) and issubclass(kind, _NEVER_SHOWN):
        raise TypeError(f"{place} is a {kind.__name__}: a view shows plain values")
    for inner in get_args(kind):
        if not isinstance(inner, str | int):
            _require_plain(inner, place, seen)
    if inspect.isclass(kind) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        for name, hint in get_type_hints(kind).items():
            _require_plain(hint, f"{place}.{name}", seen)
