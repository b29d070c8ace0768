"""A revocation relieves of every project and bans for two years, once in a cycle (Text 3 §2(3))."""

from datetime import date
from typing import Final

import pytest

from domain.licensing.deduction import deduct_points
from domain.licensing.licence import Status
from tests.domain.licensing.assessment import (
    FIRST,
    INTERVIEW,
    SECOND,
    THIRD,
    WRITTEN,
    charge,
    deducted,
    reinstated,
    rescinded,
    revoked,
    violation,
    warned,
)
from tests.domain.licensing.practice import (
    HILLSIDE,
    LAKESIDE,
    ONE_DAY,
    RIVERSIDE,
    TODAY,
    appointed,
    deregistered,
    given,
    licence,
    opened,
    practising,
    relieved,
)
from tests.domain.rule_sets import DEFAULT, rule_set

YEARS: Final = practising(on=date(2020, 1, 6))
REVOKED: Final = (
    *YEARS,
    deducted(FIRST, points=24),
    deducted(SECOND, points=1, total=25, code="V29"),
    warned(WRITTEN, 25),
    warned(INTERVIEW, 25),
    revoked(25),
)


def test_a_revoked_manager_is_relieved_of_every_project_in_the_same_breath() -> None:
    two = (*YEARS, appointed(RIVERSIDE), relieved(RIVERSIDE), appointed(LAKESIDE), appointed(HILLSIDE))
    given(*two).when(deduct_points, violation("V04"), DEFAULT, charge()).then(
        deducted(points=25, code="V04"),
        warned(WRITTEN, 25),
        warned(INTERVIEW, 25),
        revoked(25),
        relieved(LAKESIDE, reason="licence revoked"),
        relieved(HILLSIDE, reason="licence revoked"),
    )


@pytest.mark.parametrize(
    ("revoked_on", "banned_until"),
    [
        (date(2026, 11, 24), date(2028, 11, 24)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_ban_ends_with_the_corresponding_day(revoked_on: date, banned_until: date) -> None:
    asked = violation("V04", occurred_on=revoked_on)
    decided = deduct_points(licence(*YEARS), asked, DEFAULT, charge(today=revoked_on))
    cycle = str(revoked_on.year)
    assert decided[-1] == revoked(25, on=revoked_on, banned_until=banned_until, cycle=cycle)
    held = licence(*YEARS, *decided)
    days = (revoked_on - ONE_DAY, revoked_on, banned_until, banned_until + ONE_DAY)
    assert [held.is_banned_on(day) for day in days] == [False, True, True, False]


def test_the_length_of_the_ban_is_the_rule_sets() -> None:
    given(*YEARS).when(deduct_points, violation("V04"), rule_set(ban_years=3), charge()).then(
        deducted(points=25, code="V04"),
        warned(WRITTEN, 25),
        warned(INTERVIEW, 25),
        revoked(25, banned_until=date(2029, 11, 24)),
    )


def test_after_a_revocation_points_of_the_same_cycle_do_not_revoke_again() -> None:
    tomorrow = TODAY + ONE_DAY
    given(*REVOKED).when(deduct_points, violation(points=12), DEFAULT, charge(THIRD, today=tomorrow)).then(
        deducted(THIRD, points=12, total=37, on=tomorrow)
    )


def test_after_a_revocation_points_of_another_cycle_revoke_again() -> None:
    tomorrow, last_year = TODAY + ONE_DAY, date(2025, 11, 24)
    given(*REVOKED).when(
        deduct_points, violation("V04", occurred_on=last_year), DEFAULT, charge(THIRD, today=tomorrow)
    ).then(
        deducted(THIRD, points=25, code="V04", occurred_on=last_year, on=tomorrow),
        warned(WRITTEN, 25, cycle="2025", on=tomorrow),
        warned(INTERVIEW, 25, cycle="2025", on=tomorrow),
        revoked(25, on=tomorrow, cycle="2025", company=None),
    )


def test_a_deregistered_manager_is_revoked_and_banned_too() -> None:
    given(*YEARS, deregistered()).when(deduct_points, violation("V04"), DEFAULT, charge()).then(
        deducted(points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), revoked(25, company=None)
    )


def test_an_applicant_who_acts_as_manager_time_and_again_is_banned() -> None:
    first = deducted(points=15, code="V14", company=None, notice="PM-00000000-001")
    applicant = (opened(), first, warned(WRITTEN, 15))
    decided = deduct_points(licence(*applicant), violation("V14"), DEFAULT, charge(SECOND))
    assert decided == [
        deducted(SECOND, points=15, total=30, code="V14", company=None, notice="PM-00000000-002"),
        warned(INTERVIEW, 30),
        revoked(30, company=None),
    ]
    held = licence(*applicant, *decided)
    assert held.status is Status.REVOKED
    assert held.is_banned_on(TODAY)


def test_a_reinstated_manager_is_revoked_again_by_the_same_cycle() -> None:
    first = deducted(FIRST, points=25, code="V04")
    back = (*YEARS, first, revoked(25), *rescinded(first, total=0), reinstated(0))
    given(*back).when(deduct_points, violation("V04"), DEFAULT, charge(SECOND)).then(
        deducted(SECOND, points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), revoked(25)
    )
