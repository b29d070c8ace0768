"""The work on a request: dispatched, started, paused and resumed, completed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.identifiers import AttachmentId, ServiceRequestId
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.service_requests.deadlines import moved
from domain.service_requests.events import (
    Assignee,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestPaused,
    ServiceRequestResumed,
    ServiceRequestStarted,
)
from domain.service_requests.request import ServiceRequest, Status
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pausing(Case):
    """The case of a pause."""

    reason: PauseReason | None


pause_has_a_reason: Final = Rule[Pausing](
    code="request.pause-reason-missing",
    zh="暂停须说明原因:等待住户、等待配件或不可抗力",
    en="a pause needs a reason: awaiting_resident, awaiting_parts or force_majeure",
    cites="Text 4, 每天必须做的 10; reading: time limits of repairs are kept, and what does not count is said",
    is_broken_by=lambda case: case.reason is None,
)


def dispatch(request: ServiceRequest, asked: DispatchRequest, step: Step) -> list[ServiceRequestEvent]:
    """Dispatch a request; before work starts it may be handed on, which leaves it dispatched.

    Nothing when it is dispatched to the same assignee.
    """
    if request.status is Status.DISPATCHED and request.assignee == asked.assignee.subject:
        return []
    case = taken(request, step, is_drawn=request.status in {Status.RECEIVED, Status.DISPATCHED})
    check(case, *EVERY_STEP)
    return [ServiceRequestDispatched(assignee=asked.assignee, occurred_at=case.at)]


def start(request: ServiceRequest, step: Step) -> list[ServiceRequestEvent]:
    """Start work."""
    case = taken(request, step, is_drawn=request.status is Status.DISPATCHED)
    check(case, *EVERY_STEP)
    return [ServiceRequestStarted(by=step.by, occurred_at=case.at)]


def pause(request: ServiceRequest, asked: PauseWork, step: Step) -> list[ServiceRequestEvent]:
    """Pause work; what waits already is not paused again, for whatever reason."""
    case = Pausing(
        request=request,
        step=step,
        at=step.after(request),
        is_drawn=request.status is Status.IN_PROGRESS,
        reason=asked.reason,
    )
    check(case, *EVERY_STEP, pause_has_a_reason)
    assert asked.reason is not None  # noqa: S101 - the last rule has just said so
    return [ServiceRequestPaused(reason=asked.reason, occurred_at=case.at)]


def resume(request: ServiceRequest, step: Step, rules: RuleSet) -> list[ServiceRequestEvent]:
    """Resume work, with the deadline moved by `rules`, those of the receipt."""
    case = taken(request, step, is_drawn=request.status is Status.PAUSED)
    check(case, *EVERY_STEP)
    due, ended = request.resolve_by, request.pause
    if ended is not None and ended.reason.stops_the_clock:
        due = moved(due, request.category, rules, since=ended.since, until=case.at)
    return [ServiceRequestResumed(resolve_by=due, occurred_at=case.at)]


def complete(request: ServiceRequest, asked: CompleteWork, step: Step) -> list[ServiceRequestEvent]:
    """Complete the work; what is paused is resumed first."""
    case = taken(request, step, is_drawn=request.status is Status.IN_PROGRESS)
    check(case, *EVERY_STEP)
    return [
        ServiceRequestCompleted(result=asked.result, by=step.by, attachments=asked.attachments, occurred_at=case.at)
    ]
