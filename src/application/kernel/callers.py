"""Who asks: a subject in a role, bound to what the role is bound to."""

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject


class Role(StrEnum):
    """The roles of the contract."""

    MUNICIPAL = "municipal"
    DISTRICT = "district"
    COMPANY = "company"
    MANAGER = "manager"
    STAFF = "staff"
    OWNERS_COMMITTEE = "owners_committee"
    NEIGHBOURHOOD_COMMITTEE = "neighbourhood_committee"
    RESIDENT = "resident"
    AUDITOR = "auditor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """One person or program in one role; the bound id is None where the role has none."""

    subject: Subject
    role: Role
    district: District | None = None
    company: CompanyId | None = None
    licence: LicenceId | None = None
    project: ProjectId | None = None
