"""What has happened to a licence by assessment: points, warnings, revocation, objections; for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from domain.kernel.identifiers import AttachmentId, CompanyId, DeductionId, ProjectId, Subject

CycleLabel = NewType("CycleLabel", str)
"""An assessment cycle: `2026`, or the first day of a registration year, `2026-03-14`."""


class Basis(StrEnum):
    """What was violated: regulations (违规) or the service contract (违约)."""

    REGULATION = "regulation"
    CONTRACT = "contract"


class WarningKind(StrEnum):
    """The steps before revocation: a written warning, a regulatory interview (约谈)."""

    WRITTEN = "written"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsDeducted:
    """A violation was charged and its notice (记分告知单) served.

    `company_id` employed the manager on `occurred_on`; `total` is the cycle's after this deduction; `officer` is the
    subject who charged it. `attachments` are those entries of the evidence that are attachments and were known to the
    officer; without it (None) every entry that is written as the id of one counts as such.
    """

    deduction_id: DeductionId
    violation: str
    points: int
    occurred_on: date
    project_id: ProjectId | None
    basis: Basis
    reason: str
    evidence: tuple[str, ...]
    officer: Subject
    decided_on: date
    cycle: CycleLabel
    total: int
    notice_number: str
    served_on: date
    object_by: date
    rectify_by: date
    company_id: CompanyId | None
    rule_set: str
    attachments: tuple[AttachmentId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed:
    """A notice was served later than it was decided; the periods run from here."""

    deduction_id: DeductionId
    served_on: date
    method: str
    object_by: date
    rectify_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningIssued:
    """The cycle's total has reached a step."""

    kind: WarningKind
    cycle: CycleLabel
    total: int
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningWithdrawn:
    """A rescinded deduction brought the cycle back under a step."""

    kind: WarningKind
    cycle: CycleLabel
    total: int
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatOffenceFlagged:
    """One violation was charged for the `count`-th time in a cycle; a flag without legal effect."""

    violation: str
    cycle: CycleLabel
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationProposed:
    """The cycle's total has reached the limit and the city must decide; `hearing_until` None means no hearing time."""

    cycle: CycleLabel
    total: int
    proposed_on: date
    hearing_until: date | None
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationProposalWithdrawn:
    """A rescinded deduction brought the cycle under the limit before the city had decided."""

    cycle: CycleLabel
    total: int
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRevoked:
    """The licence was revoked (吊销); `banned_until` is the last day on which its holder may not manage projects."""

    cycle: CycleLabel
    total: int
    revoked_on: date
    banned_until: date
    company_id: CompanyId | None
    reason: str | None
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceReinstated:
    """The revocation of a cycle and its ban are annulled; appointments are not restored."""

    cycle: CycleLabel
    total: int
    reinstated_on: date
    company_id: CompanyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFiled:
    """The manager objects (异议) to a deduction, or a clerk entered a paper objection for them."""

    deduction_id: DeductionId
    grounds: str
    on_behalf: bool
    filed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRejected:
    """The deduction stands."""

    deduction_id: DeductionId
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionUpheld:
    """The objection was right."""

    deduction_id: DeductionId
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionRescinded:
    """A deduction no longer counts; `total` is the cycle's without it."""

    deduction_id: DeductionId
    violation: str
    points: int
    occurred_on: date
    cycle: CycleLabel
    total: int
    company_id: CompanyId | None
    rescinded_on: date
