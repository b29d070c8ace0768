"""Service requests as people look them up: exactly the contract's page and what is asked besides; instants in UTC."""

from dataclasses import dataclass
from datetime import datetime

from application.kernel.permissions import Thing
from domain.kernel.identifiers import (
    AttachmentId,
    LicenceId,
    ProjectId,
    ServiceRequestId,
    ServiceRequestNumber,
    Subject,
)
from domain.service_requests.request import Clock, Status
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority, VisitChannel, VisitOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterShown:
    """Who reported it, as 王*, whoever looks; None once the person is erased."""

    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssigneeShown:
    """Whom it is dispatched to."""

    subject: Subject
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesShown:
    """Through when it is to be answered, done and taken in charge: as of the receipt, moved by pauses that count."""

    respond_by: datetime
    resolve_by: datetime
    take_charge_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedDeadline:
    """A deadline that was missed."""

    clock: Clock
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseShown:
    """What work waits for, and since when."""

    reason: PauseReason
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyShown:
    """One written reply."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnVisitShown:
    """One return visit of any round; `by` is None for the reporter's own answer."""

    outcome: VisitOutcome
    channel: VisitChannel | None
    rating: int | None
    note: str | None
    by: Subject | None
    by_reporter: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeShown:
    """Who took a major request in hand; `licence_id` is None for somebody in the manager's place."""

    licence_id: LicenceId | None
    by: Subject
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffShown:
    """Who signed a major request off in this round of work; with a reason in the manager's place."""

    licence_id: LicenceId | None
    by: Subject
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralShown:
    """To whom it was referred, and why."""

    to: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationShown:
    """Why it was taken back."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningShown:
    """Why work was done anew; `round` is the round that began with it."""

    round: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestPage:
    """A service request.

    `overdue` tells whether any deadline was missed by now; what was missed stays missed. `responded_at` is when it was
    first answered. What was done of the work (`started_at`, `completed_at`, `result`, `sign_off`, `pause`) is that of
    this round of work; replies, visits and reopenings are of all. `rating` is the last one given.
    """

    id: ServiceRequestId
    version: int
    number: ServiceRequestNumber
    project_id: ProjectId
    project_name: str | None
    unit: str
    zone: str | None
    kind: Kind
    category: Category
    priority: Priority
    major: bool
    channel: Channel
    reference: str | None
    status: Status
    description: str
    reporter: ReporterShown
    attachments: tuple[AttachmentId, ...]
    received_at: datetime
    assignee: AssigneeShown | None
    deadlines: DeadlinesShown
    dispatched_at: datetime | None
    responded_at: datetime | None
    started_at: datetime | None
    pause: PauseShown | None
    completed_at: datetime | None
    result: str | None
    result_attachments: tuple[AttachmentId, ...]
    closed_at: datetime | None
    overdue: bool
    missed: tuple[MissedDeadline, ...]
    replies: tuple[ReplyShown, ...]
    return_visits: tuple[ReturnVisitShown, ...]
    rating: int | None
    round: int
    reopenings: tuple[ReopeningShown, ...]
    charge: ChargeShown | None
    sign_off: SignOffShown | None
    referral: ReferralShown | None
    cancellation: CancellationShown | None
    duplicate_of: ServiceRequestId | None
    lesson: str | None
    rule_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestOnFile:
    """A request, and what a reader's permission is measured against, as `request_thing` does for commands."""

    page: ServiceRequestPage
    thing: Thing
