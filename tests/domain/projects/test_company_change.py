"""Changing the company: of the whole project with its sections, when no manager of the old one is left."""

from domain.projects.company_change import ChangeCompany, change_company
from domain.projects.events import CompanyChanged
from domain.projects.rules import (
    managing_company_is_open,
    nobody_is_in_office,
    project_is_on_register,
    project_is_whole,
)
from tests.domain.projects.builders import (
    COMPANY,
    ESTATE,
    OTHER_COMPANY,
    in_office,
    project,
    registered,
    section,
    state,
    with_section,
    withdrawn,
)

CHANGE = ChangeCompany(project_id=ESTATE, company_id=OTHER_COMPANY)
SAME = ChangeCompany(project_id=ESTATE, company_id=COMPANY)
CHANGED = CompanyChanged(company_id=OTHER_COMPANY)


def test_another_company_takes_the_project_on() -> None:
    project(registered()).when(change_company, CHANGE, sections=(), company_is_closed=False).then(CHANGED)


def test_an_unmanaged_project_gets_its_first_company() -> None:
    project(registered(company_id=None)).when(change_company, CHANGE, sections=(), company_is_closed=False).then(
        CHANGED
    )


def test_the_same_company_is_nothing_to_do_whoever_is_in_office() -> None:
    project(registered(), in_office).when(change_company, SAME, sections=(), company_is_closed=False).then()


def test_sections_without_a_manager_go_along() -> None:
    project(registered(), with_section()).when(
        change_company, CHANGE, sections=(state(section()),), company_is_closed=False
    ).then(CHANGED)


def test_the_manager_belongs_to_the_old_company() -> None:
    project(registered(), in_office).when(change_company, CHANGE, sections=(), company_is_closed=False).breaks(
        nobody_is_in_office
    )


def test_a_manager_in_a_section_stands_in_the_way_too() -> None:
    sections = (state(section()), state(section(), in_office))
    project(registered(), with_section()).when(
        change_company, CHANGE, sections=sections, company_is_closed=False
    ).breaks(nobody_is_in_office)


def test_a_closed_company_takes_nothing_on() -> None:
    project(registered()).when(change_company, CHANGE, sections=(), company_is_closed=True).breaks(
        managing_company_is_open
    )


def test_a_section_has_the_company_of_the_whole() -> None:
    for asked in (CHANGE, SAME):
        project(section()).when(change_company, asked, sections=(), company_is_closed=False).breaks(project_is_whole)


def test_a_withdrawn_project_has_no_company_to_change() -> None:
    for asked in (CHANGE, SAME):
        project(registered(), withdrawn).when(change_company, asked, sections=(), company_is_closed=False).breaks(
            project_is_on_register
        )


def test_all_that_is_broken_is_reported() -> None:
    project(section(), in_office, withdrawn).when(change_company, CHANGE, sections=(), company_is_closed=True).breaks(
        project_is_on_register, project_is_whole, managing_company_is_open, nobody_is_in_office
    )
