"""A property project as decisions see it, and how it follows from its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from domain.kernel.aggregate import Aggregate
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.projects.events import (
    STORED_NAMES,
    AreaAmended,
    CompanyChanged,
    Contract,
    ContractRenewed,
    ManagerLeftOffice,
    ManagerTookOffice,
    OverLimitTolerated,
    ProjectEvent,
    ProjectKind,
    ProjectRegistered,
    ProjectRequestRefused,
    ProjectWithdrawn,
    SectionAdded,
    SectionAreaAmended,
    SectionWithdrawn,
    Stage,
    StageEntered,
)
from domain.projects.zone import Zone, evolve_zone
from domain.projects.zone_events import ZoneDefined, ZoneManagerNamed, ZoneNoticePosted


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The manager in office, and since when."""

    licence_id: LicenceId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What decisions need of a project; `sections` holds the areas of those that are active, `zones` are by name."""

    name: str
    district: District
    kind: ProjectKind
    company_id: CompanyId | None
    contract: Contract | None
    stage: Stage
    building_area_m2: Area
    area_estimated: bool
    section_of: ProjectId | None
    sections: Mapping[ProjectId, Area] = field(default_factory=dict)
    manager: Incumbent | None = None
    over_limit_until: date | None = None
    zones: Mapping[str, Zone] = field(default_factory=dict)
    is_withdrawn: bool = False

    @property
    def is_active(self) -> bool:
        """Tell whether it is managed under this register; an expired contract ends nothing by itself."""
        return not self.is_withdrawn

    @property
    def is_section(self) -> bool:
        """Tell whether it is registered as a section of another project."""
        return self.section_of is not None

    @property
    def has_sections(self) -> bool:
        """Tell whether it is managed in sections; then it has no manager of its own."""
        return bool(self.sections)


def _evolve(state: Project | None, event: ProjectEvent) -> Project:
    if isinstance(event, ProjectRegistered):
        return _registered(event)
    project = _on_register(state)
    match event:
        case SectionAdded() | SectionAreaAmended():
            return replace(project, sections={**project.sections, event.section_id: event.building_area_m2})
        case SectionWithdrawn(section_id=gone):
            return replace(project, sections={key: area for key, area in project.sections.items() if key != gone})
        case AreaAmended(building_area_m2=area):
            return replace(project, building_area_m2=area, area_estimated=False, over_limit_until=None)
        case OverLimitTolerated(over_limit_until=day):
            return replace(project, over_limit_until=day)
        case ManagerTookOffice(licence_id=licence, since=day):
            return replace(project, manager=Incumbent(licence, day))
        case ManagerLeftOffice():
            return replace(project, manager=None, over_limit_until=None)
        case StageEntered(stage=stage):
            return replace(project, stage=stage)
        case ContractRenewed():
            return replace(project, contract=Contract(starts_on=event.starts_on, ends_on=event.ends_on))
        case CompanyChanged(company_id=company):
            return replace(project, company_id=company)
        case ZoneDefined(name=name) | ZoneManagerNamed(name=name) | ZoneNoticePosted(name=name):
            return replace(project, zones={**project.zones, name: evolve_zone(project.zones.get(name), event)})
        case ProjectWithdrawn():
            return replace(project, is_withdrawn=True, sections={})
        case ProjectRequestRefused():
            return project
        case _:
            assert_never(event)


def _registered(event: ProjectRegistered) -> Project:
    return Project(
        name=event.name,
        district=event.district,
        kind=event.kind,
        company_id=event.company_id,
        contract=event.contract,
        stage=event.stage,
        building_area_m2=event.building_area_m2,
        area_estimated=event.area_estimated,
        section_of=event.section_of,
    )


def _on_register(state: Project | None) -> Project:
    if state is None:
        raise LookupError("a project's stream begins with its registration")
    return state


PROJECT: Final = Aggregate[Project, ProjectEvent](name="project", events=STORED_NAMES, evolve=_evolve)
