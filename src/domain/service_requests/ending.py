"""How a request ends without having been worked off: cancelled, referred, or as a duplicate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import Rule, check
from domain.service_requests.events import (
    ServiceRequestCancelled,
    ServiceRequestEvent,
    ServiceRequestMarkedDuplicate,
    ServiceRequestReferred,
)
from domain.service_requests.request import BEFORE_COMPLETION, ServiceRequest, Status
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRequest:
    """Take a request back, as its reporter or with the reporter's reason."""

    request_id: ServiceRequestId
    reason: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferRequest:
    """Refer a request to a professional unit or an authority."""

    request_id: ServiceRequestId
    to: str
    reason: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDuplicate:
    """End a request because another one is about the same."""

    request_id: ServiceRequestId
    duplicate_of: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubling(Case):
    """The case of a duplicate: the request, and the other one that it is to be a duplicate of."""

    other: ServiceRequest


def _will_not_be_worked_off(other: ServiceRequest) -> bool:
    return other.status is Status.CANCELLED or other.duplicate_of is not None


other_request_stands: Final = Rule[Doubling](
    code="request.duplicate-of-ended",
    zh="所指的服务受理已取消,或本身是重复件",
    en="the other request was cancelled, or is itself a duplicate",
    cites="Text 4 六(一)1; reading: what is reported twice is worked off once",
    is_broken_by=lambda case: _will_not_be_worked_off(case.other),
)


def cancel(request: ServiceRequest, asked: CancelRequest, step: Step) -> list[ServiceRequestEvent]:
    """Cancel a request on which no work has ever started."""
    is_drawn = request.status in {Status.RECEIVED, Status.DISPATCHED} and not request.workers
    case = taken(request, step, is_drawn=is_drawn)
    check(case, *EVERY_STEP)
    return [ServiceRequestCancelled(reason=asked.reason, occurred_at=case.at)]


def refer(request: ServiceRequest, asked: ReferRequest, step: Step) -> list[ServiceRequestEvent]:
    """End a request by referral, without a visit; work that was completed here is looked after here."""
    case = taken(request, step, is_drawn=request.status in BEFORE_COMPLETION)
    check(case, *EVERY_STEP)
    return [ServiceRequestReferred(to=asked.to, reason=asked.reason, occurred_at=case.at)]


def mark_duplicate(
    request: ServiceRequest, asked: MarkDuplicate, step: Step, other: ServiceRequest
) -> list[ServiceRequestEvent]:
    """End a request as a duplicate of another one, without a visit.

    Raises: RulesBroken; Unacceptable when it is to be its own duplicate, or one of another project's.
    """
    if asked.duplicate_of == asked.request_id:
        raise Unacceptable("/duplicate_of", zh="不得为其本身", en="must be another request")
    if request.project_id != other.project_id:
        raise Unacceptable("/duplicate_of", zh="须为同一项目的服务受理", en="must be a request of the same project")
    case = Doubling(
        request=request,
        step=step,
        at=step.after(request),
        is_drawn=request.status in BEFORE_COMPLETION,
        other=other,
    )
    check(case, *EVERY_STEP, other_request_stands)
    return [ServiceRequestMarkedDuplicate(duplicate_of=asked.duplicate_of, occurred_at=case.at)]
