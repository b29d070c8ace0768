"""Projects for tests: what matters is named, the rest is dull."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.projects.events import (
    Contract,
    ManagerTookOffice,
    ProjectEvent,
    ProjectKind,
    ProjectRegistered,
    ProjectWithdrawn,
    SectionAdded,
    Stage,
)
from domain.projects.project import PROJECT, Project
from domain.projects.registration import RegisterProject
from tests.spec import Given

project: Final = Given(PROJECT)

TODAY: Final = date(2026, 11, 24)
DISTRICT: Final = District("420102")
COMPANY, OTHER_COMPANY = CompanyId(UUID(int=1)), CompanyId(UUID(int=2))
ZHANG, LI = LicenceId(UUID(int=3)), LicenceId(UUID(int=4))
ESTATE, EAST, WEST = ProjectId(UUID(int=5)), ProjectId(UUID(int=6)), ProjectId(UUID(int=7))
CONTRACT: Final = Contract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))

_DULL: Final = ProjectRegistered(
    name="江畔花园",
    district=DISTRICT,
    address="沿江大道 1 号",
    kind=ProjectKind.RESIDENTIAL,
    building_area_m2=Area.of(120_000),
    area_estimated=False,
    households=1_000,
    company_id=COMPANY,
    contract=CONTRACT,
    stage=Stage.REGULAR,
    section_of=None,
)

in_office: Final = ManagerTookOffice(licence_id=ZHANG, since=date(2026, 1, 5))
withdrawn: Final = ProjectWithdrawn(reason="合同终止", withdrawn_on=date(2026, 11, 1))


def registered(area: int | str = 120_000, **changes: Any) -> ProjectRegistered:
    return replace(_DULL, **{"building_area_m2": Area.of(area)} | changes)


def section(area: int | str = 120_000, **changes: Any) -> ProjectRegistered:
    return registered(area, **{"name": "江畔花园一期", "section_of": ESTATE} | changes)


def with_section(area: int | str = 120_000, section_id: ProjectId = EAST) -> SectionAdded:
    return SectionAdded(section_id=section_id, building_area_m2=Area.of(area))


def ask_for(event: ProjectRegistered) -> RegisterProject:
    """Ask for what the event says."""
    return RegisterProject(
        name=event.name,
        district=event.district,
        address=event.address,
        kind=event.kind,
        building_area_m2=event.building_area_m2,
        households=event.households,
        company_id=event.company_id,
        contract=event.contract,
        stage=event.stage,
        section_of=event.section_of,
        area_estimated=event.area_estimated,
    )


def state(*events: ProjectEvent) -> Project:
    folded = PROJECT.fold(events)
    assert folded is not None
    return folded
