"""What was said and done about a service request, as its page tells it."""

from dataclasses import replace

from adapters.postgres.read_models.service_request_rows import Story
from application.service_requests.pages import (
    CancellationShown,
    ChargeShown,
    ReferralShown,
    ReopeningShown,
    ReplyShown,
    ReturnVisitShown,
    SignOffShown,
)
from domain.service_requests.events import (
    ManagerTookCharge,
    ReturnVisitRecorded,
    ServiceRequestCancelled,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestReferred,
    ServiceRequestReopened,
    ServiceRequestReplied,
    ServiceRequestSignedOff,
    ServiceRequestStarted,
)


def story_after(story: Story, event: ServiceRequestEvent) -> Story:
    """Answer the story after an event; what belongs to a round of work begins anew with the next."""
    match event:
        case ServiceRequestDispatched(occurred_at=at):
            return replace(story, dispatched_at=at)
        case ServiceRequestStarted(occurred_at=at):
            return replace(story, started_at=at)
        case ServiceRequestCompleted(attachments=attachments):
            return replace(story, result_attachments=attachments)
        case ServiceRequestReplied(text=text, occurred_at=at):
            return replace(story, replies=(*story.replies, ReplyShown(text=text, at=at)))
        case ReturnVisitRecorded():
            return replace(story, visits=(*story.visits, _visit(event)))
        case ManagerTookCharge(licence_id=licence, by=by, occurred_at=at):
            return replace(story, charge=ChargeShown(licence_id=licence, by=by, at=at))
        case ServiceRequestSignedOff(licence_id=licence, by=by, reason=reason, occurred_at=at):
            return replace(story, sign_off=SignOffShown(licence_id=licence, by=by, reason=reason, at=at))
        case ServiceRequestReopened(round=nth, reason=reason, occurred_at=at):
            reopenings = (*story.reopenings, ReopeningShown(round=nth, reason=reason, at=at))
            return replace(story, reopenings=reopenings, started_at=None, result_attachments=(), sign_off=None)
        case ServiceRequestReferred(to=to, reason=reason, occurred_at=at):
            return replace(story, referral=ReferralShown(to=to, reason=reason, at=at))
        case ServiceRequestCancelled(reason=reason, occurred_at=at):
            return replace(story, cancellation=CancellationShown(reason=reason, at=at))
        case _:
            return story


def _visit(visit: ReturnVisitRecorded) -> ReturnVisitShown:
    return ReturnVisitShown(
        outcome=visit.outcome,
        channel=visit.channel,
        rating=visit.rating,
        note=visit.note,
        by=None if visit.by_reporter else visit.by,
        by_reporter=visit.by_reporter,
        at=visit.occurred_at,
    )
