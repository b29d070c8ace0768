"""The annual inspection is not passed with 25 points, without a valid certificate or without registration."""

from datetime import date
from typing import Final

import pytest

from domain.kernel.rule_set import Cycle
from domain.licensing.events import LicenceEvent
from domain.licensing.inspection import (
    ConcludeInspection,
    conclude_inspection,
    file_existed,
    no_objection_is_pending,
    year_is_not_passed,
    year_is_over,
)
from domain.licensing.licence import Licence, Status
from tests.domain.licensing.assessment import (
    FIRST,
    SECOND,
    deducted,
    failed,
    objected,
    passed,
    reinstated,
    rejected,
    rescinded,
    revoked,
)
from tests.domain.licensing.practice import (
    LICENCE_ID,
    NEXT_NUMBER,
    ONE_DAY,
    POST,
    TODAY,
    TRAINING,
    certificate,
    deregistered,
    given,
    licence,
    opened,
    practising,
    registered,
    withdrawn,
)
from tests.domain.rule_sets import DEFAULT, rule_set

BY_REGISTRATION: Final = rule_set(cycle=Cycle.REGISTRATION_YEAR)
SUMMER: Final = date(2025, 7, 1)
YEARS: Final = practising(on=date(2024, 3, 14))
GRAVE: Final = deducted(points=25, code="V04", occurred_on=SUMMER)


def inspecting(held: Licence, year: int = 2025, *, today: date = TODAY) -> list[LicenceEvent]:
    return conclude_inspection(held, ConcludeInspection(licence_id=LICENCE_ID, year=year), DEFAULT, today=today)


def test_with_everything_in_order_it_is_passed() -> None:
    given(*YEARS).when(inspecting).then(passed())


@pytest.mark.parametrize(
    ("points", "outcome"), [(24, passed()), (25, failed(2025, "points")), (26, failed(2025, "points"))]
)
def test_twenty_five_points_of_that_year_are_too_many(points: int, outcome: LicenceEvent) -> None:
    charged = deducted(points=points, occurred_on=SUMMER)
    given(*YEARS, charged).when(inspecting).then(outcome)


def test_the_limit_has_a_key_of_its_own() -> None:
    charged = (*YEARS, deducted(points=20, occurred_on=SUMMER))
    asked = ConcludeInspection(licence_id=LICENCE_ID, year=2025)
    given(*charged).when(conclude_inspection, asked, rule_set(inspection_fail_points=20), today=TODAY).then(
        failed(2025, "points")
    )


def test_points_of_other_years_do_not_count() -> None:
    others = (
        deducted(FIRST, points=24, occurred_on=date(2024, 12, 31)),
        deducted(SECOND, points=24, occurred_on=date(2026, 1, 1)),
    )
    given(*YEARS, *others).when(inspecting).then(passed())


def test_rescinded_points_do_not_count() -> None:
    given(*YEARS, GRAVE, objected(), *rescinded(GRAVE, total=0)).when(inspecting).then(passed())


def test_points_of_a_rejected_objection_count() -> None:
    given(*YEARS, GRAVE, objected(), rejected()).when(inspecting).then(failed(2025, "points"))


@pytest.mark.parametrize("number", ["P-1", "T-1"])
def test_both_certificates_are_valid_on_the_day_of_inspection(number: str) -> None:
    given(*YEARS, withdrawn(number)).when(inspecting).then(failed(2025, "certificate-not-valid"))


def test_a_certificate_counts_on_the_day_of_inspection_not_in_the_year() -> None:
    expired = (opened(on=SUMMER), POST, certificate(expires_on=TODAY), registered(on=SUMMER))
    given(*expired).when(inspecting).then(passed())
    given(*expired).when(inspecting, today=TODAY + ONE_DAY).then(
        failed(2025, "certificate-not-valid", on=TODAY + ONE_DAY)
    )


def test_without_registration_it_is_not_passed() -> None:
    for events in ((opened(on=SUMMER), POST, TRAINING), (*YEARS, deregistered())):
        given(*events).when(inspecting).then(failed(2025, "not-registered"))


def test_every_reason_is_given() -> None:
    gone = (*YEARS, GRAVE, revoked(cycle="2025"), withdrawn("T-1"))
    given(*gone).when(inspecting).then(failed(2025, "points", "certificate-not-valid", "not-registered"))


@pytest.mark.parametrize("year", [2026, 2027, 9999, 10_000])
def test_the_present_year_and_those_to_come_are_not_over(year: int) -> None:
    given(*YEARS).when(inspecting, year).breaks(year_is_over)


