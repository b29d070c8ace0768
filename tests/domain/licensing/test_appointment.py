"""A manager holds at most two projects and 200,000 m², on certificates that are valid today (Text 3 §2(1))."""

from typing import Final

import pytest

from domain.kernel.area import Area
from domain.licensing.appointment import (
    appoint,
    area_is_small_enough,
    certificates_are_valid,
    manager_is_not_suspended,
    manager_is_of_the_company,
    manager_is_registered,
    project_is_active,
    project_is_free,
    project_is_not_divided,
    projects_are_few_enough,
)
from domain.licensing.events import AppointedAreaChanged
from tests.domain.licensing.assessment import deducted, failed, passed, proposed, revoked
from tests.domain.licensing.practice import (
    GREEN,
    HILLSIDE,
    LAKESIDE,
    ONE_DAY,
    OTHER,
    POST,
    RIVERSIDE,
    TODAY,
    TRAINING,
    appointed,
    certificate,
    deregistered,
    given,
    opened,
    practising,
    project,
    registered,
    relieved,
    withdrawn,
)
from tests.domain.rule_sets import DEFAULT, rule_set

IN_OFFICE: Final = (*practising(), appointed(LAKESIDE))


def test_a_registered_manager_takes_on_a_project() -> None:
    given(*practising()).when(appoint, project(), DEFAULT, today=TODAY).then(appointed(since=TODAY))


def test_without_registration_nobody_is_appointed() -> None:
    given(opened(), POST, TRAINING).when(appoint, project(), DEFAULT, today=TODAY).breaks(manager_is_registered)


def test_a_deregistered_manager_is_not_appointed() -> None:
    given(*practising(), deregistered()).when(appoint, project(), DEFAULT, today=TODAY).breaks(manager_is_registered)


def test_a_revoked_manager_is_not_appointed() -> None:
    gone = (*practising(), deducted(points=25, code="V04"), revoked())
    given(*gone).when(appoint, project(), DEFAULT, today=TODAY).breaks(manager_is_registered)


@pytest.mark.parametrize("number", ["P-1", "T-1"])
def test_with_a_withdrawn_certificate_nobody_is_appointed(number: str) -> None:
    given(*practising(), withdrawn(number)).when(appoint, project(), DEFAULT, today=TODAY).breaks(
        certificates_are_valid
    )


def test_with_an_expired_certificate_nobody_is_appointed() -> None:
    expiring = (opened(), POST, certificate(expires_on=TODAY), registered())
    given(*expiring).when(appoint, project(), DEFAULT, today=TODAY).then(appointed(since=TODAY))
    given(*expiring).when(appoint, project(), DEFAULT, today=TODAY + ONE_DAY).breaks(certificates_are_valid)


def test_after_a_failed_inspection_nobody_is_appointed() -> None:
    given(*practising(), failed()).when(appoint, project(), DEFAULT, today=TODAY).breaks(manager_is_not_suspended)


def test_after_a_proposed_revocation_nobody_is_appointed() -> None:
    waiting = (*practising(), deducted(points=25, code="V04"), proposed())
    given(*waiting).when(appoint, project(), DEFAULT, today=TODAY).breaks(manager_is_not_suspended)


def test_once_the_inspection_is_passed_managers_are_appointed_again() -> None:
    given(*practising(), failed(), passed()).when(appoint, project(), DEFAULT, today=TODAY).then(appointed(since=TODAY))


def test_a_second_project_is_the_last() -> None:
    second = project(HILLSIDE, area="100")
    given(*practising(), appointed(area="100")).when(appoint, second, DEFAULT, today=TODAY).then(
        appointed(HILLSIDE, area="100", since=TODAY)
    )


def test_a_third_project_is_too_many() -> None:
    two = (*practising(), appointed(area="100"), appointed(HILLSIDE, area="100"))
    given(*two).when(appoint, project(RIVERSIDE, area="100"), DEFAULT, today=TODAY).breaks(projects_are_few_enough)


def test_a_project_that_was_left_counts_no_longer() -> None:
    left = (*practising(), appointed(), appointed(HILLSIDE), relieved(LAKESIDE))
    given(*left).when(appoint, project(RIVERSIDE), DEFAULT, today=TODAY).then(appointed(RIVERSIDE, since=TODAY))


