"""What has happened to a licence in practice: file, certificates, registration, appointments, inspections; for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceNumber, ProjectId
from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.kernel.refusals import RequestRefused


class CertificateKind(StrEnum):
    """The certificates that a registration stands on (Text 3 §2(1))."""

    POST_NATIONAL = "post_national"
    POST_MUNICIPAL = "post_municipal"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The person of a licence file."""

    name: PersonName
    id_number: IdNumber
    phone: Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFileOpened:
    """A person has a licence file; `company_id` is the company that opened it, None when the authority did."""

    holder: Holder
    company_id: CompanyId | None
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecorded:
    """A certificate was put on file; valid from `issued_on` through `expires_on`, both included."""

    kind: CertificateKind
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateWithdrawn:
    """A certificate on file no longer counts."""

    number: str
    reason: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRegistered:
    """The person may practise (执业注册) for a company under this number."""

    licence_number: LicenceNumber
    company_id: CompanyId
    registered_on: date
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDeregistered:
    """The registration has ended (注销); the number stays with the person."""

    company_id: CompanyId
    reason: str
    deregistered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerAppointed:
    """The manager has taken on a project of this area (任命)."""

    project_id: ProjectId
    company_id: CompanyId
    district: District
    building_area_m2: Area
    since: date
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerRelieved:
    """The manager has left a project (卸任)."""

    project_id: ProjectId
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointedAreaChanged:
    """The area of a project that the manager holds was amended."""

    project_id: ProjectId
    building_area_m2: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualInspectionPassed:
    """The annual inspection (年检) of a year was passed."""

    year: int
    inspected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualInspectionFailed:
    """The annual inspection of a year was not passed; the manager is suspended (暂停)."""

    year: int
    reasons: tuple[str, ...]
    inspected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderErased:
    """The person's key was destroyed: name, ID number and phone can no longer be read anywhere."""

    reason: str
    erased_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRequestRefused(RequestRefused):
    """A command about a licence was refused by rules."""
