"""What follows from a cycle's total: a warning at 13, an interview at 19, revocation at 25 (Text 3 §2(3))."""

from datetime import date
from typing import Final

import pytest

from domain.licensing.deduction import deduct_points
from domain.licensing.events import CycleLabel, LicenceEvent, WarningKind
from domain.licensing.licence import Status
from tests.domain.licensing.assessment import (
    FIRST,
    INTERVIEW,
    SECOND,
    THIRD,
    WRITTEN,
    charge,
    deducted,
    objected,
    reinstated,
    rejected,
    rescinded,
    revoked,
    violation,
    warned,
    warning_withdrawn,
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


def with_points(points: int) -> tuple[LicenceEvent, ...]:
    """A manager with so many points this year, warned as far as that."""
    warnings = [warned(kind, points) for kind, step in ((WRITTEN, 13), (INTERVIEW, 19)) if points >= step]
    return (*YEARS, deducted(FIRST, points=points), *warnings)


def charged(points: int, total: int) -> LicenceEvent:
    return deducted(SECOND, points=points, total=total)


@pytest.mark.parametrize(
    ("before", "points", "warnings"),
    [
        (0, 12, []),
        (0, 13, [WRITTEN]),
        (4, 8, []),
        (4, 9, [WRITTEN]),
        (4, 10, [WRITTEN]),
        (9, 9, [WRITTEN]),
        (9, 10, [WRITTEN, INTERVIEW]),
        (9, 11, [WRITTEN, INTERVIEW]),
        (9, 15, [WRITTEN, INTERVIEW]),
        (13, 8, [INTERVIEW]),
    ],
)
def test_a_step_is_reached_exactly(before: int, points: int, warnings: list[WarningKind]) -> None:
    total = before + points
    given(*(with_points(before) if before else YEARS)).when(
        deduct_points, violation(points=points), DEFAULT, charge(SECOND)
    ).then(
        deducted(SECOND, points=points, total=total, notice=None if before else "PM-321000-2026-000001-001"),
        *(warned(kind, total) for kind in warnings),
    )


def test_a_step_is_warned_of_once() -> None:
    given(*with_points(13)).when(deduct_points, violation("V27", points=5), DEFAULT, charge(SECOND)).then(
        deducted(SECOND, points=5, total=18, code="V27")
    )


def test_twenty_four_points_do_not_revoke() -> None:
    given(*with_points(14)).when(deduct_points, violation(points=10), DEFAULT, charge(SECOND)).then(
        charged(10, 24), warned(INTERVIEW, 24)
    )


def test_exactly_twenty_five_points_revoke() -> None:
    given(*with_points(14)).when(deduct_points, violation(points=11), DEFAULT, charge(SECOND)).then(
        charged(11, 25), warned(INTERVIEW, 25), revoked(25)
    )


def test_twenty_six_points_revoke() -> None:
    given(*with_points(14)).when(deduct_points, violation(points=12), DEFAULT, charge(SECOND)).then(
        charged(12, 26), warned(INTERVIEW, 26), revoked(26)
    )


def test_one_grave_violation_passes_all_steps_at_once() -> None:
    given(*YEARS).when(deduct_points, violation("V04"), DEFAULT, charge()).then(
        deducted(points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), revoked(25)
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


def test_the_steps_are_the_rule_sets() -> None:
    mild = rule_set(warning_points=20, interview_points=30, revocation_points=40)
    given(*YEARS).when(deduct_points, violation("V04"), mild, charge()).then(
        deducted(points=25, code="V04"), warned(WRITTEN, 25)
    )


def test_points_belong_to_the_year_of_the_violation() -> None:
    new_year = date(2027, 1, 11)
    found_late = violation(points=11, occurred_on=date(2026, 12, 20))
    given(*with_points(14)).when(deduct_points, found_late, DEFAULT, charge(SECOND, today=new_year)).then(
        deducted(SECOND, points=11, total=25, occurred_on=date(2026, 12, 20), on=new_year),
        warned(INTERVIEW, 25, on=new_year),
        revoked(25, on=new_year),
    )


def test_points_of_another_year_are_not_added() -> None:
    new_year = date(2027, 1, 11)
    given(*with_points(24)).when(
        deduct_points, violation(points=12, occurred_on=new_year), DEFAULT, charge(SECOND, today=new_year)
    ).then(deducted(SECOND, points=12, occurred_on=new_year, on=new_year))


def test_a_year_ends_with_31_december() -> None:
    held = (*with_points(14), deducted(SECOND, points=5, total=19, code="V27", occurred_on=date(2026, 12, 31)))
    assert licence(*held).total(CycleLabel("2026")) == 19
    assert licence(*held).total(CycleLabel("2027")) == 0


def test_after_a_revocation_points_of_the_same_cycle_do_not_revoke_again() -> None:
    tomorrow = TODAY + ONE_DAY
    gone = (*with_points(24), deducted(SECOND, points=1, total=25, code="V29"), revoked(25))
    given(*gone).when(deduct_points, violation(points=12), DEFAULT, charge(THIRD, today=tomorrow)).then(
        deducted(THIRD, points=12, total=37, on=tomorrow)
    )


def test_after_a_revocation_points_of_another_cycle_revoke_again() -> None:
    tomorrow, last_year = TODAY + ONE_DAY, date(2025, 11, 24)
    gone = (*with_points(24), deducted(SECOND, points=1, total=25, code="V29"), revoked(25))
    given(*gone).when(
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


def test_objected_points_count() -> None:
    for events in ((objected(FIRST),), (objected(FIRST), rejected(FIRST))):
        given(*with_points(14), *events).when(deduct_points, violation(points=11), DEFAULT, charge(SECOND)).then(
            charged(11, 25), warned(INTERVIEW, 25), revoked(25)
        )


def test_rescinded_points_count_no_longer() -> None:
    first = deducted(FIRST, points=14)
    back = (*YEARS, first, warned(WRITTEN, 14), *rescinded(first, total=0), warning_withdrawn(WRITTEN, 0))
    given(*back).when(deduct_points, violation(points=12), DEFAULT, charge(SECOND)).then(charged(12, 12))


def test_a_withdrawn_warning_is_issued_again() -> None:
    first = deducted(FIRST, points=14)
    back = (*YEARS, first, warned(WRITTEN, 14), *rescinded(first, total=0), warning_withdrawn(WRITTEN, 0))
    given(*back).when(deduct_points, violation(points=15), DEFAULT, charge(SECOND)).then(
        charged(15, 15), warned(WRITTEN, 15)
    )


def test_a_reinstated_manager_is_revoked_again_by_the_same_cycle() -> None:
    first = deducted(FIRST, points=25, code="V04")
    back = (*YEARS, first, revoked(25), *rescinded(first, total=0), reinstated(0))
    given(*back).when(deduct_points, violation("V04"), DEFAULT, charge(SECOND)).then(
        deducted(SECOND, points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), revoked(25)
    )
