"""Which form of a list an Accept header asks for (RFC 9110 §12.5.1)."""

from functools import lru_cache
from typing import Final

from api.exporting.formats import MEDIA_TYPES, Format

_EXPORTS: Final = {media_type: format_ for format_, media_type in MEDIA_TYPES.items()}
_JSON: Final = frozenset({"application/json", "application/*", "*/*"})


@lru_cache(maxsize=256)
def preferred_format(accept: bytes) -> Format | None:
    """Answer the format of an export that is asked for by its own name; None for JSON, which is what others get.

    The heaviest weight wins; of several with one weight, a type that is named wins over a wildcard, and else the first.
    """
    asked: list[tuple[float, bool, Format | None]] = []
    for entry in accept.decode("latin-1").lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        weight = _weight(parameters)
        if weight > 0 and (name in _EXPORTS or name in _JSON):
            asked.append((weight, name in _EXPORTS or "*" not in name, _EXPORTS.get(name)))
    return max(asked, key=lambda each: each[:2], default=(0.0, False, None))[2]


def _weight(parameters: list[str]) -> float:
    """Read `q`, which is 1 when it is not given and 0 when it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
