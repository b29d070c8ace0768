"""How a request follows from its events; nothing is refused here, and no personal field is read."""

from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from domain.kernel.aggregate import Aggregate
from domain.service_requests.events import (
    STORED_NAMES,
    ManagerTookCharge,
    ReturnVisitRecorded,
    ServiceRequestArchived,
    ServiceRequestCancelled,
    ServiceRequestClosed,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestMarkedDuplicate,
    ServiceRequestPaused,
    ServiceRequestReceived,
    ServiceRequestReferred,
    ServiceRequestReopened,
    ServiceRequestReplied,
    ServiceRequestRequestRefused,
    ServiceRequestResumed,
    ServiceRequestSignedOff,
    ServiceRequestStarted,
)
from domain.service_requests.request import BETWEEN_ATTEMPTS, Charge, Pause, ServiceRequest, Status
from domain.service_requests.words import VisitOutcome


def evolve(state: ServiceRequest | None, event: ServiceRequestEvent) -> ServiceRequest:
    """Answer the request after an event."""
    if isinstance(event, ServiceRequestReceived):
        return _received(event)
    request = _there(state)
    if isinstance(event, ServiceRequestRequestRefused):
        return request
    return _after(replace(request, last_step_at=event.occurred_at), event, event.occurred_at)


def _after(request: ServiceRequest, event: ServiceRequestEvent, at: datetime) -> ServiceRequest:
    match event:
        case ServiceRequestDispatched(assignee=assignee):
            return replace(request, status=Status.DISPATCHED, assignee=assignee.subject)
        case ServiceRequestStarted():
            return _started(request, event)
        case ServiceRequestPaused(reason=reason):
            return replace(request, status=Status.PAUSED, pause=Pause(at, reason))
        case ServiceRequestResumed(resolve_by=due):
            return replace(request, status=Status.IN_PROGRESS, pause=None, resolve_by=due)
        case ServiceRequestCompleted(by=by):
            return replace(request, status=Status.COMPLETED, completed_at=at, workers=request.workers | {by})
        case ServiceRequestReplied():
            return replace(request, has_reply=True, responded_at=request.responded_at or at)
        case ReturnVisitRecorded():
            return _visited(request, event)
        case ManagerTookCharge(licence_id=licence):
            return replace(request, charge=Charge(licence, at if request.charge is None else request.charge.at))
        case ServiceRequestSignedOff():
            return replace(request, is_signed_off=True)
        case ServiceRequestClosed():
            return replace(request, status=Status.CLOSED, ended_at=at)
        case ServiceRequestReopened():
            return _reopened(request, event)
        case ServiceRequestCancelled():
            return replace(request, status=Status.CANCELLED, ended_at=at)
        case ServiceRequestReferred():
            return replace(request, status=Status.CLOSED, ended_at=at, is_referred=True)
        case ServiceRequestMarkedDuplicate(duplicate_of=other):
            return replace(request, status=Status.CLOSED, ended_at=at, duplicate_of=other)
        case ServiceRequestArchived(lesson=lesson):
            return replace(request, lesson=lesson)
        case ServiceRequestReceived() | ServiceRequestRequestRefused():
            return request
        case _:
            assert_never(event)


def _received(event: ServiceRequestReceived) -> ServiceRequest:
    return ServiceRequest(
        project_id=event.project_id,
        kind=event.kind,
        category=event.category,
        major=event.major,
        reporter=event.filed_by if event.by_reporter else None,
        rule_set=event.rule_set,
        respond_by=event.respond_by,
        resolve_by=event.resolve_by,
        take_charge_by=event.take_charge_by,
        last_step_at=event.occurred_at,
    )


def _started(request: ServiceRequest, event: ServiceRequestStarted) -> ServiceRequest:
    assigned = frozenset() if request.assignee is None else frozenset({request.assignee})
    return replace(
        request,
        status=Status.IN_PROGRESS,
        workers=request.workers | assigned | {event.by},
        responded_at=request.responded_at or event.occurred_at,
    )


def _visited(request: ServiceRequest, event: ReturnVisitRecorded) -> ServiceRequest:
    """An attempt too soon after another is on record and does not count; one that is unsatisfied reopens by itself."""
    if event.outcome is not VisitOutcome.UNREACHABLE:
        return replace(request, is_satisfied=event.outcome is VisitOutcome.SATISFIED)
    before = request.attempted_at
    if before is not None and event.occurred_at - before < BETWEEN_ATTEMPTS:
        return request
    return replace(request, attempts=request.attempts + 1, attempted_at=event.occurred_at)


def _reopened(request: ServiceRequest, event: ServiceRequestReopened) -> ServiceRequest:
    """Undo the completion, with what was to come after it; what stays is named at `ServiceRequest`."""
    return replace(
        request,
        status=Status.DISPATCHED,
        round=event.round,
        completed_at=None,
        ended_at=None,
        is_signed_off=False,
        is_satisfied=False,
        attempts=0,
        attempted_at=None,
    )


def _there(state: ServiceRequest | None) -> ServiceRequest:
    if state is None:
        raise LookupError("a request's stream begins with its receipt")
    return state


SERVICE_REQUEST: Final = Aggregate[ServiceRequest, ServiceRequestEvent](
    name="service-request", events=STORED_NAMES, evolve=evolve
)
