"""A licence as people look it up: exactly the contract's page, areas in square metres."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, LicenceNumber, ProjectId
from domain.licensing.events import CertificateKind, CycleLabel, WarningKind
from domain.licensing.licence import DeductionStatus, Objection, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderName:
    """The holder as everybody who may read the licence knows them; None once the person is erased."""

    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderDetail:
    """The holder in full detail: ID number and phone masked; all None once the person is erased."""

    name: str | None
    id_number: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOfManager:
    """The company with which the practice is registered."""

    id: CompanyId
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """A certificate on file."""

    kind: CertificateKind
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEntry:
    """A project held now."""

    project_id: ProjectId
    project_name: str | None
    building_area_m2: Decimal
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What the manager may still take on (Text 3 §2(1))."""

    projects_left: int
    area_left_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of the present cycle beside its limit, and the total of every cycle that has had a deduction."""

    cycle: CycleLabel
    total: int
    limit: int
    by_cycle: Mapping[CycleLabel, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionEntry:
    """The objection to a deduction; grounds and reason are for full detail only, the reason is the decision's."""

    status: Objection
    filed_on: date
    on_behalf: bool
    grounds: str | None
    decided_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionEntry:
    """One charged violation."""

    id: DeductionId
    violation: str
    points: int
    occurred_on: date
    decided_on: date
    cycle: CycleLabel
    rule_set: str
    object_by: date
    status: DeductionStatus
    objection: ObjectionEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningEntry:
    """A written warning or an interview; `total` is the cycle's when it was issued."""

    kind: WarningKind
    cycle: CycleLabel
    total: int
    on: date
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationEntry:
    """The revocation that stands."""

    cycle: CycleLabel
    total: int
    revoked_on: date
    banned_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalEntry:
    """A revocation that the city has yet to decide; without hearing time when `hearing_until` is None."""

    cycle: CycleLabel
    total: int
    proposed_on: date
    hearing_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionEntry:
    """How the annual inspection of a year ended last."""

    year: int
    passed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencePage:
    """One licence file; `deductions` are the newest 20 of this and the previous cycle."""

    id: LicenceId
    version: int
    licence_number: LicenceNumber | None
    status: Status
    holder: HolderName | HolderDetail
    company: CompanyOfManager | None
    certificates: tuple[CertificateEntry, ...]
    appointments: tuple[AppointmentEntry, ...]
    capacity: Capacity
    points: Points
    deductions: tuple[DeductionEntry, ...]
    warnings: tuple[WarningEntry, ...]
    revocation: RevocationEntry | None
    proposed_revocation: ProposalEntry | None
    annual_inspections: tuple[InspectionEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceEntry:
    """A licence in a list."""

    id: LicenceId
    version: int
    licence_number: LicenceNumber | None
    status: Status
    holder: HolderName
    company: CompanyOfManager | None


def without_detail(page: LicencePage) -> LicencePage:
    """Answer the page for a reader without full detail: of the holder the name, of objections that there is one."""
    return replace(
        page,
        holder=HolderName(name=page.holder.name),
        deductions=tuple(published(deduction) for deduction in page.deductions),
    )


def published(deduction: DeductionEntry) -> DeductionEntry:
    """Answer a deduction as it is published: that there is an objection and how it ended, but not what was argued."""
    if deduction.objection is None:
        return deduction
    return replace(deduction, objection=replace(deduction.objection, grounds=None, reason=None))
