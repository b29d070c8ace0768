"""The values of a rule set: every number has a lowest and a highest, and what belongs together fits."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from domain.kernel.area import Area
from domain.kernel.errors import Unacceptable
from domain.kernel.rule_set import ResponseTimes, ServiceHours, Violation
from domain.rulebook.values import (
    CATEGORIES,
    MOST_DAYS,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_POINTS,
    MOST_PROJECTS,
    MOST_YEARS,
    acceptable,
)
from tests.domain.rule_sets import DEFAULT, rule_set

BOUNDS = {
    "max_projects": (1, MOST_PROJECTS),
    "inspection_fail_points": (1, MOST_POINTS),
    "hearing_days": (0, MOST_DAYS),
    "limitation_years": (0, MOST_YEARS),
    "replacement_days": (0, MOST_DAYS),
    "ban_years": (0, MOST_YEARS),
    "objection_days": (0, MOST_DAYS),
    "rectification_days": (0, MOST_DAYS),
    "repeat_offence_count": (1, MOST_POINTS),
    "major_take_charge_hours": (1, MOST_HOURS),
}
VIOLATION = Violation(code="V99", sentence="测试", points=5, lowest=3, highest=8)


def pointer_of(**changes: Any) -> str:
    with pytest.raises(Unacceptable) as refused:
        acceptable(rule_set(**changes))
    return refused.value.pointer


def times(**changes: Any) -> dict[str, ResponseTimes]:
    return {**DEFAULT.sla, "minor": ResponseTimes(**{"respond_minutes": 30, "resolve_hours": 24} | changes)}


def test_the_shipped_rule_set_is_acceptable() -> None:
    acceptable(DEFAULT)


@pytest.mark.parametrize(("key", "bounds"), BOUNDS.items())
def test_a_number_lies_within_its_bounds(key: str, bounds: tuple[int, int]) -> None:
    lowest, highest = bounds
    acceptable(rule_set(**{key: lowest}))
    acceptable(rule_set(**{key: highest}))
    assert pointer_of(**{key: lowest - 1}) == f"/{key}"
    assert pointer_of(**{key: highest + 1}) == f"/{key}"


def test_a_step_may_lie_above_the_one_that_follows_so_that_it_is_never_reached_alone() -> None:
    acceptable(rule_set(warning_points=MOST_POINTS, interview_points=19, revocation_points=1))


def test_an_area_is_more_than_nothing() -> None:
    acceptable(rule_set(max_area_m2=Area.of("0.01")))
    assert pointer_of(max_area_m2=Area.of(0)) == "/max_area_m2"


@pytest.mark.parametrize("name", ["Asia/Shanghai", "UTC", "Asia/Urumqi"])
def test_a_time_zone_of_this_world(name: str) -> None:
    acceptable(rule_set(timezone=name))


@pytest.mark.parametrize("name", ["", "Asia", "Asia/Nowhere", "../etc/passwd", "/etc/localtime", "Asia\0Shanghai"])
def test_no_time_zone(name: str) -> None:
    assert pointer_of(timezone=name) == "/timezone"


def test_service_closes_after_it_opens() -> None:
    acceptable(rule_set(service_hours=ServiceHours(opens=time(8), closes=time(8, 1))))
    assert pointer_of(service_hours=ServiceHours(opens=time(8), closes=time(8))) == "/service_hours/closes"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"points": 2}, "/catalogue/0/points"),
        ({"points": 9}, "/catalogue/0/points"),
        ({"lowest": 0}, "/catalogue/0/lowest"),
        ({"highest": MOST_POINTS + 1}, "/catalogue/0/highest"),
        ({"limitation_years": 0}, "/catalogue/0/limitation_years"),
        ({"limitation_years": MOST_YEARS + 1}, "/catalogue/0/limitation_years"),
    ],
)
def test_a_violation_that_cannot_be_charged(changes: dict[str, Any], pointer: str) -> None:
    assert pointer_of(catalogue=(replace(VIOLATION, **changes),)) == pointer


@pytest.mark.parametrize("changes", [{"points": 3}, {"points": 8}, {"limitation_years": 1}, {"lowest": 1}])
def test_a_violation_that_can_be_charged(changes: dict[str, Any]) -> None:
    acceptable(rule_set(catalogue=(replace(VIOLATION, **changes),)))


def test_a_catalogue_has_entries_and_each_code_once() -> None:
    assert pointer_of(catalogue=()) == "/catalogue"
    assert pointer_of(catalogue=(VIOLATION, VIOLATION)) == "/catalogue/1/code"


def test_response_times_for_every_category_and_no_other() -> None:
    assert set(DEFAULT.sla) == set(CATEGORIES)
    assert pointer_of(sla={**DEFAULT.sla, "major": DEFAULT.sla["minor"]}) == "/sla"
    assert pointer_of(sla={key: value for key, value in DEFAULT.sla.items() if key != "minor"}) == "/sla"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"respond_minutes": 0}, "/sla/minor/respond_minutes"),
        ({"respond_minutes": MOST_MINUTES + 1}, "/sla/minor/respond_minutes"),
        ({"resolve_hours": 0}, "/sla/minor/resolve_hours"),
        ({"resolve_hours": MOST_HOURS + 1}, "/sla/minor/resolve_hours"),
        ({"resolve_hours": None}, "/sla/minor"),
        ({"resolve_working_days": 7}, "/sla/minor"),
        ({"resolve_hours": None, "resolve_working_days": 0}, "/sla/minor/resolve_working_days"),
        ({"resolve_hours": None, "resolve_working_days": MOST_DAYS + 1}, "/sla/minor/resolve_working_days"),
    ],
)
def test_response_times_that_cannot_be_kept(changes: dict[str, Any], pointer: str) -> None:
    assert pointer_of(sla=times(**changes)) == pointer


@pytest.mark.parametrize(
    "changes",
    [
        {"respond_minutes": 1},
        {"respond_minutes": MOST_MINUTES},
        {"resolve_hours": 1},
        {"resolve_hours": MOST_HOURS},
        {"resolve_hours": None, "resolve_working_days": 1},
        {"resolve_hours": None, "resolve_working_days": MOST_DAYS},
    ],
)
def test_response_times_that_can_be_kept(changes: dict[str, Any]) -> None:
    acceptable(rule_set(sla=times(**changes)))
