"""Values that a field of each kind does not take."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.journeys.answers import Json

NOBODY: Final = "00000000-0000-4000-8000-000000000000"
"""An id that names nothing."""

_NO_STRING: Final = (12, 12.5, True, ["a"], {"a": "b"})
_NO_TEXT: Final = (*_NO_STRING, "", "   ", "\u3000", "一\u0000二", "一\n二", "一\u0007", "\u200b")
_NO_NUMBER: Final = ("12", True, False, [1], {"a": 1}, "")
_NO_ID: Final = (*_NO_STRING, "", "x", "12345678-1234-1234-1234-12345678901", "{" + NOBODY + "}", f"urn:uuid:{NOBODY}")
_NO_DAY: Final = (
    *_NO_STRING,
    "",
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "20261124",
    "26-11-24",
    "2026-11-24T00:00:00",
    "2026-11-24T00:00:00Z",
    " 2026-11-24",
    "２０２６-11-24",
    "2026-W48-2",
    "yesterday",
)
_NO_INSTANT: Final = (
    *_NO_STRING,
    "",
    "2026-11-23",
    "2026-11-23T09:30:00",
    "2026-11-23T09:30+08:00",
    "2026-11-23T09:30:00+0800",
    "2026-11-23T09:30:00+24:00",
    "2026-11-23T24:00:00Z",
    "2026-11-23T23:59:60Z",
    "2026-02-29T09:30:00Z",
    "20261123T093000Z",
    " 2026-11-23T09:30:00Z",
    "２０２６-11-23T09:30:00Z",
    "1899-12-31T23:59:59Z",
    "3000-01-01T00:00:00Z",
    "1795483800",
)
_NO_AREA: Final = (*_NO_NUMBER, 0, -1, -0.01, 0.001, 0.009, 80_000.001, 100_000_000, 99_999_999.991, 1e30)
_NO_WHOLE: Final = (*_NO_NUMBER, 12.0, 12.5, 2**63, -(2**63) - 1, 10**400)

NOT_TAKEN: Final[Mapping[str, Sequence[Json]]] = {
    "name": (*_NO_TEXT, "长" * 201),
    "text": (*_NO_TEXT, "长" * 4_001),
    "code": (*_NO_TEXT, "1", "长" * 18, "1" * 18, "０" * 6, "1" * 6 + " "),
    "day": _NO_DAY,
    "area": _NO_AREA,
    "count": (*_NO_WHOLE, -1, 1_000_001),
    "whole": _NO_WHOLE,
    "rating": (*_NO_WHOLE, 0, 6, -1),
    "instant": _NO_INSTANT,
    "named": (*_NO_ID, NOBODY),
    "choice": (*_NO_STRING, "", "nothing", "REGULAR", " regular"),
    "flag": ("true", "false", 0, 1, "", [True], {"a": True}),
    "object": ("x", 1, True, ["a"]),
    "list": ("x", 1, True, {"a": 1}),
}


def misfits(body: Mapping[str, Json], fields: Mapping[str, str]) -> Iterator[tuple[str, Json]]:
    """Answer bodies with one field that does not fit, each with the pointer to it."""
    for pointer, kind in fields.items():
        is_optional = kind.endswith("?")
        for value in NOT_TAKEN[kind.rstrip("?")]:
            yield pointer, _with(body, pointer, value)
        if not is_optional:
            yield pointer, _with(body, pointer, None)
        if not is_optional and not pointer[-1].isdigit():
            yield pointer, _without(body, pointer)
    yield "/colour", {**body, "colour": "green"}


def _with(body: Mapping[str, Json], pointer: str, value: Json) -> Json:
    changed = copy.deepcopy(dict(body))
    place, last = _place(changed, pointer)
    place[last] = value
    return changed


def _without(body: Mapping[str, Json], pointer: str) -> Json:
    changed = copy.deepcopy(dict(body))
    place, last = _place(changed, pointer)
    del place[last]
    return changed


def _place(body: Json, pointer: str) -> tuple[Json, str | int]:
    *way, last = pointer.removeprefix("/").split("/")
    for step in way:
        body = body[step]
    return body, int(last) if last.isdigit() else last
