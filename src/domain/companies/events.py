"""What has happened to a company and to its roster; these names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.companies.uscc import Uscc
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, ProjectId
from domain.kernel.refusals import RequestRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRegistered:
    """A company is on the register; without `uscc` it is provisional and known by its name."""

    name: str
    uscc: Uscc | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyIdentified:
    """A provisional company is known by its code from now on."""

    uscc: Uscc


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRenamed:
    """The company has another name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyClosed:
    """The company is no longer on the register (注销); its code, or its provisional name, stays taken."""

    reason: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRequestRefused(RequestRefused):
    """A command about a company was refused by rules."""


CompanyEvent = CompanyRegistered | CompanyIdentified | CompanyRenamed | CompanyClosed | CompanyRequestRefused

STORED_NAMES: Final[dict[str, type[CompanyEvent]]] = {
    "company.registered": CompanyRegistered,
    "company.identified": CompanyIdentified,
    "company.renamed": CompanyRenamed,
    "company.closed": CompanyClosed,
    "company.request-refused": CompanyRequestRefused,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerJoined:
    """A manager's practice is registered with the company."""

    licence_id: LicenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerLeft:
    """A manager's practice is no longer registered with the company."""

    licence_id: LicenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTakenOn:
    """The company manages a project in this district."""

    project_id: ProjectId
    district: District


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHandedBack:
    """The company no longer manages the project."""

    project_id: ProjectId


RosterEvent = ManagerJoined | ManagerLeft | ProjectTakenOn | ProjectHandedBack

ROSTER_NAMES: Final[dict[str, type[RosterEvent]]] = {
    "company-roster.manager-joined": ManagerJoined,
    "company-roster.manager-left": ManagerLeft,
    "company-roster.project-taken-on": ProjectTakenOn,
    "company-roster.project-handed-back": ProjectHandedBack,
}
