"""A manager licence (项目经理岗位资格证书) as decisions see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Final

from domain.kernel.area import Area
from domain.kernel.days import within
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceNumber, ProjectId, Subject
from domain.licensing.events import CertificateKind, CycleLabel, WarningKind

POST_CERTIFICATES = frozenset({CertificateKind.POST_NATIONAL, CertificateKind.POST_MUNICIPAL})


class Status(StrEnum):
    """What a licence is, in the order of precedence of the reading."""

    REVOKED = "revoked"
    DEREGISTERED = "deregistered"
    SUSPENDED = "suspended"
    REGISTERED = "registered"
    APPLICANT = "applicant"


class DeductionStatus(StrEnum):
    """Whether a deduction counts; an objected one counts until it is rescinded."""

    IN_FORCE = "in_force"
    OBJECTED = "objected"
    RESCINDED = "rescinded"


class Objection(StrEnum):
    """How far the objection to a deduction has come."""

    PENDING = "pending"
    REJECTED = "rejected"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate on file."""

    kind: CertificateKind
    number: str
    issued_on: date
    expires_on: date | None
    withdrawn: bool = False

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it counts on a day; the first and the last day are included."""
        return not self.withdrawn and within(day, self.issued_on, self.expires_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One practice registration; `revoked_in` names the cycle whose revocation ended it."""

    licence_number: LicenceNumber
    company_id: CompanyId
    since: date
    until: date | None = None
    revoked_in: CycleLabel | None = None

    def covers(self, day: date) -> bool:
        """Tell whether it was held on a day; the days it began and ended are included."""
        return within(day, self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One appointment (任期), in force while `until` is None."""

    project_id: ProjectId
    district: District
    building_area_m2: Area
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether it was held on a day; the days it began and ended are included."""
        return within(day, self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One charged violation."""

    violation: str
    points: int
    occurred_on: date
    decided_on: date
    cycle: CycleLabel
    officer: Subject
    company_id: CompanyId | None
    served_on: date
    object_by: date
    objection: Objection | None = None

    @property
    def counts(self) -> bool:
        """Whether its points are in the cycle's total."""
        return self.objection is not Objection.UPHELD

    @property
    def status(self) -> DeductionStatus:
        """What clients are shown."""
        match self.objection:
            case Objection.UPHELD:
                return DeductionStatus.RESCINDED
            case Objection.PENDING:
                return DeductionStatus.OBJECTED
            case _:
                return DeductionStatus.IN_FORCE


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts in one cycle: the points, and how often each violation was charged."""

    total: int = 0
    charges: Mapping[str, int] = field(default_factory=dict)

    def with_charge(self, violation: str, points: int, *, times: int) -> "Tally":
        """Answer the tally with a violation charged once more (`times` 1) or once less (-1)."""
        charges = {**self.charges, violation: self.charges.get(violation, 0) + times}
        return Tally(self.total + times * points, charges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A revocation that stands; `superseded` once a later registration has followed it."""

    cycle: CycleLabel
    revoked_on: date
    banned_until: date
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A revocation that the city has yet to decide."""

    cycle: CycleLabel
    hearing_until: date | None
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One licence file; registrations and deductions in the order in which they were recorded.

    `appointments` are the tenures in force, `ended` those that were.
    """

    opened_on: date
    opened_by: CompanyId | None
    certificates: tuple[Certificate, ...] = ()
    registrations: tuple[Registration, ...] = ()
    appointments: tuple[Tenure, ...] = ()
    ended: tuple[Tenure, ...] = ()
    deductions: Mapping[DeductionId, Deduction] = field(default_factory=dict)
    tallies: Mapping[CycleLabel, Tally] = field(default_factory=dict)
    warnings: frozenset[tuple[CycleLabel, WarningKind]] = frozenset()
    proposals: tuple[Proposal, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    passed_years: frozenset[int] = frozenset()
    failed_years: frozenset[int] = frozenset()
    is_erased: bool = False

    @property
    def registration(self) -> Registration | None:
        """The registration held now."""
        last = self.registrations[-1] if self.registrations else None
        return last if last is not None and last.until is None else None

    @property
    def employer(self) -> CompanyId | None:
        """Whose manager this is: the company of the registration; before the first one, the company that opened it."""
        if self.registration is not None:
            return self.registration.company_id
        return None if self.registrations else self.opened_by

    @property
    def status(self) -> Status:
        """What the licence is now."""
        if self.revoked_by is not None:
            return Status.REVOKED
        if self.registrations and self.registration is None:
            return Status.DEREGISTERED
        if self.failed_years or self.proposals:
            return Status.SUSPENDED
        return Status.APPLICANT if self.registration is None else Status.REGISTERED

    @property
    def revoked_by(self) -> Revocation | None:
        """The latest revocation that no registration has followed."""
        standing = [revocation for revocation in self.revocations if not revocation.superseded]
        return standing[-1] if standing else None

    @property
    def appointed_area(self) -> Area:
        """The total building area of the projects held now."""
        return Area.total(tenure.building_area_m2 for tenure in self.appointments)

    def appointment_to(self, project_id: ProjectId) -> Tenure | None:
        """Answer the tenure held now at a project."""
        return next((tenure for tenure in self.appointments if tenure.project_id == project_id), None)

    def has_held(self, project_id: ProjectId, day: date) -> bool:
        """Tell whether a project was held on a day."""
        return any(
            tenure.project_id == project_id and tenure.covers(day) for tenure in chain(self.appointments, self.ended)
        )

    def registration_on(self, day: date) -> Registration | None:
        """Answer the registration held on a day; on a day of change, the later one."""
        return next((held for held in reversed(self.registrations) if held.covers(day)), None)

    def valid_certificates(self, day: date) -> Iterator[Certificate]:
        """Go through the certificates that count on a day."""
        return (certificate for certificate in self.certificates if certificate.is_valid_on(day))

    def has_post_certificate_on(self, day: date) -> bool:
        """Tell whether a post certificate, national or municipal, is valid."""
        return any(certificate.kind in POST_CERTIFICATES for certificate in self.valid_certificates(day))

    def has_training_certificate_on(self, day: date, *, issued_from: date = date.min) -> bool:
        """Tell whether a training certificate issued on or after a day is valid."""
        return any(
            certificate.kind is CertificateKind.TRAINING and certificate.issued_on >= issued_from
            for certificate in self.valid_certificates(day)
        )

    def is_banned_on(self, day: date) -> bool:
        """Tell whether a revocation that stands forbids acting as project manager on a day (Text 3 §2(3))."""
        return any(within(day, entry.revoked_on, entry.banned_until) for entry in self.revocations)

    def tally(self, cycle: CycleLabel) -> Tally:
        """Answer what counts in a cycle."""
        return self.tallies.get(cycle, _NOTHING)

    def total(self, cycle: CycleLabel) -> int:
        """Answer the points that count in a cycle."""
        return self.tally(cycle).total


_NOTHING: Final = Tally()
