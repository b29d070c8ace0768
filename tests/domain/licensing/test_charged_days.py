"""What is charged must have been theirs on the day of the violation: their registration, their project."""

from datetime import date, timedelta
from typing import Final

import pytest

from domain.kernel.identifiers import CompanyId
from domain.licensing.deduction import (
    manager_was_registered,
    points_are_in_range,
    project_was_theirs,
    violation_has_happened,
    violation_is_in_catalogue,
    violation_is_recent,
)
from tests.domain.licensing.assessment import (
    SECOND,
    charge,
    charging,
    deducted,
    reinstated,
    rescinded,
    revoked,
    violation,
)
from tests.domain.licensing.practice import (
    GREEN,
    HILLSIDE,
    LAKESIDE,
    ONE_DAY,
    OPENED,
    OTHER,
    POST,
    TODAY,
    TRAINING,
    appointed,
    deregistered,
    given,
    opened,
    practising,
    registered,
    relieved,
)
from tests.domain.rule_sets import DEFAULT

LEFT: Final = TODAY - timedelta(days=10)
TENURE: Final = (
    *practising(),
    appointed(LAKESIDE, since=date(2026, 3, 1)),
    relieved(LAKESIDE, on=date(2026, 8, 31)),
    appointed(HILLSIDE, since=date(2026, 9, 1)),
)
NEED_REGISTRATION: Final = ("V02", "V04", "V12", "V13", "V15", "V16", "V17", "V19", "V33")
NEED_TENURE: Final = tuple(entry.code for entry in DEFAULT.catalogue if entry.code not in {*NEED_REGISTRATION, "V14"})


@pytest.mark.parametrize("code", NEED_REGISTRATION + NEED_TENURE)
def test_before_the_registration_nothing_is_charged(code: str) -> None:
    day_before = violation(code, occurred_on=OPENED - ONE_DAY)
    given(*practising()).when(charging, day_before, DEFAULT, charge()).breaks(manager_was_registered)


@pytest.mark.parametrize("code", NEED_REGISTRATION + NEED_TENURE)
def test_to_an_applicant_nothing_is_charged(code: str) -> None:
    given(opened(), POST, TRAINING).when(charging, violation(code), DEFAULT, charge()).breaks(manager_was_registered)


@pytest.mark.parametrize("day", [OPENED, LEFT])
def test_a_registration_covers_its_first_and_its_last_day(day: date) -> None:
    given(*practising(), deregistered(on=LEFT)).when(charging, violation(occurred_on=day), DEFAULT, charge()).then(
        deducted(points=12, occurred_on=day)
    )


def test_the_day_after_deregistration_nothing_is_charged() -> None:
    later = violation(occurred_on=LEFT + ONE_DAY)
    given(*practising(), deregistered(on=LEFT)).when(charging, later, DEFAULT, charge()).breaks(manager_was_registered)


def test_a_revoked_manager_is_charged_with_what_came_before() -> None:
    gone = (*practising(), deducted(points=25, code="V04"), revoked())
    tomorrow = TODAY + ONE_DAY
    given(*gone).when(charging, violation(), DEFAULT, charge(SECOND, today=tomorrow)).then(
        deducted(SECOND, points=12, total=37, on=tomorrow)
    )
    later = violation(occurred_on=tomorrow)
    given(*gone).when(charging, later, DEFAULT, charge(SECOND, today=tomorrow)).breaks(manager_was_registered)


def test_days_of_an_annulled_revocation_count_as_registered() -> None:
    charged = deducted(points=25, code="V04", on=LEFT, occurred_on=LEFT)
    back = (*practising(), charged, revoked(on=LEFT), *rescinded(charged, total=0), reinstated(0))
    between = LEFT + ONE_DAY
    given(*back).when(charging, violation(occurred_on=between), DEFAULT, charge(SECOND)).then(
        deducted(SECOND, points=12, occurred_on=between)
    )


def test_practice_without_registration_is_charged_to_an_applicant() -> None:
    given(opened(by=GREEN)).when(charging, violation("V14"), DEFAULT, charge()).then(
        deducted(points=15, code="V14", company=None, notice="PM-00000000-001")
    )


def test_practice_before_registration_is_charged_to_a_manager() -> None:
    before = violation("V14", occurred_on=OPENED - ONE_DAY, project_id=HILLSIDE)
    given(*practising()).when(charging, before, DEFAULT, charge()).then(
        deducted(points=15, code="V14", occurred_on=OPENED - ONE_DAY, project_id=HILLSIDE, company=None)
    )


@pytest.mark.parametrize(("day", "company"), [(date(2026, 5, 1), GREEN), (date(2026, 6, 10), OTHER)])
def test_a_deduction_follows_the_company_of_its_day(day: date, company: CompanyId) -> None:
    moved = (*practising(GREEN), deregistered(GREEN, on=date(2026, 6, 1)), registered(OTHER, on=date(2026, 6, 10)))
    given(*moved).when(charging, violation(occurred_on=day), DEFAULT, charge()).then(
        deducted(points=12, occurred_on=day, company=company)
    )


@pytest.mark.parametrize("code", NEED_TENURE)
def test_a_project_of_others_is_not_charged(code: str) -> None:
    given(*TENURE).when(charging, violation(code, project_id=LAKESIDE), DEFAULT, charge()).breaks(project_was_theirs)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 8, 31)])
def test_a_tenure_covers_its_first_and_its_last_day(day: date) -> None:
    on_site = violation(occurred_on=day, project_id=LAKESIDE)
    given(*TENURE).when(charging, on_site, DEFAULT, charge()).then(
        deducted(points=12, occurred_on=day, project_id=LAKESIDE)
    )


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 9, 1)])
def test_before_and_after_their_tenure_a_project_is_not_charged(day: date) -> None:
    on_site = violation(occurred_on=day, project_id=LAKESIDE)
    given(*TENURE).when(charging, on_site, DEFAULT, charge()).breaks(project_was_theirs)


@pytest.mark.parametrize("code", [*NEED_REGISTRATION, "V14"])
def test_what_needs_no_tenure_is_charged_with_any_project(code: str) -> None:
    entry = DEFAULT.violation(code)
    assert entry is not None
    given(*TENURE).when(charging, violation(code, project_id=LAKESIDE), DEFAULT, charge()).then(
        deducted(points=entry.points, code=code, project_id=LAKESIDE)
    )


def test_all_that_forbids_a_deduction_is_told() -> None:
    asked = violation(points=16, occurred_on=date(2024, 11, 23), project_id=LAKESIDE)
    given(*practising()).when(charging, asked, DEFAULT, charge()).breaks(
        points_are_in_range, violation_is_recent, manager_was_registered, project_was_theirs
    )
    unheard_of = violation("V34", occurred_on=TODAY + ONE_DAY, project_id=LAKESIDE)
    given(opened()).when(charging, unheard_of, DEFAULT, charge()).breaks(
        violation_is_in_catalogue, violation_has_happened
    )
