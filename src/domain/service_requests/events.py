"""What has happened to a service request; these names and fields are for ever.

`occurred_at` is the instant of the step in UTC: that of the decision, or the one which a company or an import gave.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.identifiers import (
    AttachmentId,
    LicenceId,
    ProjectId,
    ServiceRequestId,
    ServiceRequestNumber,
    Subject,
)
from domain.kernel.personal import PersonName, Phone
from domain.kernel.refusals import RequestRefused
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority, VisitChannel, VisitOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reported it, sealed under a key of the request's own."""

    name: PersonName
    phone: Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """Who is to do the work."""

    subject: Subject
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestReceived:
    """A request was received; `rule_set` is the one in force at that moment, by which its deadlines are fixed.

    `filed_by` is the subject that filed it, `by_reporter` whether that is the reporter in person. `zone` is the name of
    the service zone that the unit lies in, `reference` the number that it has in the system it was imported from.
    `take_charge_by` is there for a major request only.
    """

    number: ServiceRequestNumber
    project_id: ProjectId
    unit: str
    kind: Kind
    category: Category
    priority: Priority
    major: bool
    channel: Channel
    description: str
    reporter: Reporter
    filed_by: Subject
    by_reporter: bool
    attachments: tuple[AttachmentId, ...]
    zone: str | None
    reference: str | None
    rule_set: str
    occurred_at: datetime
    respond_by: datetime
    resolve_by: datetime
    take_charge_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestDispatched:
    """The request was given to somebody to work on (派单), or handed on before work started."""

    assignee: Assignee
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestStarted:
    """Somebody arrived and work has started; `by` is who said so."""

    by: Subject
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestPaused:
    """Work waits for something."""

    reason: PauseReason
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestResumed:
    """Work goes on; `resolve_by` is the deadline moved by the time that did not count."""

    resolve_by: datetime
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestCompleted:
    """The work is done; `by` is who said so."""

    result: str
    by: Subject
    attachments: tuple[AttachmentId, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestReplied:
    """The resident was answered in writing."""

    text: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnVisitRecorded:
    """The resident was asked whether it is well done, or answered so (`by_reporter`); `by` is who visited."""

    outcome: VisitOutcome
    channel: VisitChannel | None
    rating: int | None
    note: str | None
    by: Subject
    by_reporter: bool
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerTookCharge:
    """The project manager took a major request in hand; without a manager in office somebody else did."""

    licence_id: LicenceId | None
    by: Subject
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestSignedOff:
    """The project manager in person signed a major request off; without one in office somebody else, with a reason."""

    licence_id: LicenceId | None
    by: Subject
    reason: str | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestClosed:
    """The request is closed."""

    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestReopened:
    """Work is to be done anew, by the deadlines that stand; `round` counts the rounds of work, the first one is 1."""

    reason: str
    round: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestCancelled:
    """The reporter took the request back before work started."""

    reason: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestReferred:
    """The request was ended by referring it to a professional unit or an authority."""

    to: str
    reason: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestMarkedDuplicate:
    """The request was ended because another one is about the same."""

    duplicate_of: ServiceRequestId
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestArchived:
    """A closed complaint is kept as a training case (培训案例); `lesson` holds no personal data."""

    lesson: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestRequestRefused(RequestRefused):
    """A command about a service request was refused by rules."""


ServiceRequestEvent = (
    ServiceRequestReceived
    | ServiceRequestDispatched
    | ServiceRequestStarted
    | ServiceRequestPaused
    | ServiceRequestResumed
    | ServiceRequestCompleted
    | ServiceRequestReplied
    | ReturnVisitRecorded
    | ManagerTookCharge
    | ServiceRequestSignedOff
    | ServiceRequestClosed
    | ServiceRequestReopened
    | ServiceRequestCancelled
    | ServiceRequestReferred
    | ServiceRequestMarkedDuplicate
    | ServiceRequestArchived
    | ServiceRequestRequestRefused
)

STORED_NAMES: Final[dict[str, type[ServiceRequestEvent]]] = {
    "service-request.received": ServiceRequestReceived,
    "service-request.dispatched": ServiceRequestDispatched,
    "service-request.started": ServiceRequestStarted,
    "service-request.paused": ServiceRequestPaused,
    "service-request.resumed": ServiceRequestResumed,
    "service-request.completed": ServiceRequestCompleted,
    "service-request.replied": ServiceRequestReplied,
    "service-request.return-visit-recorded": ReturnVisitRecorded,
    "service-request.manager-took-charge": ManagerTookCharge,
    "service-request.signed-off": ServiceRequestSignedOff,
    "service-request.closed": ServiceRequestClosed,
    "service-request.reopened": ServiceRequestReopened,
    "service-request.cancelled": ServiceRequestCancelled,
    "service-request.referred": ServiceRequestReferred,
    "service-request.marked-duplicate": ServiceRequestMarkedDuplicate,
    "service-request.archived": ServiceRequestArchived,
    "service-request.request-refused": ServiceRequestRequestRefused,
}
