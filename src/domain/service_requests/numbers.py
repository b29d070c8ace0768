"""The number of a request: readable over the telephone, unique, and without a promise of no gaps."""

from datetime import date
from typing import Final

from domain.kernel.identifiers import ServiceRequestId, ServiceRequestNumber

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two that are not taken for each other: no I, L, O or U."""
_LENGTH: Final = 10
"""Fifty bits of the id: of a thousand requests of one day two share a number with a chance below one in 10⁹."""


def request_number(city: str, day: date, request_id: ServiceRequestId) -> ServiceRequestNumber:
    """Answer the number of a request received in a city on a day: `SR-321000-20261124-7F3K2QX8M4`."""
    rest, letters = request_id.int, ""
    for _ in range(_LENGTH):
        rest, place = divmod(rest, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return ServiceRequestNumber(f"SR-{city}-{day:%Y%m%d}-{letters}")
