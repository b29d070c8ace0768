"""How the row of a service request follows from a fact: what each step changes, and what that does to the clocks.

It says again what the domain's own fold says, in columns and in one pass, as millions of facts are followed; a test
holds the two against each other.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from adapters.postgres.read_models.model import Fact, thing_of
from adapters.postgres.read_models.service_request_clocks import (
    charge_taken,
    first_due,
    responded,
    stopped,
    watched,
    work_completed,
    work_paused,
    work_undone,
)
from adapters.postgres.read_models.service_request_rows import ServiceRequestRow, Story
from adapters.postgres.read_models.service_request_stories import story_after
from domain.service_requests.events import (
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
from domain.service_requests.overdue import clock_of
from domain.service_requests.overdue_events import OverdueEvent, ResolutionOverdue, ResponseOverdue, TakingChargeOverdue
from domain.service_requests.request import ATTEMPTS, BETWEEN_ATTEMPTS, Status
from domain.service_requests.words import VisitOutcome

Changes = dict[str, Any]
"""Columns and what is in them now."""


def fold(row: ServiceRequestRow | None, fact: Fact) -> ServiceRequestRow:
    """Answer the row after a fact."""
    event: ServiceRequestEvent | OverdueEvent = fact.event  # type: ignore[assignment] # it follows no other
    if isinstance(event, ServiceRequestReceived):
        return _received(fact, event)
    if row is None:
        raise LookupError(f"{fact.stream} does not begin with the receipt of its request")
    match event:
        case ServiceRequestRequestRefused():
            return row
        case ResponseOverdue() | ResolutionOverdue() | TakingChargeOverdue():
            return watched(replace(row, position=fact.position, noted=(*(row.noted or ()), clock_of(event))))
        case _:
            at = event.occurred_at
            changes = _after(row, event, at, fact.position)
            changes["watch"] = changes.get("due", row.due)
            story = story_after(row.story, event)
            told = replace(row, position=fact.position, version=fact.version, last_step_at=at, story=story, **changes)
            return watched(told) if told.late or told.noted else told


def _after(row: ServiceRequestRow, event: ServiceRequestEvent, at: datetime, position: int) -> Changes:
    match event:
        case ServiceRequestDispatched(assignee=assignee):
            return {"status": Status.DISPATCHED, "assignee": assignee.subject, "assignee_name": assignee.name}
        case ServiceRequestStarted():
            return {"status": Status.IN_PROGRESS, **responded(row, at)}
        case ServiceRequestPaused(reason=reason):
            return {"status": Status.PAUSED, "paused_at": at, "pause_reason": reason, **work_paused(row, reason, at)}
        case ServiceRequestResumed(resolve_by=due):
            resumed = {"status": Status.IN_PROGRESS, "paused_at": None, "pause_reason": None, "resolve_by": due}
            return {**resumed, "resolution_due": due, "due": first_due(row, resolution_due=due)}
        case ServiceRequestCompleted():
            done = {"status": Status.COMPLETED, "was_completed": True, "was_visited": False}
            return {**done, **work_completed(row, at)}
        case ServiceRequestReplied():
            return responded(row, at)
        case ReturnVisitRecorded():
            return _visited(row, event)
        case ManagerTookCharge():
            return charge_taken(row, at)
        case ServiceRequestReopened(round=nth):
            again = {"status": Status.DISPATCHED, "round": nth, "attempts": 0, "attempted_at": None}
            return {**again, **work_undone(row)}
        case ServiceRequestClosed() | ServiceRequestReferred():
            return {"status": Status.CLOSED, **stopped(row, at)}
        case ServiceRequestMarkedDuplicate(duplicate_of=other):
            return {"status": Status.CLOSED, "duplicate_of": other, **stopped(row, at)}
        case ServiceRequestCancelled():
            return {"status": Status.CANCELLED, **stopped(row, at)}
        case ServiceRequestArchived(lesson=lesson):
            return {"archived": position, "archived_at": at, "lesson": lesson}
        case ServiceRequestSignedOff() | ServiceRequestReceived() | ServiceRequestRequestRefused():
            return {}
        case _:
            assert_never(event)


def _visited(row: ServiceRequestRow, visit: ReturnVisitRecorded) -> Changes:
    changes: Changes = {}
    if visit.rating is not None:
        rating = visit.rating
        changes |= {"rated": row.rated + 1, "rating_sum": row.rating_sum + rating, "rating": rating}
    match visit.outcome:
        case VisitOutcome.SATISFIED:
            return {**changes, "satisfied": row.satisfied + 1, "was_visited": True}
        case VisitOutcome.UNSATISFIED:
            return {**changes, "unsatisfied": row.unsatisfied + 1, "was_visited": True}
        case VisitOutcome.UNREACHABLE:
            return {**changes, **_attempted(row, visit.occurred_at)}
        case _:
            assert_never(visit.outcome)


def _attempted(row: ServiceRequestRow, at: datetime) -> Changes:
    """Count an attempt, unless it comes too soon after another."""
    if row.attempted_at is not None and at - row.attempted_at < BETWEEN_ATTEMPTS:
        return {}
    attempts = row.attempts + 1
    return {"attempts": attempts, "attempted_at": at, "was_visited": row.was_visited or attempts >= ATTEMPTS}


def _received(fact: Fact, event: ServiceRequestReceived) -> ServiceRequestRow:
    first = min(each for each in (event.respond_by, event.resolve_by, event.take_charge_by) if each is not None)
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
        status=Status.RECEIVED,
        respond_by=event.respond_by,
        resolve_by=event.resolve_by,
        take_charge_by=event.take_charge_by,
        last_step_at=event.occurred_at,
        watch=first,
        due=first,
        response_due=event.respond_by,
        resolution_due=event.resolve_by,
        story=Story(attachments=event.attachments),
    )
