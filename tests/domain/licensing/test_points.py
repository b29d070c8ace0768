"""What follows from a cycle's total: a warning at 13, an interview at 19, revocation at 25 (Text 3 §2(3))."""

from datetime import date
from typing import Final

import pytest

from domain.licensing.deduction import deduct_points
from domain.licensing.events import CycleLabel, LicenceEvent, WarningKind
from tests.domain.licensing.assessment import (
    FIRST,
    INTERVIEW,
    SECOND,
    WRITTEN,
    charge,
    deducted,
    objected,
    rejected,
    rescinded,
    revoked,
    violation,
    warned,
    warning_withdrawn,
)
from tests.domain.licensing.practice import (
    given,
    licence,
    practising,
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
