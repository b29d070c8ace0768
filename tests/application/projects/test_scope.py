"""A project's scope is the same for those who command and those who read."""

from decimal import Decimal

from application.kernel.permissions import Thing
from application.projects.queries import (
    CompanyOfProject,
    ManagerInOffice,
    ProjectPage,
    ProjectStatus,
)
from application.projects.scope import project_thing
from domain.projects.project import Project
from tests.domain.projects.builders import COMPANY, DISTRICT, EAST, ESTATE, ZHANG, in_office, registered, section, state


def page_of(project: Project) -> ProjectPage:
    manager = project.manager
    return ProjectPage(
        id=EAST,
        version=1,
        name=project.name,
        district=project.district.code,
        address="沿江大道 1 号",
        kind=project.kind,
        building_area_m2=Decimal(1),
        area_estimated=False,
        households=0,
        company=None if project.company_id is None else CompanyOfProject(id=project.company_id, name="安居物业"),
        contract=project.contract,
        stage=project.stage,
        status=ProjectStatus.ACTIVE,
        section_of=project.section_of,
        sections=(),
        manager=None
        if manager is None
        else ManagerInOffice(licence_id=manager.licence_id, name="张三", licence_number=None, since=manager.since),
        replacement_due=None,
        over_limit_until=None,
        tenures=(),
    )


def test_a_section_belongs_to_its_parent_its_company_and_its_manager() -> None:
    thing = project_thing(EAST, state(section(), in_office))
    assert thing == Thing(
        projects=frozenset({EAST, ESTATE}),
        districts=frozenset({DISTRICT}),
        companies=frozenset({COMPANY}),
        licences=frozenset({ZHANG}),
    )
    assert page_of(state(section(), in_office)).thing == thing


def test_an_unmanaged_project_belongs_to_its_district() -> None:
    project = state(registered(company_id=None))
    thing = project_thing(EAST, project)
    assert thing == Thing(projects=frozenset({EAST}), districts=frozenset({DISTRICT}))
    assert page_of(project).thing == thing
