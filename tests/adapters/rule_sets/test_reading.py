"""The shipped rule set says what the regulation says."""

from datetime import date, time
from pathlib import Path

import pytest

import adapters.rule_sets
from adapters.rule_sets.reading import first_rule_set, read_rule_set
from domain.kernel.area import Area
from domain.kernel.rule_set import FIRST_IN_FORCE, Cycle, Needs, ResponseTimes, RevocationMode

FIRST = first_rule_set()
SHIPPED = (Path(adapters.rule_sets.__file__).parent / "first.toml").read_text(encoding="utf-8")

TWENTY_FIVE = {"V01", "V02", "V03", "V04", "V05", "V06"}
RANGES = {
    "V07": (15, 10, 20), "V08": (12, 8, 15), "V09": (12, 8, 15), "V10": (10, 6, 12), "V11": (6, 3, 12),
    "V12": (10, 5, 10), "V13": (10, 8, 15), "V14": (15, 10, 20), "V15": (10, 8, 15), "V16": (5, 5, 5),
    "V17": (5, 3, 10), "V18": (5, 3, 8), "V19": (5, 5, 5), "V20": (5, 3, 8), "V21": (3, 1, 5), "V22": (2, 1, 3),
    "V23": (5, 5, 5), "V24": (5, 3, 10), "V25": (3, 1, 6), "V26": (3, 1, 5), "V27": (3, 1, 5), "V28": (3, 1, 5),
    "V29": (1, 1, 3), "V30": (2, 1, 3), "V31": (2, 1, 3), "V32": (2, 1, 3), "V33": (3, 1, 5),
}  # fmt: skip


def codes(*, needs: Needs) -> set[str]:
    return {entry.code for entry in FIRST.catalogue if entry.needs is needs}


def test_the_numbers_of_the_text() -> None:
    assert FIRST.in_force_from == FIRST_IN_FORCE == date(2000, 1, 1)
    assert (FIRST.max_projects, FIRST.max_area_m2) == (2, Area.of(200_000))
    assert (FIRST.warning_points, FIRST.interview_points) == (13, 19)
    assert (FIRST.revocation_points, FIRST.inspection_fail_points) == (25, 25)
    assert (FIRST.ban_years, FIRST.limitation_years, FIRST.repeat_offence_count) == (2, 2, 3)
    assert (FIRST.objection_days, FIRST.rectification_days, FIRST.replacement_days) == (15, 15, 30)
    assert (FIRST.cycle, FIRST.revocation_mode) == (Cycle.CALENDAR_YEAR, RevocationMode.IMMEDIATE)
    assert (FIRST.hearing_days, FIRST.major_take_charge_hours) == (5, 2)
    assert (FIRST.service_hours.opens, FIRST.service_hours.closes) == (time(8), time(18))
    assert (FIRST.holidays, FIRST.make_up_days) == ((), ())


def test_the_catalogue_has_the_points_of_every_violation() -> None:
    points = {entry.code: (entry.points, entry.lowest, entry.highest) for entry in FIRST.catalogue}
    assert points == RANGES | dict.fromkeys(TWENTY_FIVE, (25, 25, 25))
    assert [entry.code for entry in FIRST.catalogue] == [f"V{number:02}" for number in range(1, 34)]


def test_what_a_violation_needs_to_be_charged() -> None:
    assert codes(needs=Needs.NOTHING) == {"V14"}
    assert codes(needs=Needs.REGISTRATION) == {"V02", "V04", "V12", "V13", "V15", "V16", "V17", "V19", "V33"}
    assert len(codes(needs=Needs.TENURE)) == 33 - 1 - 9


def test_items_per_case_and_longer_limitations() -> None:
    assert {entry.code for entry in FIRST.catalogue if entry.per_case} == {"V21", "V22", "V23", "V26"}
    assert {entry.code: entry.limitation_years for entry in FIRST.catalogue if entry.limitation_years} == {
        "V01": 5,
        "V07": 5,
    }


def test_response_times() -> None:
    assert FIRST.sla == {
        "emergency": ResponseTimes(respond_minutes=30, resolve_hours=24),
        "minor": ResponseTimes(respond_minutes=30, resolve_hours=24, respond_in_service_hours=True),
        "complex": ResponseTimes(respond_minutes=72 * 60, resolve_working_days=7),
        "complaint": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
        "consultation": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
        "suggestion": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
    }


def test_the_time_zone_is_the_citys() -> None:
    assert FIRST.timezone == "Asia/Shanghai"
    assert first_rule_set(timezone="Asia/Urumqi").timezone == "Asia/Urumqi"


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("max_projects = 2", "max_estates = 2", TypeError),
        ("max_projects = 2", "", TypeError),
        ('cycle = "calendar_year"', 'cycle = "lunar_year"', ValueError),
        ("max_area_m2 = 200_000", "max_area_m2 = -1", ValueError),
        ('needs = "nothing"', 'needs = "luck"', ValueError),
    ],
)
def test_a_file_that_is_no_rule_set(before: str, after: str, error: type[Exception]) -> None:
    assert before in SHIPPED
    with pytest.raises(error):
        read_rule_set(SHIPPED.replace(before, after))