@pytest.mark.parametrize("area", ["199999.99", "200000", "200000.00"])
def test_two_hundred_thousand_square_metres_are_allowed(area: str) -> None:
    given(*practising()).when(appoint, project(area=area), DEFAULT, today=TODAY).then(appointed(area=area, since=TODAY))


def test_one_square_centimetre_more_is_too_much() -> None:
    given(*practising()).when(appoint, project(area="200000.01"), DEFAULT, today=TODAY).breaks(area_is_small_enough)


@pytest.mark.parametrize("area", ["79999.99", "80000"])
def test_two_projects_together_reach_the_limit(area: str) -> None:
    given(*practising(), appointed(area="120000")).when(
        appoint, project(HILLSIDE, area=area), DEFAULT, today=TODAY
    ).then(appointed(HILLSIDE, area=area, since=TODAY))


def test_two_projects_together_pass_the_limit() -> None:
    given(*practising(), appointed(area="120000")).when(
        appoint, project(HILLSIDE, area="80000.01"), DEFAULT, today=TODAY
    ).breaks(area_is_small_enough)


def test_the_limits_are_the_rule_sets() -> None:
    one = rule_set(max_projects=1, max_area_m2=Area.of(50_000))
    given(*IN_OFFICE).when(appoint, project(HILLSIDE, area="1"), one, today=TODAY).breaks(
        projects_are_few_enough, area_is_small_enough
    )
    given(*practising()).when(appoint, project(area="50000"), one, today=TODAY).then(
        appointed(area="50000", since=TODAY)
    )


def test_a_manager_over_the_limit_gets_no_further_project() -> None:
    grown = (*IN_OFFICE, AppointedAreaChanged(project_id=LAKESIDE, building_area_m2=Area.of(210_000)))
    given(*grown).when(appoint, project(HILLSIDE, area="0.01"), DEFAULT, today=TODAY).breaks(area_is_small_enough)


def test_a_manager_of_another_company_is_not_appointed() -> None:
    given(*practising(OTHER)).when(appoint, project(company=GREEN), DEFAULT, today=TODAY).breaks(
        manager_is_of_the_company
    )


def test_a_project_without_a_company_gets_no_manager() -> None:
    given(*practising()).when(appoint, project(company=None), DEFAULT, today=TODAY).breaks(manager_is_of_the_company)


def test_a_project_has_one_manager() -> None:
    given(*practising()).when(appoint, project(is_managed=True), DEFAULT, today=TODAY).breaks(project_is_free)


def test_a_withdrawn_project_gets_no_manager() -> None:
    given(*practising()).when(appoint, project(is_active=False), DEFAULT, today=TODAY).breaks(project_is_active)


def test_a_project_in_sections_gets_no_manager_of_its_own() -> None:
    given(*practising()).when(appoint, project(has_sections=True), DEFAULT, today=TODAY).breaks(project_is_not_divided)


def test_company_and_suspension_are_judged_only_for_the_registered() -> None:
    applicant = (opened(), POST, TRAINING, failed())
    given(*applicant).when(appoint, project(company=OTHER), DEFAULT, today=TODAY).breaks(manager_is_registered)
    gone = (*practising(), failed(), deregistered())
    given(*gone).when(appoint, project(company=OTHER), DEFAULT, today=TODAY).breaks(manager_is_registered)


def test_all_that_is_wrong_is_told() -> None:
    wrong = (*practising(), appointed(), appointed(HILLSIDE), failed(), withdrawn("T-1"))
    impossible = project(RIVERSIDE, area="0.01", company=OTHER, is_managed=True, is_active=False, has_sections=True)
    given(*wrong).when(appoint, impossible, DEFAULT, today=TODAY).breaks(
        certificates_are_valid,
        manager_is_not_suspended,
        projects_are_few_enough,
        area_is_small_enough,
        manager_is_of_the_company,
        project_is_free,
        project_is_active,
        project_is_not_divided,
    )


def test_of_an_applicant_all_that_can_be_told_is_told() -> None:
    impossible = project(area="200000.01", is_managed=True, is_active=False)
    given(opened()).when(appoint, impossible, DEFAULT, today=TODAY).breaks(
        manager_is_registered, certificates_are_valid, area_is_small_enough, project_is_free, project_is_active
    )
