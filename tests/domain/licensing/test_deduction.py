"""A violation is charged by the catalogue of its day, within its range and its limitation (Text 3 §2(3))."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from domain.kernel.rule_set import Violation
from domain.licensing.deduction import (
    points_are_in_range,
    violation_has_happened,
    violation_is_in_catalogue,
    violation_is_recent,
)
from domain.licensing.events import Basis
from tests.domain.licensing.assessment import charge, charging, deducted, violation
from tests.domain.licensing.practice import ONE_DAY, TODAY, given, practising
from tests.domain.rule_sets import DEFAULT, rule_set

VETERAN: Final = practising(on=date(2015, 1, 5))
"""Registered long before any violation that a test charges."""

every_violation = pytest.mark.parametrize("entry", DEFAULT.catalogue, ids=lambda entry: entry.code)


@every_violation
def test_omitted_points_are_the_reference_points(entry: Violation) -> None:
    given(*VETERAN).when(charging, violation(entry.code), DEFAULT, charge()).then(
        deducted(points=entry.points, code=entry.code)
    )


@every_violation
def test_points_lie_within_the_range_of_the_violation(entry: Violation) -> None:
    for points in (entry.lowest, entry.highest):
        given(*VETERAN).when(charging, violation(entry.code, points=points), DEFAULT, charge()).then(
            deducted(points=points, code=entry.code)
        )
    for points in (entry.lowest - 1, entry.highest + 1):
        given(*VETERAN).when(charging, violation(entry.code, points=points), DEFAULT, charge()).breaks(
            points_are_in_range
        )


def test_a_violation_stands_in_the_catalogue() -> None:
    given(*VETERAN).when(charging, violation("V34"), DEFAULT, charge()).breaks(violation_is_in_catalogue)


def test_the_catalogue_is_the_rule_sets() -> None:
    shorter = rule_set(catalogue=DEFAULT.catalogue[:1])
    given(*VETERAN).when(charging, violation("V08"), shorter, charge()).breaks(violation_is_in_catalogue)


def test_a_violation_of_the_contract_is_charged_as_one_of_regulations_is() -> None:
    asked = replace(violation("V33"), basis=Basis.CONTRACT)
    given(*VETERAN).when(charging, asked, DEFAULT, charge()).then(
        replace(deducted(points=3, code="V33"), basis=Basis.CONTRACT)
    )


def test_a_violation_of_today_has_happened() -> None:
    given(*VETERAN).when(charging, violation(), DEFAULT, charge()).then(deducted(points=12))


@pytest.mark.parametrize("day", [TODAY + ONE_DAY, date(2027, 1, 1), date.max])
def test_a_violation_of_a_later_day_has_not_happened(day: date) -> None:
    given(*VETERAN).when(charging, violation(occurred_on=day), DEFAULT, charge()).breaks(violation_has_happened)


@pytest.mark.parametrize(("code", "points", "years"), [("V08", 12, 2), ("V02", 25, 2), ("V01", 25, 5), ("V07", 15, 5)])
def test_a_violation_is_charged_through_the_corresponding_day(code: str, points: int, years: int) -> None:
    last = TODAY.replace(year=TODAY.year - years)
    given(*VETERAN).when(charging, violation(code, occurred_on=last), DEFAULT, charge()).then(
        deducted(points=points, code=code, occurred_on=last)
    )
    given(*VETERAN).when(charging, violation(code, occurred_on=last - ONE_DAY), DEFAULT, charge()).breaks(
        violation_is_recent
    )


def test_the_limitation_of_a_29_february_ends_on_the_28th() -> None:
    leap_day, last = date(2024, 2, 29), date(2026, 2, 28)
    leap = violation("V29", occurred_on=leap_day)
    monday = date(2026, 3, 16)  # the fifteenth day after is a Sunday
    given(*VETERAN).when(charging, leap, DEFAULT, charge(today=last)).then(
        replace(deducted(points=1, code="V29", occurred_on=leap_day, on=last), object_by=monday, rectify_by=monday)
    )
    given(*VETERAN).when(charging, leap, DEFAULT, charge(today=last + ONE_DAY)).breaks(violation_is_recent)


def test_the_limitation_is_the_rule_sets() -> None:
    short = rule_set(limitation_years=1)
    last = date(2025, 11, 24)
    given(*VETERAN).when(charging, violation(occurred_on=last), short, charge()).then(
        deducted(points=12, occurred_on=last)
    )
    given(*VETERAN).when(charging, violation(occurred_on=last - ONE_DAY), short, charge()).breaks(violation_is_recent)


def test_the_rule_set_of_the_day_of_the_violation_is_cited() -> None:
    given(*VETERAN).when(charging, violation(), rule_set(version="2026"), charge()).then(
        replace(deducted(points=12), rule_set="2026")
    )