def test_a_year_is_over_with_new_years_day() -> None:
    given(*YEARS).when(inspecting, 2026, today=date(2026, 12, 31)).breaks(year_is_over)
    given(*YEARS).when(inspecting, 2026, today=date(2027, 1, 1)).then(passed(2026, on=date(2027, 1, 1)))


@pytest.mark.parametrize("year", [2023, 1, 0, -5])
def test_a_year_before_the_file_existed_is_refused(year: int) -> None:
    given(*YEARS).when(inspecting, year).breaks(file_existed)


def test_the_year_in_which_the_file_was_opened_is_inspected() -> None:
    given(*YEARS).when(inspecting, 2024).then(passed(2024))


def test_a_file_taken_over_from_an_earlier_register_existed_there() -> None:
    taken_over = (opened(on=TODAY), POST, TRAINING, registered(on=date(2023, 5, 1)))
    given(*taken_over).when(inspecting, 2023).then(passed(2023))
    given(*taken_over).when(inspecting, 2022).breaks(file_existed)


def test_a_passed_inspection_is_not_repeated() -> None:
    given(*YEARS, passed()).when(inspecting).breaks(year_is_not_passed)


def test_a_failed_inspection_is_repeated_until_it_is_passed() -> None:
    lapsed = (*YEARS, withdrawn("T-1"), failed(2025, "certificate-not-valid"))
    given(*lapsed).when(inspecting).then(failed(2025, "certificate-not-valid"))
    given(*lapsed, certificate()).when(inspecting).then(passed())
    given(*lapsed, certificate(), passed()).when(inspecting).breaks(year_is_not_passed)


def test_each_year_is_inspected_by_itself() -> None:
    given(*YEARS, passed(2024)).when(inspecting, 2025).then(passed(2025))


def test_while_an_objection_of_that_year_is_pending_nothing_is_concluded() -> None:
    given(*YEARS, deducted(points=8, occurred_on=SUMMER), objected()).when(inspecting).breaks(no_objection_is_pending)


def test_an_objection_of_another_year_does_not_hinder() -> None:
    given(*YEARS, deducted(points=8), objected()).when(inspecting).then(passed())


def test_all_that_hinders_an_inspection_is_told() -> None:
    pending = (*YEARS, passed(), deducted(points=8, occurred_on=SUMMER), objected())
    given(*pending).when(inspecting).breaks(year_is_not_passed, no_objection_is_pending)


def test_a_failure_suspends_until_an_inspection_of_the_same_year_passes() -> None:
    suspended = (*YEARS, failed(2024))
    assert licence(*suspended).status is Status.SUSPENDED
    assert licence(*suspended, passed(2025)).status is Status.SUSPENDED
    assert licence(*suspended, passed(2024)).status is Status.REGISTERED


def test_a_failure_suspends_until_a_new_registration_after_a_revocation() -> None:
    gone = (*YEARS, GRAVE, failed(2024), revoked(cycle="2025"), certificate(issued_on=TODAY))
    assert licence(*gone, registered(on=date(2028, 11, 25), number=NEXT_NUMBER)).status is Status.REGISTERED


def test_a_move_to_another_company_ends_no_suspension() -> None:
    moved = (*YEARS, failed(2024), deregistered(), registered(on=TODAY))
    assert licence(*moved).status is Status.SUSPENDED


def test_a_reinstatement_ends_no_suspension() -> None:
    back = (*YEARS, failed(2024), GRAVE, revoked(cycle="2025"), *rescinded(GRAVE, total=0), reinstated(0, cycle="2025"))
    assert licence(*back).status is Status.SUSPENDED


def by_registration(held: Licence, year: int, *, today: date) -> list[LicenceEvent]:
    return conclude_inspection(held, ConcludeInspection(licence_id=LICENCE_ID, year=year), BY_REGISTRATION, today=today)


def test_a_registration_year_is_inspected_once_it_is_over() -> None:
    given(*YEARS).when(by_registration, 2025, today=date(2026, 3, 13)).breaks(year_is_over)
    given(*YEARS).when(by_registration, 2025, today=date(2026, 3, 14)).then(passed(on=date(2026, 3, 14)))


def test_points_of_the_whole_registration_year_count() -> None:
    charged = deducted(points=25, code="V04", occurred_on=date(2026, 3, 13), cycle="2025-03-14")
    given(*YEARS, charged).when(by_registration, 2025, today=TODAY).then(failed(2025, "points"))
    given(*YEARS, charged).when(by_registration, 2024, today=TODAY).then(passed(2024))


@pytest.mark.parametrize("year", [9999, 10_000])
def test_a_registration_year_however_far_ahead_is_not_over(year: int) -> None:
    given(*YEARS).when(by_registration, year, today=TODAY).breaks(year_is_over)
