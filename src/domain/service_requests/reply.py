"""Answering a resident in writing; the first reply stops the clock of the response."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import check
from domain.service_requests.events import ServiceRequestEvent, ServiceRequestReplied
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import EVERY_STEP, Step, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToRequest:
    """Answer the resident in writing."""

    request_id: ServiceRequestId
    text: str
    occurred_at: datetime | None = None


def reply(request: ServiceRequest, asked: ReplyToRequest, step: Step) -> list[ServiceRequestEvent]:
    """Reply, as often as there is something to say, until the request has ended."""
    case = taken(request, step, is_drawn=not request.has_ended)
    check(case, *EVERY_STEP)
    return [ServiceRequestReplied(text=asked.text, occurred_at=case.at)]
