"""Closing a request that was looked after, and opening it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import Rule, check
from domain.service_requests.events import ServiceRequestClosed, ServiceRequestEvent, ServiceRequestReopened
from domain.service_requests.request import ServiceRequest, Status
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken
from domain.service_requests.words import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRequest:
    """Close a request."""

    request_id: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRequest:
    """Have the work done anew."""

    request_id: ServiceRequestId
    reason: str
    occurred_at: datetime | None = None


repair_was_visited: Final = Rule[Case](
    code="request.return-visit-missing",
    zh="工程维修100%回访:须回访到住户且其满意,或间隔至少60分钟三次联系未果,方可办结",
    en="a repair closes after a return visit that found the resident satisfied, or three attempts 60 minutes apart",
    cites="Text 4 六(一)1",
    is_broken_by=lambda case: case.request.kind is Kind.REPAIR and not case.request.was_visited,
)
complaint_was_answered: Final = Rule[Case](
    code="request.reply-missing",
    zh="投诉须书面答复后方可办结",
    en="a complaint closes only with a written reply",
    cites="Text 4 (三)投诉受理 1",
    is_broken_by=lambda case: case.request.kind is Kind.COMPLAINT and not case.request.has_reply,
)
manager_has_signed_off: Final = Rule[Case](
    code="request.manager-sign-off-missing",
    zh="重大事项须由项目经理本人签认后方可办结",
    en="a major request closes only when the project manager in person has signed it off",
    cites="Text 4, 每天必须做的 10",
    is_broken_by=lambda case: case.request.major and not case.request.is_signed_off,
)


def close(request: ServiceRequest, step: Step) -> list[ServiceRequestEvent]:
    """Close a completed request."""
    case = taken(request, step, is_drawn=request.status is Status.COMPLETED)
    check(case, *EVERY_STEP, repair_was_visited, complaint_was_answered, manager_has_signed_off)
    return [ServiceRequestClosed(occurred_at=case.at)]


def reopen(request: ServiceRequest, asked: ReopenRequest, step: Step) -> list[ServiceRequestEvent]:
    """Reopen what was completed; one that was referred or a duplicate was never worked off, and stays ended."""
    is_drawn = request.status is Status.COMPLETED or request.is_worked_off
    case = taken(request, step, is_drawn=is_drawn)
    check(case, *EVERY_STEP)
    return [reopened(request, asked.reason, case.at)]


def reopened(request: ServiceRequest, reason: str, at: datetime) -> ServiceRequestReopened:
    """Answer another round of work; deadlines were fixed when the request was received."""
    return ServiceRequestReopened(reason=reason, round=request.round + 1, occurred_at=at)
