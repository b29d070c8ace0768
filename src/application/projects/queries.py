"""What can be looked up about projects."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from application.kernel.pages import Slice
from application.kernel.permissions import Thing
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber, ProjectId, Subject
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.zone_events import ZoneKind


class ProjectStatus(StrEnum):
    """Whether the project is managed under this register still."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOfProject:
    """The company that manages a project."""

    id: CompanyId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOfProject:
    """A section that is active."""

    id: ProjectId
    name: str
    building_area_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerInOffice:
    """The manager in office; `name` is None once the person is erased."""

    licence_id: LicenceId
    name: str | None
    licence_number: LicenceNumber | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureInProject:
    """One manager's time in office (任期), both days included; `until` is None for the one in office."""

    licence_id: LicenceId
    name: str | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneManagerShown:
    """Who answers for a zone, and under which subject."""

    subject: Subject
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOfZone:
    """A notice at an entrance; out of date when it shows another manager or hotline than the zone has now."""

    entrance: str
    posted_on: date
    out_of_date: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneOfProject:
    """A service zone; `zone_manager` as it was given, a name or a name with its subject; notices by entrance."""

    name: str
    kind: ZoneKind
    area_m2: Decimal
    households: int
    units: tuple[str, ...]
    zone_manager: str | ZoneManagerShown
    hotline: str
    reason: str | None
    notices: tuple[NoticeOfZone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """A project as people look it up; areas in square metres, tenures and zones from the first to the last."""

    id: ProjectId
    version: int
    name: str
    district: str
    address: str
    kind: ProjectKind
    building_area_m2: Decimal
    area_estimated: bool
    households: int
    company: CompanyOfProject | None
    contract: Contract | None
    stage: Stage
    status: ProjectStatus
    section_of: ProjectId | None
    sections: tuple[SectionOfProject, ...]
    manager: ManagerInOffice | None
    replacement_due: date | None
    over_limit_until: date | None
    tenures: tuple[TenureInProject, ...]
    zones: tuple[ZoneOfProject, ...] = ()

    @property
    def thing(self) -> Thing:
        """What a reader's permission is measured against, as `project_thing` does for commands."""
        return Thing(
            projects=frozenset({self.id} if self.section_of is None else {self.id, self.section_of}),
            districts=frozenset({District(self.district)}),
            companies=frozenset() if self.company is None else frozenset({self.company.id}),
            licences=frozenset() if self.manager is None else frozenset({self.manager.licence_id}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which projects to list; what is None or False filters nothing.

    `without_company` are those that no company manages, `unmanaged` True those without a manager in office and False
    those with one, `q` a part of name or address, `within` one project and its sections.
    """

    district: District | None = None
    company_id: CompanyId | None = None
    without_company: bool = False
    unmanaged: bool | None = None
    q: str | None = None
    within: ProjectId | None = None


class ProjectQueries(Protocol):
    """The pages of projects; lists are in the order of registration, `after` is what the last slice called `next`."""

    async def find(self, project_id: ProjectId) -> ProjectPage | None:
        """Answer one project."""

    async def list(self, wanted: ProjectFilter, *, after: int | None = None, limit: int) -> Slice[ProjectPage]:
        """Answer the projects that pass the filter, withdrawn ones included."""
