"""Weeks and months by their labels: those that there are, from 1900 to 2999."""

from typing import Final

import pytest
from pydantic import TypeAdapter, ValidationError

from api.http.period_fields import Month, Week

WEEK: Final = TypeAdapter[str](Week).validate_python
MONTH: Final = TypeAdapter[str](Month).validate_python


@pytest.mark.parametrize("label", ["2026-W01", "2026-W47", "2026-W53", "2020-W53", "1900-W01", "2999-W52"])
def test_a_week_is_one_of_its_year(label: str) -> None:
    assert WEEK(label) == label


@pytest.mark.parametrize(
    "label",
    [
        *("2026-W00", "2026-W54", "2025-W53", "2027-W53", "2026-47", "2026W47", "2026-w47", "2026-W4", "2026-W047"),
        *("1899-W52", "3000-W01", "9999-W52", "0000-W01", "2026-W４７", "2026-W47\n", "", 47, None, True),
    ],
    ids=repr,
)
def test_what_is_no_week_is_refused(label: object) -> None:
    with pytest.raises(ValidationError):
        WEEK(label)


@pytest.mark.parametrize("label", ["2026-01", "2026-12", "1900-01", "2999-12"])
def test_a_month_is_one_of_twelve(label: str) -> None:
    assert MONTH(label) == label


@pytest.mark.parametrize(
    "label",
    [
        *("2026-00", "2026-13", "2026-1", "202611", "2026-11-01", "1899-12", "3000-01", "9999-12", "0000-01"),
        *("２026-11", "2026-11\n", "", 11, None, True),
    ],
    ids=repr,
)
def test_what_is_no_month_is_refused(label: object) -> None:
    with pytest.raises(ValidationError):
        MONTH(label)
