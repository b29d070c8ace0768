"""How the row of a service request follows from a fact: the domain's own fold says where it stands."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from adapters.postgres.read_models.model import Fact, thing_of
from adapters.postgres.read_models.service_request_rows import ServiceRequestRow, Story, standing
from adapters.postgres.read_models.service_request_stories import story_after
from domain.service_requests.clocks import overdue
from domain.service_requests.events import (
    ReturnVisitRecorded,
    ServiceRequestArchived,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestReceived,
)
from domain.service_requests.folding import evolve
from domain.service_requests.request import ATTEMPTS, Clock, ServiceRequest
from domain.service_requests.words import VisitOutcome


def fold(row: ServiceRequestRow | None, fact: Fact) -> ServiceRequestRow:
    """Answer the row after a fact."""
    event: ServiceRequestEvent = fact.event  # type: ignore[assignment] # it follows no other
    if isinstance(event, ServiceRequestReceived):
        return _received(fact, event)
    if row is None:
        raise LookupError(f"{fact.stream} does not begin with the receipt of its request")
    request = evolve(standing(row), event)
    told = replace(row, version=fact.version, story=story_after(row.story, event), **_standing(request))
    match event:
        case ServiceRequestDispatched(assignee=assignee):
            return replace(told, assignee_name=assignee.name)
        case ServiceRequestCompleted():
            return replace(told, was_completed=True, was_visited=False)
        case ReturnVisitRecorded():
            return _visited(told, event)
        case ServiceRequestArchived(lesson=lesson, occurred_at=at):
            return replace(told, archived=fact.position, archived_at=at, lesson=lesson)
        case _:
            return told


def _received(fact: Fact, event: ServiceRequestReceived) -> ServiceRequestRow:
    return ServiceRequestRow(
        id=thing_of(fact.stream),
        position=fact.position,
        received=fact.position,
        version=fact.version,
        project_id=event.project_id,
        received_at=event.occurred_at,
        kind=event.kind,
        category=event.category,
        priority=event.priority,
        major=event.major,
        channel=event.channel,
        zone=event.zone,
        reference=event.reference,
        rule_set=event.rule_set,
        reporter=event.reporter.name.masked,
        reported_by=event.filed_by if event.by_reporter else None,
        assignee_name=None,
        was_completed=False,
        was_visited=False,
        satisfied=0,
        unsatisfied=0,
        rated=0,
        rating_sum=0,
        rating=None,
        archived=None,
        archived_at=None,
        lesson=None,
        story=Story(attachments=event.attachments),
        **_standing(evolve(None, event)),
    )


def _visited(row: ServiceRequestRow, visit: ReturnVisitRecorded) -> ServiceRequestRow:
    given = visit.rating
    return replace(
        row,
        was_visited=row.was_visited or visit.outcome is not VisitOutcome.UNREACHABLE or row.attempts >= ATTEMPTS,
        satisfied=row.satisfied + (visit.outcome is VisitOutcome.SATISFIED),
        unsatisfied=row.unsatisfied + (visit.outcome is VisitOutcome.UNSATISFIED),
        rated=row.rated + (given is not None),
        rating_sum=row.rating_sum + (given or 0),
        rating=row.rating if given is None else given,
    )


def _standing(request: ServiceRequest) -> dict[str, Any]:
    """Answer the columns that say where a request stands."""
    pause, charge = request.pause, request.charge
    late = {missed.clock for missed in overdue(request, request.last_step_at)}
    response, resolution, charging = running(request)
    return {
        "status": request.status,
        "assignee": request.assignee,
        "respond_by": request.respond_by,
        "resolve_by": request.resolve_by,
        "take_charge_by": request.take_charge_by,
        "responded_at": request.responded_at,
        "completed_at": request.completed_at,
        "ended_at": request.ended_at,
        "charged_at": None if charge is None else charge.at,
        "paused_at": None if pause is None else pause.since,
        "pause_reason": None if pause is None else pause.reason,
        "last_step_at": request.last_step_at,
        "round": request.round,
        "missed": request.missed or None,
        "attempts": request.attempts,
        "attempted_at": request.attempted_at,
        "duplicate_of": request.duplicate_of,
        "late": bool(late),
        "due": min((due for due in (response, resolution, charging) if due is not None), default=None),
        "late_response": Clock.RESPONSE in late,
        "response_due": response,
        "late_resolution": Clock.RESOLUTION in late,
        "resolution_due": resolution,
    }


def running(request: ServiceRequest) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Answer the deadlines whose clocks still run: to respond, to resolve, to take charge."""
    if request.ended_at is not None:
        return None, None, None
    pause = request.pause
    stands_still = pause is not None and pause.reason.stops_the_clock
    return (
        request.respond_by if request.responded_at is None else None,
        request.resolve_by if request.completed_at is None and not stands_still else None,
        request.take_charge_by if request.charge is None else None,
    )
