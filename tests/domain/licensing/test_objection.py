"""A manager objects once and in time; another officer decides, and an upheld objection undoes what followed."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from domain.licensing.events import CycleLabel, LicenceEvent, NoticeServed
from domain.licensing.licence import DeductionStatus, Status
from domain.licensing.objection import (
    ObjectToDeduction,
    decide_objection,
    deduction_still_counts,
    object_to_deduction,
    objection_is_in_time,
    objection_is_pending,
    objection_is_the_first,
    officer_is_another,
)
from tests.domain.licensing.assessment import (
    CLERK,
    FIRST,
    INTERVIEW,
    JUDGE,
    SECOND,
    THIRD,
    WRITTEN,
    decision,
    deducted,
    objected,
    objecting,
    proposal_withdrawn,
    proposed,
    reinstated,
    rejected,
    rescinded,
    revoked,
    warned,
    warning_withdrawn,
)
from tests.domain.licensing.practice import LICENCE_ID, ONE_DAY, TODAY, given, licence, practising
from tests.domain.rule_sets import DEFAULT, rule_set

LAST_DAY: Final = date(2026, 12, 9)
FIRST_ONE: Final = deducted(FIRST, points=12)
CHARGED: Final = (*practising(), FIRST_ONE)
PENDING: Final = (*CHARGED, objected())
UPHELD: Final = (*PENDING, *rescinded(FIRST_ONE, total=0))


@pytest.mark.parametrize("day", [TODAY, LAST_DAY])
def test_a_manager_objects_through_the_last_day(day: date) -> None:
    given(*CHARGED).when(objecting, on=day).then(objected(on=day))


def test_the_day_after_the_last_it_is_too_late() -> None:
    given(*CHARGED).when(objecting, on=LAST_DAY + ONE_DAY).breaks(objection_is_in_time)


@pytest.mark.parametrize("day", [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)])
def test_a_last_day_on_a_weekend_waits_for_monday(day: date) -> None:
    charged = replace(FIRST_ONE, decided_on=date(2026, 11, 20), object_by=date(2026, 12, 7))
    given(*practising(), charged).when(objecting, on=day).then(objected(on=day))
    given(*practising(), charged).when(objecting, on=date(2026, 12, 8)).breaks(objection_is_in_time)


def test_a_later_service_gives_more_time() -> None:
    moved = date(2026, 12, 21)
    service = NoticeServed(
        deduction_id=FIRST, served_on=date(2026, 12, 4), method="by post", object_by=moved, rectify_by=moved
    )
    given(*CHARGED, service).when(objecting, on=moved).then(objected(on=moved))
    given(*CHARGED, service).when(objecting, on=moved + ONE_DAY).breaks(objection_is_in_time)


def test_a_clerk_enters_a_paper_objection() -> None:
    asked = ObjectToDeduction(licence_id=LICENCE_ID, deduction_id=FIRST, grounds="was not there", on_behalf=True)
    assert object_to_deduction(licence(*CHARGED).deductions[FIRST], asked, today=TODAY) == [objected(on_behalf=True)]


def test_while_an_objection_is_pending_there_is_no_second() -> None:
    given(*PENDING).when(objecting).breaks(objection_is_the_first)


def test_after_a_rejection_there_is_no_second() -> None:
    given(*PENDING, rejected()).when(objecting).breaks(objection_is_the_first)


def test_against_a_rescinded_deduction_there_is_nothing_to_object_to() -> None:
    given(*UPHELD).when(objecting).breaks(deduction_still_counts)


def test_too_late_and_a_second_time_breaks_both_rules() -> None:
    given(*PENDING).when(objecting, on=LAST_DAY + ONE_DAY).breaks(objection_is_in_time, objection_is_the_first)
    given(*UPHELD).when(objecting, on=LAST_DAY + ONE_DAY).breaks(objection_is_in_time, deduction_still_counts)


def test_each_deduction_is_objected_to_by_itself() -> None:
    both = (*PENDING, deducted(SECOND, points=8, total=20))
    given(*both).when(objecting, deduction_id=SECOND).then(objected(SECOND))


@pytest.mark.parametrize(
    ("events", "status"),
    [
        (CHARGED, DeductionStatus.IN_FORCE),
        (PENDING, DeductionStatus.OBJECTED),
        ((*PENDING, rejected()), DeductionStatus.IN_FORCE),
        (UPHELD, DeductionStatus.RESCINDED),
    ],
)
def test_what_has_become_of_a_deduction(events: tuple[LicenceEvent, ...], status: DeductionStatus) -> None:
    held = licence(*events)
    assert held.deductions[FIRST].status is status
    assert held.total(CycleLabel("2026")) == (0 if status is DeductionStatus.RESCINDED else 12)


def test_a_rejected_objection_changes_nothing() -> None:
    given(*PENDING).when(decide_objection, decision(upheld=False), DEFAULT, officer=JUDGE, today=TODAY).then(rejected())


def test_an_upheld_objection_rescinds_the_deduction() -> None:
    given(*PENDING).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(FIRST_ONE, total=0)
    )


@pytest.mark.parametrize("upheld", [True, False])
def test_the_officer_who_deducted_does_not_decide(upheld: bool) -> None:
    given(*PENDING).when(decide_objection, decision(upheld=upheld), DEFAULT, officer=CLERK, today=TODAY).breaks(
        officer_is_another
    )


@pytest.mark.parametrize("events", [CHARGED, (*PENDING, rejected()), UPHELD], ids=["none", "rejected", "upheld"])
def test_only_a_pending_objection_is_decided(events: tuple[LicenceEvent, ...]) -> None:
    given(*events).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).breaks(objection_is_pending)


def test_by_the_same_officer_and_with_nothing_to_decide_breaks_both_rules() -> None:
    given(*CHARGED).when(decide_objection, decision(), DEFAULT, officer=CLERK, today=TODAY).breaks(
        officer_is_another, objection_is_pending
    )


def steps(*points: int) -> tuple[LicenceEvent, ...]:
    """Two deductions, warned as far as their total; the first one objected to."""
    first, second = points
    total = first + second
    return (
        *practising(),
        deducted(FIRST, points=first),
        deducted(SECOND, points=second, total=total, code="V07"),
        *(warned(kind, total) for kind, step in ((WRITTEN, 13), (INTERVIEW, 19)) if total >= step),
        objected(FIRST),
    )


@pytest.mark.parametrize(
    ("first", "second", "withdrawn"),
    [
        (8, 13, [INTERVIEW]),
        (8, 12, [INTERVIEW, WRITTEN]),
        (12, 10, [INTERVIEW, WRITTEN]),
        (8, 10, [WRITTEN]),
        (4, 20, []),
        (4, 19, []),
        (4, 18, [INTERVIEW]),
    ],
)
def test_warnings_under_whose_step_the_total_falls_are_withdrawn(
    first: int, second: int, withdrawn: list[object]
) -> None:
    undone = [warning_withdrawn(kind, second) for kind in (INTERVIEW, WRITTEN) if kind in withdrawn]
    given(*steps(first, second)).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=first), total=second), *undone
    )


def test_brought_under_the_limit_a_revoked_licence_is_reinstated() -> None:
    given(*steps(12, 13), revoked(25)).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=12), total=13), reinstated(13), warning_withdrawn(INTERVIEW, 13)
    )


def test_brought_down_to_24_points_a_revoked_licence_is_reinstated() -> None:
    more = (*steps(12, 20), revoked(32))
    given(*more, deducted(THIRD, points=4, total=36, code="V27")).when(
        decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY
    ).then(*rescinded(deducted(FIRST, points=12), total=24), reinstated(24))


def test_brought_down_to_25_points_the_revocation_stands() -> None:
    more = (*steps(12, 20), revoked(32), deducted(THIRD, points=5, total=37, code="V27"))
    given(*more).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=12), total=25)
    )


def test_brought_under_the_limit_a_proposal_is_withdrawn() -> None:
    given(*steps(12, 13), proposed(25)).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=12), total=13), proposal_withdrawn(13), warning_withdrawn(INTERVIEW, 13)
    )


def test_brought_down_to_25_points_the_proposal_stands() -> None:
    more = (*steps(12, 20), proposed(32), deducted(THIRD, points=5, total=37, code="V27"))
    given(*more).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=12), total=25)
    )


def test_what_another_cycle_brought_about_stands() -> None:
    last_year = (proposed(25, cycle="2024"), revoked(25, cycle="2025"), warned(WRITTEN, 25, cycle="2025"))
    held = licence(*PENDING, *last_year)
    decided = decide_objection(held, decision(), DEFAULT, officer=JUDGE, today=TODAY)
    assert decided == [*rescinded(FIRST_ONE, total=0)]
    assert licence(*PENDING, *last_year, *decided).status is Status.REVOKED


def test_the_steps_are_those_of_the_rule_set() -> None:
    strict = rule_set(revocation_points=13, interview_points=13)
    given(*steps(12, 13), revoked(25)).when(decide_objection, decision(), strict, officer=JUDGE, today=TODAY).then(
        *rescinded(deducted(FIRST, points=12), total=13)
    )
