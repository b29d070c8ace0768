"""Building area (建筑面积) in square metres: exact, never a float."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

_MOST_DECIMALS: Final = -2


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Square metres, zero or more, with at most two decimals; 120000 and 120000.00 are the same area.

    Raises: ValueError for anything else.
    """

    square_metres: Decimal

    def __post_init__(self) -> None:
        """Refuse what is no area, and keep one spelling per value."""
        given = self.square_metres
        if not given.is_finite() or given < 0:
            message = f"an area is zero or more square metres, not {given}"
            raise ValueError(message)
        plain = abs(given).normalize()
        exponent = plain.as_tuple().exponent
        if isinstance(exponent, int) and exponent < _MOST_DECIMALS:
            message = f"an area has at most two decimals, not {given}"
            raise ValueError(message)
        whole = plain == plain.to_integral_value()
        object.__setattr__(self, "square_metres", plain.quantize(Decimal(1)) if whole else plain)

    @classmethod
    def of(cls, square_metres: int | str | Decimal) -> "Area":
        """Build an area from whole metres or from a decimal's spelling."""
        try:
            return cls(Decimal(square_metres))
        except InvalidOperation:
            message = f"an area is a number of square metres, not {square_metres!r}"
            raise ValueError(message) from None

    def __add__(self, other: "Area") -> "Area":
        """Add two areas."""
        return Area(self.square_metres + other.square_metres)

    def left_of(self, limit: "Area") -> "Area":
        """Answer what remains of a limit, never less than nothing."""
        return Area(max(limit.square_metres - self.square_metres, Decimal(0)))

    @staticmethod
    def total(areas: Iterable["Area"]) -> "Area":
        """Add up areas; none is zero."""
        return Area(sum((area.square_metres for area in areas), Decimal(0)))
