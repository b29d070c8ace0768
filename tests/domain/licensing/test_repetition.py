"""The third deduction of one code in a cycle is flagged, without legal effect (Text 4 检讨)."""

from datetime import date
from typing import Final

import pytest

from domain.kernel.identifiers import DeductionId
from domain.licensing.deduction import deduct_points
from domain.licensing.events import CycleLabel, LicenceEvent, PointsDeducted, RepeatOffenceFlagged
from domain.licensing.licence import Licence
from tests.domain.licensing.assessment import FIRST, FOURTH, SECOND, THIRD, charge, deducted, rescinded, violation
from tests.domain.licensing.practice import TODAY, given, licence, practising
from tests.domain.rule_sets import DEFAULT, rule_set

LAST_YEAR: Final = date(2025, 12, 31)
YEARS: Final = practising(on=date(2020, 1, 6))


def once(deduction_id: DeductionId, *, code: str = "V29", occurred_on: date = TODAY) -> PointsDeducted:
    return deducted(deduction_id, points=1, code=code, occurred_on=occurred_on)


def flagging(held: Licence, deduction_id: DeductionId, code: str = "V29") -> list[LicenceEvent]:
    """Deduct points; of what follows only the flags."""
    decided = deduct_points(held, violation(code), DEFAULT, charge(deduction_id))
    return [event for event in decided if isinstance(event, RepeatOffenceFlagged)]


def flag(count: int = 3, code: str = "V29") -> RepeatOffenceFlagged:
    return RepeatOffenceFlagged(violation=code, cycle=CycleLabel("2026"), count=count)


def test_the_second_deduction_of_a_code_is_not_flagged() -> None:
    given(*YEARS, once(FIRST)).when(flagging, SECOND).then()


def test_the_third_deduction_of_a_code_is_flagged() -> None:
    given(*YEARS, once(FIRST), once(SECOND)).when(flagging, THIRD).then(flag())


def test_the_fourth_deduction_is_not_flagged_again() -> None:
    given(*YEARS, once(FIRST), once(SECOND), once(THIRD), flag()).when(flagging, FOURTH).then()


def test_other_codes_are_not_counted() -> None:
    given(*YEARS, once(FIRST), once(SECOND, code="V30")).when(flagging, THIRD).then()


def test_other_cycles_are_not_counted() -> None:
    given(*YEARS, once(FIRST), once(SECOND, occurred_on=LAST_YEAR)).when(flagging, THIRD).then()


@pytest.mark.parametrize("code", ["V21", "V22", "V23", "V26"])
def test_per_case_items_are_exempt(code: str) -> None:
    given(*YEARS, once(FIRST, code=code), once(SECOND, code=code)).when(flagging, THIRD, code).then()


def test_rescinded_deductions_are_not_counted() -> None:
    first = once(FIRST)
    given(*YEARS, first, once(SECOND), *rescinded(first, total=1)).when(flagging, THIRD).then()
    given(*YEARS, first, once(SECOND), *rescinded(first, total=1), once(THIRD)).when(flagging, FOURTH).then(flag())


def test_how_many_are_flagged_is_the_rule_sets() -> None:
    strict = rule_set(repeat_offence_count=2)
    decided = deduct_points(licence(*YEARS, once(FIRST)), violation("V29", points=1), strict, charge(SECOND))
    assert decided[1:] == [flag(2)]
