"""Working days are Monday to Friday, without holidays, with make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.days import WorkingDays
from tests.domain.rule_sets import rule_set

# National Day as it was announced for 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked.
HOLIDAYS = frozenset(date(2025, 10, number) for number in range(1, 9))
MAKE_UP = frozenset({date(2025, 9, 28), date(2025, 10, 11)})
AUTUMN = WorkingDays(holidays=HOLIDAYS, make_up_days=MAKE_UP)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 9, 26), True),  # Friday
        (date(2025, 9, 27), False),  # Saturday
        (date(2025, 9, 28), True),  # Sunday, made up
        (date(2025, 9, 30), True),  # Tuesday
        (date(2025, 10, 1), False),  # Wednesday, holiday
        (date(2025, 10, 8), False),  # Wednesday, holiday
        (date(2025, 10, 9), True),  # Thursday
        (date(2025, 10, 11), True),  # Saturday, made up
        (date(2025, 10, 12), False),  # Sunday
    ],
)
def test_which_days_are_worked(day: date, worked: bool) -> None:
    assert AUTUMN.include(day) is worked


def test_a_make_up_day_wins_over_a_holiday() -> None:
    day = date(2025, 10, 1)
    assert WorkingDays(holidays=frozenset({day}), make_up_days=frozenset({day})).include(day)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2025, 9, 26), date(2025, 9, 26)),
        (date(2025, 9, 27), date(2025, 9, 28)),
        (date(2025, 10, 1), date(2025, 10, 9)),
        (date(2025, 10, 12), date(2025, 10, 13)),
    ],
)
def test_a_day_that_is_not_worked_moves_to_the_next_that_is(day: date, moved: date) -> None:
    assert AUTUMN.on_or_after(day) == moved


@pytest.mark.parametrize(
    ("count", "last"),
    [(0, date(2025, 9, 26)), (1, date(2025, 9, 28)), (3, date(2025, 9, 30)), (4, date(2025, 10, 9))],
)
def test_working_days_are_counted_from_the_day_after(count: int, last: date) -> None:
    assert AUTUMN.after(date(2025, 9, 26), count) == last


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 30))
def test_without_holidays_five_of_seven_days_are_worked(day: date, count: int) -> None:
    plain = WorkingDays()
    between = [day + timedelta(days=passed) for passed in range(1, (plain.after(day, count) - day).days + 1)]
    assert sum(1 for passed in between if passed.weekday() < 5) == count
    assert between[-1].weekday() < 5


@pytest.mark.parametrize(
    ("served_on", "last_day"),
    [
        (date(2026, 3, 4), date(2026, 3, 19)),  # the fifteenth day after is a Thursday
        (date(2026, 3, 6), date(2026, 3, 23)),  # a Saturday moves to Monday
        (date(2026, 3, 7), date(2026, 3, 23)),  # a Sunday moves to Monday
        (date(2025, 9, 12), date(2025, 9, 28)),  # a Saturday moves to a Sunday that is made up
        (date(2025, 9, 16), date(2025, 10, 9)),  # the first day of the holidays moves beyond them
        (date(2025, 9, 26), date(2025, 10, 11)),  # a Saturday that is made up stays
    ],
)
def test_the_last_day_after_a_notice(served_on: date, last_day: date) -> None:
    rules = rule_set(holidays=tuple(sorted(HOLIDAYS)), make_up_days=tuple(sorted(MAKE_UP)))
    assert rules.last_day(served_on, 15) == last_day
