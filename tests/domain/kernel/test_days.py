"""Days are counted as the regulation counts them: corresponding days, both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.days import Period, years_after

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "years", "corresponding"),
    [
        (date(2026, 11, 24), 2, date(2028, 11, 24)),
        (date(2024, 2, 29), 2, date(2026, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 28), 4, date(2028, 2, 28)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(9998, 5, 1), 1, date(9999, 5, 1)),
        (date(2, 5, 1), -1, date(1, 5, 1)),
    ],
)
def test_the_corresponding_day_years_later(day: date, years: int, corresponding: date) -> None:
    assert years_after(day, years) == corresponding


@pytest.mark.parametrize(("day", "years", "end"), [(date(9998, 5, 1), 2, date.max), (date(2, 5, 1), -2, date.min)])
def test_beyond_the_calendar_its_first_and_its_last_day_stand(day: date, years: int, end: date) -> None:
    assert years_after(day, years) == end


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-200, 200))
def test_a_corresponding_day_keeps_month_and_day_but_for_29_february(day: date, years: int) -> None:
    found = years_after(day, years)
    assert found.year == day.year + years
    assert (found.month, found.day) == (day.month, day.day) or ((day.month, day.day), (found.month, found.day)) == (
        (2, 29),
        (2, 28),
    )


@pytest.mark.parametrize(
    ("day", "covered"), [(FIRST - ONE_DAY, False), (FIRST, True), (LAST, True), (LAST + ONE_DAY, False)]
)
def test_a_period_covers_its_first_and_its_last_day(day: date, covered: bool) -> None:
    assert Period(FIRST, LAST).covers(day) is covered


def test_an_open_period_has_no_last_day() -> None:
    assert Period(FIRST).covers(date.max)
    assert not Period(FIRST).covers(FIRST - ONE_DAY)
