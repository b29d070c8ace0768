"""What has happened to a property project; these names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.kernel.refusals import RequestRefused
from domain.projects.zone_events import ZoneDefined, ZoneManagerNamed, ZoneNoticePosted


class ProjectKind(StrEnum):
    """What is built there."""

    RESIDENTIAL = "residential"
    VILLA = "villa"
    OFFICE = "office"
    COMMERCIAL = "commercial"
    INDUSTRIAL = "industrial"
    MIXED = "mixed"


class Stage(StrEnum):
    """Show area (样板区) before handover, regular operation (常规期) after it (Text 4 保洁 (一))."""

    SHOW_AREA = "show_area"
    REGULAR = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The days of a service contract, both included; shown, never looked at by a rule.

    Raises: ValueError when it ends before it starts.
    """

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        """Refuse a contract that ends before it starts."""
        if self.ends_on < self.starts_on:
            raise ValueError(f"a contract cannot end on {self.ends_on} when it starts on {self.starts_on}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRegistered:
    """A project is on the register; a section names its parent; only an import leaves out company or contract."""

    name: str
    district: District
    address: str
    kind: ProjectKind
    building_area_m2: Area
    area_estimated: bool
    households: int
    company_id: CompanyId | None
    contract: Contract | None
    stage: Stage
    section_of: ProjectId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAdded:
    """A section (分期、分区) of this project was registered with this area; stands in the parent's stream."""

    section_id: ProjectId
    building_area_m2: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAreaAmended:
    """The area of a section of this project was amended; stands in the parent's stream."""

    section_id: ProjectId
    building_area_m2: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWithdrawn:
    """A section of this project was withdrawn by itself; stands in the parent's stream."""

    section_id: ProjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaAmended:
    """The building area was amended and is no estimate; a tolerance granted before has ended."""

    building_area_m2: Area
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverLimitTolerated:
    """The manager in office may hold more area than the limit through this day (Text 3 §2(1))."""

    licence_id: LicenceId
    over_limit_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerTookOffice:
    """A manager has taken the project on."""

    licence_id: LicenceId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerLeftOffice:
    """The manager has left; without a successor another is due through `replacement_due`."""

    licence_id: LicenceId
    until: date
    reason: str
    replacement_due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered:
    """The project has entered a stage."""

    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRenewed:
    """The service contract runs on these days, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyChanged:
    """Another company manages the project."""

    company_id: CompanyId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectWithdrawn:
    """The project is no longer managed under this register, nor is any section that it still had."""

    reason: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRequestRefused(RequestRefused):
    """A command about a project was refused by rules."""


ProjectEvent = (
    ProjectRegistered
    | SectionAdded
    | SectionAreaAmended
    | SectionWithdrawn
    | AreaAmended
    | OverLimitTolerated
    | ManagerTookOffice
    | ManagerLeftOffice
    | StageEntered
    | ContractRenewed
    | CompanyChanged
    | ZoneDefined
    | ZoneManagerNamed
    | ZoneNoticePosted
    | ProjectWithdrawn
    | ProjectRequestRefused
)

STORED_NAMES: Final[dict[str, type[ProjectEvent]]] = {
    "project.registered": ProjectRegistered,
    "project.section-added": SectionAdded,
    "project.section-area-amended": SectionAreaAmended,
    "project.section-withdrawn": SectionWithdrawn,
    "project.area-amended": AreaAmended,
    "project.over-limit-tolerated": OverLimitTolerated,
    "project.manager-took-office": ManagerTookOffice,
    "project.manager-left-office": ManagerLeftOffice,
    "project.stage-entered": StageEntered,
    "project.contract-renewed": ContractRenewed,
    "project.company-changed": CompanyChanged,
    "project.zone-defined": ZoneDefined,
    "project.zone-manager-named": ZoneManagerNamed,
    "project.zone-notice-posted": ZoneNoticePosted,
    "project.withdrawn": ProjectWithdrawn,
    "project.request-refused": ProjectRequestRefused,
}
