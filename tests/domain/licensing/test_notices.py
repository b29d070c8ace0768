"""A notice is numbered within its licence, and opens the time to object and to rectify."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from domain.kernel.errors import Unacceptable
from domain.kernel.rule_set import RuleSet
from domain.licensing.events import LicenceEvent, NoticeServed
from domain.licensing.licence import Licence
from domain.licensing.objection import RecordService, notice_follows_decision, record_service
from tests.domain.licensing.assessment import FIRST, SECOND, THIRD, charge, charging, deducted, revoked, violation
from tests.domain.licensing.practice import (
    LICENCE_ID,
    NEXT_NUMBER,
    NUMBER,
    ONE_DAY,
    TODAY,
    certificate,
    given,
    licence,
    practising,
    registered,
)
from tests.domain.rule_sets import DEFAULT, rule_set

AUTUMN: Final = rule_set(
    holidays=tuple(date(2026, 10, number) for number in range(1, 9)), make_up_days=(date(2026, 10, 10),)
)
DECIDED: Final = date(2026, 11, 2)
CHARGED: Final = (*practising(), deducted(points=8, occurred_on=DECIDED, on=DECIDED))


def serving(licence: Licence, served_on: date, *, rules: RuleSet = DEFAULT) -> list[LicenceEvent]:
    asked = RecordService(licence_id=LICENCE_ID, deduction_id=FIRST, served_on=served_on, method="by post")
    return record_service(licence.deductions[FIRST], asked, rules, today=TODAY)


def served(on: date, last_day: date, *, rectify_by: date | None = None) -> NoticeServed:
    return NoticeServed(
        deduction_id=FIRST, served_on=on, method="by post", object_by=last_day, rectify_by=rectify_by or last_day
    )


@pytest.mark.parametrize(
    ("decided_on", "last_day"),
    [
        (date(2026, 11, 24), date(2026, 12, 9)),
        (date(2026, 11, 20), date(2026, 12, 7)),  # a Saturday moves to Monday
        (date(2026, 11, 21), date(2026, 12, 7)),  # a Sunday as well
        (date(2026, 9, 15), date(2026, 9, 30)),  # the last day before the holidays stays
        (date(2026, 9, 16), date(2026, 10, 9)),  # their first day moves beyond them
        (date(2026, 9, 25), date(2026, 10, 10)),  # a Saturday that is made up stays
        (date(2026, 9, 26), date(2026, 10, 12)),  # the Sunday after it does not
    ],
)
def test_the_last_day_to_object_is_the_fifteenth_after_or_the_next_working_day(
    decided_on: date, last_day: date
) -> None:
    asked = violation(points=8, occurred_on=decided_on)
    given(*practising()).when(charging, asked, AUTUMN, charge(today=decided_on)).then(
        replace(deducted(points=8, occurred_on=decided_on, on=decided_on), object_by=last_day, rectify_by=last_day)
    )


def test_the_time_to_rectify_has_a_length_of_its_own() -> None:
    rules = rule_set(objection_days=10, rectification_days=3)
    given(*practising()).when(charging, violation(), rules, charge()).then(
        replace(deducted(points=12), object_by=date(2026, 12, 4), rectify_by=date(2026, 11, 27))
    )


def test_notices_are_numbered_within_the_licence() -> None:
    two = (*practising(), deducted(FIRST, points=1, code="V29"), deducted(SECOND, points=2, code="V30", total=3))
    given(*two).when(charging, violation(), DEFAULT, charge(THIRD)).then(
        deducted(THIRD, points=12, total=15, notice=f"{NUMBER}-003")
    )


def test_the_count_goes_on_under_a_new_licence_number() -> None:
    free = date(2028, 11, 27)
    back = (
        *practising(),
        deducted(points=25, code="V04"),
        revoked(),
        certificate(issued_on=TODAY),
        registered(on=free, number=NEXT_NUMBER),
    )
    given(*back).when(charging, violation(occurred_on=free), DEFAULT, charge(SECOND, today=free)).then(
        deducted(SECOND, points=12, occurred_on=free, on=free, notice=f"{NEXT_NUMBER}-002")
    )


def test_a_later_service_moves_both_periods() -> None:
    given(*CHARGED).when(serving, date(2026, 11, 16)).then(served(date(2026, 11, 16), date(2026, 12, 1)))


def test_the_moved_last_day_is_a_working_day_too() -> None:
    given(*CHARGED).when(serving, date(2026, 11, 20)).then(served(date(2026, 11, 20), date(2026, 12, 7)))


def test_each_period_moves_by_its_own_length() -> None:
    rules = rule_set(objection_days=10, rectification_days=3)
    given(*CHARGED).when(serving, date(2026, 11, 16), rules=rules).then(
        served(date(2026, 11, 16), date(2026, 11, 26), rectify_by=date(2026, 11, 19))
    )


def test_served_as_decided_there_is_nothing_to_record() -> None:
    given(*CHARGED).when(serving, DECIDED).then()
    later = served(date(2026, 11, 16), date(2026, 12, 1))
    given(*CHARGED, later).when(serving, date(2026, 11, 16)).then()


def test_a_recorded_service_is_corrected_by_another() -> None:
    later = served(date(2026, 11, 16), date(2026, 12, 1))
    given(*CHARGED, later).when(serving, date(2026, 11, 10)).then(served(date(2026, 11, 10), date(2026, 11, 25)))
    given(*CHARGED, later).when(serving, DECIDED).then(served(DECIDED, date(2026, 11, 17)))


def test_a_notice_is_not_served_before_it_was_decided() -> None:
    given(*CHARGED).when(serving, DECIDED - ONE_DAY).breaks(notice_follows_decision)


def test_a_notice_is_not_served_tomorrow() -> None:
    given(*CHARGED).when(serving, TODAY).then(served(TODAY, date(2026, 12, 9)))
    given(*CHARGED).when(serving, TODAY + ONE_DAY).raises(Unacceptable, pointer="/served_on")


def test_the_file_keeps_the_day_that_counts() -> None:
    held = licence(*CHARGED, served(date(2026, 11, 16), date(2026, 12, 1))).deductions[FIRST]
    assert (held.served_on, held.object_by, held.decided_on) == (date(2026, 11, 16), date(2026, 12, 1), DECIDED)
