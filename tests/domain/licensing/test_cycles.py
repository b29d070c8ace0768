"""An assessment cycle is a calendar year, or twelve months from each anniversary of the first registration."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.kernel.days import Period
from domain.kernel.rule_set import Cycle
from domain.licensing.cycles import cycle_of, cycle_of_year
from domain.licensing.deduction import deduct_points
from tests.domain.licensing.assessment import (
    FIRST,
    INTERVIEW,
    SECOND,
    WRITTEN,
    charge,
    deducted,
    revoked,
    violation,
    warned,
)
from tests.domain.licensing.practice import (
    ONE_DAY,
    OTHER,
    TODAY,
    deregistered,
    given,
    licence,
    opened,
    practising,
    registered,
)
from tests.domain.rule_sets import DEFAULT, rule_set

BY_REGISTRATION: Final = rule_set(cycle=Cycle.REGISTRATION_YEAR)
PI_DAY: Final = practising(on=date(2024, 3, 14))
LEAP_DAY: Final = practising(on=date(2024, 2, 29))


@pytest.mark.parametrize(
    ("day", "label"), [(date(2026, 1, 1), "2026"), (date(2026, 12, 31), "2026"), (date(2027, 1, 1), "2027")]
)
def test_a_calendar_year_is_labelled_by_its_number(day: date, label: str) -> None:
    assert cycle_of(licence(*PI_DAY), day, DEFAULT) == label
    assert cycle_of(licence(opened()), day, DEFAULT) == label


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2024, 3, 14), "2024-03-14"),
        (date(2025, 3, 13), "2024-03-14"),
        (date(2025, 3, 14), "2025-03-14"),
        (date(2026, 1, 1), "2025-03-14"),
        (date(2026, 12, 31), "2026-03-14"),
        (date(2024, 3, 13), "2023-03-14"),
        (date(2023, 3, 13), "2022-03-14"),
    ],
)
def test_a_registration_year_is_labelled_by_its_first_day(day: date, label: str) -> None:
    assert cycle_of(licence(*PI_DAY), day, BY_REGISTRATION) == label


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2024, 2, 29), "2024-02-29"),
        (date(2025, 2, 27), "2024-02-29"),
        (date(2025, 2, 28), "2025-02-28"),
        (date(2028, 2, 28), "2027-02-28"),
        (date(2028, 2, 29), "2028-02-29"),
        (date(2029, 2, 27), "2028-02-29"),
        (date(2029, 2, 28), "2029-02-28"),
    ],
)
def test_the_anniversary_of_a_29_february_is_the_28th_in_common_years(day: date, label: str) -> None:
    assert cycle_of(licence(*LEAP_DAY), day, BY_REGISTRATION) == label


def test_before_the_first_registration_the_calendar_year_counts() -> None:
    assert cycle_of(licence(opened()), TODAY, BY_REGISTRATION) == "2026"


def test_a_later_registration_does_not_move_the_cycles() -> None:
    moved = licence(*PI_DAY, deregistered(on=date(2026, 6, 1)), registered(OTHER, on=date(2026, 6, 2)))
    assert cycle_of(moved, TODAY, BY_REGISTRATION) == "2026-03-14"


@for_all(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_every_day_lies_in_exactly_one_cycle(first: date, day: date) -> None:
    held = licence(*practising(on=first))
    label = cycle_of(held, day, BY_REGISTRATION)
    begins = date.fromisoformat(label)
    assert begins <= day < begins + timedelta(days=367)
    assert cycle_of(held, begins, BY_REGISTRATION) == label
    assert cycle_of(held, begins - ONE_DAY, BY_REGISTRATION) != label
    assert (begins.month, begins.day) in {(first.month, first.day), (2, 28)}


@pytest.mark.parametrize(
    ("year", "label", "period"),
    [
        (2025, "2025-03-14", Period(date(2025, 3, 14), date(2026, 3, 13))),
        (2024, "2024-03-14", Period(date(2024, 3, 14), date(2025, 3, 13))),
    ],
)
def test_the_registration_year_of_a_year_begins_in_it(year: int, label: str, period: Period) -> None:
    assert cycle_of_year(licence(*PI_DAY), year, BY_REGISTRATION) == (label, period)


def test_the_calendar_year_of_a_year_is_that_year() -> None:
    assert cycle_of_year(licence(*PI_DAY), 2025, DEFAULT) == ("2025", Period(date(2025, 1, 1), date(2025, 12, 31)))


def test_points_on_both_sides_of_new_year_add_up_in_one_registration_year() -> None:
    new_year = date(2027, 1, 11)
    before = (*PI_DAY, deducted(FIRST, points=14, cycle="2026-03-14"), warned(WRITTEN, 14, cycle="2026-03-14"))
    asked = violation(points=11, occurred_on=new_year)
    given(*before).when(deduct_points, asked, BY_REGISTRATION, charge(SECOND, today=new_year)).then(
        deducted(SECOND, points=11, total=25, occurred_on=new_year, on=new_year, cycle="2026-03-14"),
        warned(INTERVIEW, 25, on=new_year, cycle="2026-03-14"),
        revoked(25, on=new_year, cycle="2026-03-14"),
    )


def test_points_on_both_sides_of_an_anniversary_do_not_add_up() -> None:
    anniversary = date(2026, 3, 16)
    before = (*PI_DAY, deducted(FIRST, points=24, cycle="2025-03-14", occurred_on=date(2026, 3, 13)))
    asked = violation(points=12, occurred_on=date(2026, 3, 14))
    given(*before).when(deduct_points, asked, BY_REGISTRATION, charge(SECOND, today=anniversary)).then(
        deducted(SECOND, points=12, occurred_on=date(2026, 3, 14), on=anniversary, cycle="2026-03-14")
    )
