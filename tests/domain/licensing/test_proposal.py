"""A district proposes a revocation and the city decides it; a city may also hear the manager first."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from domain.kernel.rule_set import RevocationMode
from domain.licensing.deduction import deduct_points
from domain.licensing.events import LicenceEvent
from domain.licensing.licence import Status
from domain.licensing.revocation import (
    DecideRevocation,
    decide_revocation,
    hearing_is_over,
    revocation_is_proposed,
)
from domain.licensing.revocation import (
    proposed as oldest,
)
from tests.domain.licensing.assessment import (
    FIRST,
    INTERVIEW,
    SECOND,
    WRITTEN,
    charge,
    deducted,
    proposal_withdrawn,
    proposed,
    rescinded,
    revoked,
    violation,
    warned,
    warning_withdrawn,
)
from tests.domain.licensing.practice import (
    HILLSIDE,
    LAKESIDE,
    LICENCE_ID,
    ONE_DAY,
    TODAY,
    appointed,
    deregistered,
    given,
    licence,
    practising,
    relieved,
)
from tests.domain.rule_sets import DEFAULT, rule_set

AFTER_HEARING: Final = rule_set(revocation_mode=RevocationMode.AFTER_HEARING)
HEARD_UNTIL: Final = date(2026, 12, 1)  # the fifth working day after Tuesday, 24 November
TOMORROW: Final = TODAY + ONE_DAY
DECIDE: Final = DecideRevocation(licence_id=LICENCE_ID, reason="the points stand")
CHARGED: Final = (
    *practising(),
    appointed(LAKESIDE),
    appointed(HILLSIDE),
    deducted(FIRST, points=25, code="V04"),
    warned(WRITTEN, 25),
    warned(INTERVIEW, 25),
)
LEFT_BOTH: Final = tuple(relieved(project, reason="licence revoked", on=TOMORROW) for project in (LAKESIDE, HILLSIDE))


def test_a_district_cannot_revoke_it_proposes() -> None:
    given(*practising()).when(deduct_points, violation("V04"), DEFAULT, charge(delegated=True)).then(
        deducted(points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), proposed(25, hearing_until=None)
    )


@pytest.mark.parametrize(("points", "total"), [(10, 24), (11, 25), (12, 26)])
def test_a_district_proposes_at_the_limit_of_revocation(points: int, total: int) -> None:
    before = (*practising(), deducted(FIRST, points=14), warned(WRITTEN, 14))
    follows = () if total < 25 else (proposed(total),)
    given(*before).when(deduct_points, violation(points=points), DEFAULT, charge(SECOND, delegated=True)).then(
        deducted(SECOND, points=points, total=total), warned(INTERVIEW, total), *follows
    )


@pytest.mark.parametrize("delegated", [False, True])
def test_in_the_mode_after_hearing_nobody_revokes_at_once(delegated: bool) -> None:
    given(*practising()).when(deduct_points, violation("V04"), AFTER_HEARING, charge(delegated=delegated)).then(
        deducted(points=25, code="V04"),
        warned(WRITTEN, 25),
        warned(INTERVIEW, 25),
        proposed(25, hearing_until=HEARD_UNTIL),
    )


@pytest.mark.parametrize(
    ("proposed_on", "hearing_until"),
    [
        (date(2026, 9, 24), date(2026, 10, 9)),  # four working days, then eight days off
        (date(2026, 10, 2), date(2026, 10, 14)),  # the Saturday after the holidays is made up
    ],
)
def test_the_hearing_time_is_counted_in_working_days(proposed_on: date, hearing_until: date) -> None:
    rules = replace(
        AFTER_HEARING,
        holidays=tuple(date(2026, 10, number) for number in range(1, 9)),
        make_up_days=(date(2026, 10, 10),),
    )
    asked = violation("V04", occurred_on=proposed_on)
    decided = deduct_points(licence(*practising()), asked, rules, charge(today=proposed_on))
    assert decided[-1] == proposed(25, on=proposed_on, hearing_until=hearing_until)


def test_a_proposal_suspends_and_leaves_the_manager_in_office() -> None:
    held = licence(*CHARGED, proposed())
    assert held.status is Status.SUSPENDED
    assert [tenure.project_id for tenure in held.appointments] == [LAKESIDE, HILLSIDE]
    assert not held.is_banned_on(TODAY)


def test_a_second_deduction_by_a_district_proposes_nothing_new() -> None:
    given(*CHARGED, proposed()).when(deduct_points, violation(points=8), DEFAULT, charge(SECOND, delegated=True)).then(
        deducted(SECOND, points=8, total=33)
    )


def test_in_the_mode_after_hearing_a_second_deduction_proposes_nothing_new() -> None:
    given(*CHARGED, proposed(hearing_until=HEARD_UNTIL)).when(
        deduct_points, violation(points=8), AFTER_HEARING, charge(SECOND)
    ).then(deducted(SECOND, points=8, total=33))


def test_a_deduction_by_the_city_while_a_proposal_is_pending_revokes() -> None:
    given(*CHARGED, proposed()).when(deduct_points, violation(points=8), DEFAULT, charge(SECOND, today=TOMORROW)).then(
        deducted(SECOND, points=8, total=33, on=TOMORROW), revoked(33, on=TOMORROW), *LEFT_BOTH
    )


def test_a_revocation_settles_the_proposal_of_its_cycle_only() -> None:
    gone = licence(*CHARGED, proposed(cycle="2025"), proposed(), revoked(33))
    assert [proposal.cycle for proposal in gone.proposals] == ["2025"]


def test_the_city_decides_what_a_district_proposed_on_the_same_day() -> None:
    left = tuple(relieved(project, reason="licence revoked") for project in (LAKESIDE, HILLSIDE))
    given(*CHARGED, proposed()).when(decide_revocation, DECIDE, DEFAULT, today=TODAY).then(
        revoked(25, reason="the points stand"), *left
    )


def test_the_revocation_counts_the_points_of_the_day_of_decision() -> None:
    more = (*CHARGED, proposed(), deducted(SECOND, points=8, total=33))
    given(*more).when(decide_revocation, DECIDE, DEFAULT, today=TOMORROW).then(
        revoked(33, on=TOMORROW, reason="the points stand"), *LEFT_BOTH
    )


def test_the_ban_begins_with_the_decision_not_with_the_proposal() -> None:
    later = date(2027, 2, 1)
    decided = decide_revocation(licence(*CHARGED, proposed()), DECIDE, DEFAULT, today=later)
    assert decided[0] == revoked(25, on=later, banned_until=date(2029, 2, 1), reason="the points stand")


@pytest.mark.parametrize(
    "events",
    [
        practising(),
        CHARGED,
        (*CHARGED, proposed(), revoked()),
        (*CHARGED, proposed(), proposal_withdrawn(13)),
    ],
    ids=["no points", "no proposal", "decided", "withdrawn"],
)
def test_only_a_pending_proposal_is_decided(events: tuple[LicenceEvent, ...]) -> None:
    given(*events).when(decide_revocation, DECIDE, DEFAULT, today=TODAY).breaks(revocation_is_proposed)


@pytest.mark.parametrize("today", [TODAY, HEARD_UNTIL])
def test_through_the_last_day_of_the_hearing_nothing_is_decided(today: date) -> None:
    heard = (*CHARGED, proposed(hearing_until=HEARD_UNTIL))
    given(*heard).when(decide_revocation, DECIDE, AFTER_HEARING, today=today).breaks(hearing_is_over)


def test_the_day_after_the_hearing_the_city_decides() -> None:
    heard, after = (*CHARGED, proposed(hearing_until=HEARD_UNTIL)), HEARD_UNTIL + ONE_DAY
    left = tuple(relieved(project, reason="licence revoked", on=after) for project in (LAKESIDE, HILLSIDE))
    given(*heard).when(decide_revocation, DECIDE, AFTER_HEARING, today=after).then(
        revoked(25, on=after, reason="the points stand"), *left
    )


def test_of_two_proposals_the_older_is_decided_first() -> None:
    both = licence(*practising(), proposed(25, cycle="2025"), proposed(30))
    first = oldest(both)
    assert first is not None
    assert first.cycle == "2025"
    assert oldest(licence(*practising())) is None


def test_a_decided_revocation_leaves_the_other_proposal_pending() -> None:
    both = (*practising(), deducted(FIRST, points=25, code="V04"), proposed(25), proposed(25, cycle="2025"))
    decided = decide_revocation(licence(*both), DECIDE, DEFAULT, today=TODAY)
    held = licence(*both, *decided)
    assert [proposal.cycle for proposal in held.proposals] == ["2025"]
    assert held.status is Status.REVOKED


def test_a_deregistered_manager_is_proposed_and_revoked_too() -> None:
    gone = (*practising(), deregistered(), deducted(points=25, code="V04"), proposed())
    assert licence(*gone).status is Status.DEREGISTERED
    given(*gone).when(decide_revocation, DECIDE, DEFAULT, today=TODAY).then(
        revoked(25, company=None, reason="the points stand")
    )


def test_a_withdrawn_proposal_is_made_again_at_the_limit() -> None:
    first = deducted(FIRST, points=25, code="V04")
    back = (
        *practising(),
        first,
        warned(WRITTEN, 25),
        warned(INTERVIEW, 25),
        proposed(),
        *rescinded(first, total=0),
        proposal_withdrawn(0),
        warning_withdrawn(INTERVIEW, 0),
        warning_withdrawn(WRITTEN, 0),
    )
    assert licence(*back).status is Status.REGISTERED
    given(*back).when(deduct_points, violation("V04"), DEFAULT, charge(SECOND, delegated=True)).then(
        deducted(SECOND, points=25, code="V04"), warned(WRITTEN, 25), warned(INTERVIEW, 25), proposed(25)
    )
