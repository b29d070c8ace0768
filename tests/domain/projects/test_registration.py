"""Registering projects and sections: one per name and district, sections within their parent."""

from datetime import date

import pytest

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.errors import Unacceptable
from domain.projects.events import Contract, ProjectRegistered, ProjectRequestRefused, SectionAdded
from domain.projects.project import PROJECT, Project
from domain.projects.registration import add_section, project_id_of, register_project
from domain.projects.rules import (
    managing_company_is_open,
    nobody_is_in_office,
    parent_is_no_section,
    project_is_new,
    project_is_on_register,
    sections_fit_in_the_area,
)
from tests.domain.projects.builders import (
    DISTRICT,
    ESTATE,
    OTHER_COMPANY,
    ask_for,
    in_office,
    project,
    registered,
    section,
    state,
    with_section,
    withdrawn,
)


def taken(event: ProjectRegistered) -> None:
    project().when(register_project, ask_for(event), parent=None, company_is_closed=False).then(event)


def test_a_project_is_registered_as_asked() -> None:
    taken(registered())


def test_an_estimated_area_is_marked() -> None:
    taken(registered(area_estimated=True))


def test_an_import_may_leave_out_company_and_contract() -> None:
    taken(registered(company_id=None, contract=None))


def test_a_project_is_known_by_its_name_and_district() -> None:
    assert project_id_of(DISTRICT, "江畔花园") == project_id_of(District("420102"), "江畔花园")
    assert project_id_of(DISTRICT, "江畔花园") != project_id_of(District("420103"), "江畔花园")
    assert project_id_of(DISTRICT, "江畔花园") != project_id_of(DISTRICT, "江畔花园二期")
    assert ask_for(registered()).project_id == project_id_of(DISTRICT, "江畔花园")


def test_a_name_is_registered_once_in_a_district() -> None:
    project(registered()).when(register_project, ask_for(registered()), parent=None, company_is_closed=False).breaks(
        project_is_new
    )


def test_a_withdrawn_project_keeps_its_name() -> None:
    project(registered(), withdrawn).when(
        register_project, ask_for(registered()), parent=None, company_is_closed=False
    ).breaks(project_is_new)


def test_a_closed_company_takes_no_project_on() -> None:
    project().when(register_project, ask_for(registered()), parent=None, company_is_closed=True).breaks(
        managing_company_is_open
    )


def test_a_project_has_an_area() -> None:
    taken(registered("0.01"))
    project().when(register_project, ask_for(registered(0)), parent=None, company_is_closed=False).raises(
        Unacceptable, pointer="/building_area_m2"
    )


def test_households_are_not_negative() -> None:
    taken(registered(households=0))
    project().when(register_project, ask_for(registered(households=-1)), parent=None, company_is_closed=False).raises(
        Unacceptable, pointer="/households"
    )


def test_a_section_names_its_parent() -> None:
    project().when(
        register_project, ask_for(section()), parent=state(registered(400_000)), company_is_closed=False
    ).then(section())


def test_the_parent_notes_the_section() -> None:
    asked = ask_for(section(150_000))
    assert add_section(asked) == [SectionAdded(section_id=asked.project_id, building_area_m2=Area.of(150_000))]


@pytest.mark.parametrize("area", ["249999.99", "250000"])
def test_sections_up_to_the_parents_area(area: str) -> None:
    parent = state(registered(400_000), with_section(150_000))
    project().when(register_project, ask_for(section(area)), parent=parent, company_is_closed=False).then(section(area))


def test_sections_beyond_the_parents_area() -> None:
    parent = state(registered(400_000), with_section(150_000))
    project().when(register_project, ask_for(section("250000.01")), parent=parent, company_is_closed=False).breaks(
        sections_fit_in_the_area
    )


def test_a_section_has_no_sections() -> None:
    parent = state(section(400_000))
    project().when(register_project, ask_for(section()), parent=parent, company_is_closed=False).breaks(
        parent_is_no_section
    )


def test_a_parent_with_a_manager_gets_no_sections() -> None:
    parent = state(registered(400_000), in_office)
    project().when(register_project, ask_for(section()), parent=parent, company_is_closed=False).breaks(
        nobody_is_in_office
    )


def test_a_withdrawn_parent_gets_no_sections() -> None:
    parent = state(registered(400_000), withdrawn)
    project().when(register_project, ask_for(section()), parent=parent, company_is_closed=False).breaks(
        project_is_on_register
    )


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        (section(district=District("420103")), "/district"),
        (section(company_id=OTHER_COMPANY), "/company_id"),
        (section(company_id=None), "/company_id"),
        (section(contract=Contract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 30))), "/contract"),
        (section(contract=None), "/contract"),
    ],
)
def test_a_section_shares_district_company_and_contract(asked: ProjectRegistered, pointer: str) -> None:
    parent = state(registered(400_000))
    project().when(register_project, ask_for(asked), parent=parent, company_is_closed=False).raises(
        Unacceptable, pointer=pointer
    )


@pytest.mark.parametrize(("field", "pointer"), [("company_id", "/company_id"), ("contract", "/contract")])
def test_a_section_of_an_unmanaged_parent_is_unmanaged(field: str, pointer: str) -> None:
    parent = state(registered(400_000, **{field: None}))
    project().when(register_project, ask_for(section()), parent=parent, company_is_closed=False).raises(
        Unacceptable, pointer=pointer
    )


def test_all_that_is_broken_is_reported() -> None:
    parent: Project = state(section(100_000), in_office, withdrawn)
    project(section()).when(register_project, ask_for(section(120_000)), parent=parent, company_is_closed=True).breaks(
        project_is_new,
        managing_company_is_open,
        project_is_on_register,
        parent_is_no_section,
        nobody_is_in_office,
        sections_fit_in_the_area,
    )


def test_a_refusal_changes_nothing() -> None:
    refused = ProjectRequestRefused(command="enter-stage", asked={"project_id": ESTATE}, broken=(), about=())
    assert PROJECT.fold([registered(), refused]) == PROJECT.fold([registered()])


def test_a_projects_stream_begins_with_its_registration() -> None:
    with pytest.raises(LookupError):
        PROJECT.fold([in_office])
