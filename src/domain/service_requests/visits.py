"""Return visits (回访): every repair gets one, by somebody who did not do the work (Text 4, 六(一))."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import Rule, check
from domain.service_requests.closing import reopened
from domain.service_requests.events import ReturnVisitRecorded, ServiceRequestEvent
from domain.service_requests.request import BEFORE_COMPLETION, ServiceRequest
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken
from domain.service_requests.words import VisitChannel, VisitOutcome

RATINGS: Final = range(1, 6)
UNSATISFIED: Final = "回访不满意"
"""The reason of a reopening that the visitor did not word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturnVisit:
    """Record what came of asking the resident; a rating is 1 to 5."""

    request_id: ServiceRequestId
    outcome: VisitOutcome
    channel: VisitChannel | None = None
    rating: int | None = None
    note: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReturnVisit:
    """Answer as the resident who reported it; it counts as a visit."""

    request_id: ServiceRequestId
    satisfied: bool
    rating: int | None = None


visit_is_valid: Final = Rule[Case](
    code="request.return-visit-not-valid",
    zh="完工之前的回访,或由承办人、开工人、完工人所作的回访,不算回访",
    en="a return visit before completion, or by the assignee, the starter or the completer, does not count",
    cites="Text 4 六(一)1; reading: nobody looks after their own work",
    is_broken_by=lambda case: case.request.status in BEFORE_COMPLETION or case.step.by in case.request.workers,
)


def record_visit(request: ServiceRequest, asked: RecordReturnVisit, step: Step) -> list[ServiceRequestEvent]:
    """Record a visit; an unsatisfied one reopens the request.

    Raises: RulesBroken; Unacceptable for a rating out of bounds, or by somebody who was not reached.
    """
    _acceptable(asked.rating)
    if asked.outcome is VisitOutcome.UNREACHABLE and asked.rating is not None:
        raise Unacceptable("/rating", zh="未联系到住户时不填", en="cannot come from somebody who was not reached")
    return _visited(request, asked, step, by_reporter=False)


def answer_visit(request: ServiceRequest, asked: AnswerReturnVisit, step: Step) -> list[ServiceRequestEvent]:
    """Record the resident's own answer as a visit.

    Raises: RulesBroken; Unacceptable for a rating out of bounds.
    """
    _acceptable(asked.rating)
    visit = RecordReturnVisit(
        request_id=asked.request_id,
        outcome=VisitOutcome.SATISFIED if asked.satisfied else VisitOutcome.UNSATISFIED,
        rating=asked.rating,
    )
    return _visited(request, visit, step, by_reporter=True)


def _visited(
    request: ServiceRequest, visit: RecordReturnVisit, step: Step, *, by_reporter: bool
) -> list[ServiceRequestEvent]:
    # A visit that comes too early is drawn nowhere either, and has a rule with a name of its own.
    case = taken(request, step, is_drawn=not request.has_ended)
    check(case, *EVERY_STEP, visit_is_valid)
    recorded = ReturnVisitRecorded(
        outcome=visit.outcome,
        channel=visit.channel,
        rating=visit.rating,
        note=visit.note,
        by=step.by,
        by_reporter=by_reporter,
        occurred_at=case.at,
    )
    if visit.outcome is not VisitOutcome.UNSATISFIED:
        return [recorded]
    return [recorded, reopened(request, visit.note or UNSATISFIED, case.at)]


def _acceptable(rating: int | None) -> None:
    if rating is not None and rating not in RATINGS:
        raise Unacceptable("/rating", zh="必须在 1 与 5 之间", en="must be between 1 and 5")
