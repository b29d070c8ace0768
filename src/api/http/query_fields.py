"""The parameters of a query: strings that mean numbers, flags and places in a list."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Annotated, Final, TypeVar

import msgspec
from pydantic import PlainValidator, WithJsonSchema

from api.http.fields import FIRST_YEAR, INT64, LAST_YEAR
from api.http.language import Said
from api.http.misfits import Malformed, Misfit
from api.http.sentences import refused

MOST_ITEMS: Final = 200
USUAL_ITEMS: Final = 50
_LONGEST_CURSOR: Final = 2_000

_DIGITS: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def _number(value: object, least: int, most: int) -> int:
    if isinstance(value, str) and _DIGITS.fullmatch(value) and least <= int(value) <= most:
        return int(value)
    raise refused(f"必须是 {least} 至 {most} 的整数", f"must be a whole number from {least} to {most}")


def _limit(value: object) -> int:
    return _number(value, 1, MOST_ITEMS)


def _position(value: object) -> int:
    return _number(value, 0, INT64)


def _year(value: object) -> int:
    return _number(value, FIRST_YEAR, LAST_YEAR)


def _flag(value: object) -> bool:
    if value not in {"true", "false"}:
        raise refused("必须是 true 或 false", "must be true or false")
    return value == "true"


def _cursor(value: object) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST_CURSOR and _BASE64URL.fullmatch(value):
        return value
    raise refused(_NO_CURSOR.zh, _NO_CURSOR.en)


_NO_CURSOR: Final = Said("不是此列表给出的 cursor", "is no cursor that this list has given")

Limit = Annotated[int, PlainValidator(_limit), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_ITEMS})]
"""How many items at most, 1–200."""

Cursor = Annotated[str, PlainValidator(_cursor), WithJsonSchema({"type": "string", "maxLength": _LONGEST_CURSOR})]
"""Where the last page ended, as the answer gave it; `keyset` reads it."""

PositionParameter = Annotated[
    int, PlainValidator(_position), WithJsonSchema({"type": "integer", "format": "int64", "minimum": 0})
]
"""A position in the log; 0 is before the first event."""

YearParameter = Annotated[
    int, PlainValidator(_year), WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR})
]
"""A year from 1900 to 2999."""

FlagParameter = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`."""

Keyset = TypeVar("Keyset", bound=tuple[object, ...])


def cursor_for(last: Sequence[object]) -> str:
    """Write the sort key of a page's last item as a cursor; strings, numbers, days, instants and UUIDs."""
    return urlsafe_b64encode(msgspec.json.encode(last)).rstrip(b"=").decode()


def keyset(cursor: str | None, shape: type[Keyset]) -> Keyset | None:
    """Read a cursor as the sort key of this list, `keyset(cursor, tuple[str, UUID])`; None for the first page.

    Raises: Malformed with the pointer `/cursor` when it is not a key of this shape.
    """
    if cursor is None:
        return None
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key: Keyset = _decoder(shape).decode(written)
    except (binascii.Error, msgspec.MsgspecError, RecursionError):
        raise Malformed([Misfit("/cursor", _NO_CURSOR)]) from None
    if not all(_storable(part) for part in key):
        raise Malformed([Misfit("/cursor", _NO_CURSOR)])
    return key


@cache
def _decoder(shape: type[Keyset]) -> msgspec.json.Decoder[Keyset]:
    return msgspec.json.Decoder(shape)


def _storable(part: object) -> bool:
    match part:
        case str():
            return "\0" not in part
        case int():
            return -INT64 - 1 <= part <= INT64
        case Iterable():
            return all(_storable(inner) for inner in part)
        case _:
            return True
