"""The work on a request: dispatched, started, paused and resumed, completed."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import AttachmentId, ServiceRequestId
from domain.service_requests.events import Assignee
from domain.service_requests.words import PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRequest:
    """Give a request to somebody to work on, or hand it on before work starts."""

    request_id: ServiceRequestId
    assignee: Assignee
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWork:
    """Say that somebody has arrived and work has started."""

    request_id: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseWork:
    """Say what the work waits for; without a reason a rule refuses it."""

    request_id: ServiceRequestId
    reason: PauseReason | None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeWork:
    """Say that work goes on."""

    request_id: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWork:
    """Say what was done."""

    request_id: ServiceRequestId
    result: str
    attachments: tuple[AttachmentId, ...] = ()
    occurred_at: datetime | None = None
