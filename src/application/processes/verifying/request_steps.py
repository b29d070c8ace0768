"""Every step of a service request judged again, on the state that it was made on; one request at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, assert_never
from uuid import UUID

from domain.kernel.errors import Unacceptable, existing
from domain.kernel.identifiers import ServiceRequestId, Subject
from domain.kernel.rule_set import RuleSet, RuleSets
from domain.kernel.rules import RulesBroken
from domain.service_requests.charge import SignOff, sign_off, take_charge
from domain.service_requests.closing import ReopenRequest, close, reopen
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest, cancel, mark_duplicate, refer
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
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE, Noted, clock_of
from domain.service_requests.overdue_events import OverdueEvent
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.training import ArchiveTrainingCase, archive_case
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit, answer_visit, record_visit
from domain.service_requests.words import VisitOutcome
from domain.service_requests.work import (
    CompleteWork,
    DispatchRequest,
    PauseWork,
    complete,
    dispatch,
    pause,
    resume,
    start,
)

Judge = Callable[[Any, Any], Iterator[str]]
"""Says what is wrong with an event, given the state of its stream before it."""

_ANY: Final = ServiceRequestId(UUID(int=0))
_SOMEBODY: Final = Subject("")
"""Where it does not matter to a rule who said so."""


def judges(rule_sets: RuleSets) -> Mapping[str, Judge]:
    """Answer who judges the streams of requests, and of what was overdue of them, by the names of their aggregates."""
    return {
        SERVICE_REQUEST.name: lambda before, event: steps_stand(rule_sets, before, event),
        OVERDUE.name: nothing_is_noted_twice,
    }


def steps_stand(rule_sets: RuleSets, before: ServiceRequest | None, event: ServiceRequestEvent) -> Iterator[str]:
    """A step breaks no rule, does something, and moves the deadline only as the rule set of the receipt says."""
    if isinstance(event, ServiceRequestReceived):
        if before is not None:
            yield "received twice"
        return
    request = existing(before)
    try:
        decided = _decided(request, event, existing(rule_sets.version(request.rule_set)))
    except (RulesBroken, Unacceptable) as refusal:
        yield f"breaks its rules: {refusal}"
    else:
        if not decided:
            yield "is a step that was taken before"
        elif decided[0] != event:
            yield "is not what the rules make of it"


def nothing_is_noted_twice(before: Noted | None, event: OverdueEvent) -> Iterator[str]:
    """Each clock is noted as overdue once."""
    if clock_of(event) in (before or frozenset()):
        yield "was noted before"


def _decided(  # noqa: C901, PLR0911, PLR0912 - one match over every event, closed by assert_never
    request: ServiceRequest, event: ServiceRequestEvent, rules: RuleSet
) -> Sequence[ServiceRequestEvent]:
    match event:
        case ServiceRequestDispatched():
            return dispatch(request, DispatchRequest(request_id=_ANY, assignee=event.assignee), _step(event))
        case ServiceRequestStarted():
            return start(request, _step(event, event.by))
        case ServiceRequestPaused():
            return pause(request, PauseWork(request_id=_ANY, reason=event.reason), _step(event))
        case ServiceRequestResumed():
            return resume(request, _step(event), rules)
        case ServiceRequestCompleted():
            work = CompleteWork(request_id=_ANY, result=event.result, attachments=event.attachments)
            return complete(request, work, _step(event, event.by))
        case ServiceRequestReplied():
            return reply(request, ReplyToRequest(request_id=_ANY, text=event.text), _step(event))
        case ReturnVisitRecorded():
            return _visited(request, event)
        case ManagerTookCharge():
            return take_charge(request, _step(event, event.by), event.licence_id)
        case ServiceRequestSignedOff():
            asked = SignOff(request_id=_ANY, reason=event.reason)
            return sign_off(request, asked, _step(event, event.by), event.licence_id)
        case ServiceRequestClosed():
            return close(request, _step(event))
        case ServiceRequestReopened():
            return reopen(request, ReopenRequest(request_id=_ANY, reason=event.reason), _step(event))
        case ServiceRequestCancelled():
            return cancel(request, CancelRequest(request_id=_ANY, reason=event.reason), _step(event))
        case ServiceRequestReferred():
            return refer(request, ReferRequest(request_id=_ANY, to=event.to, reason=event.reason), _step(event))
        case ServiceRequestMarkedDuplicate():
            # The other request is in another stream: here the request stands in for it.
            twin = MarkDuplicate(request_id=_ANY, duplicate_of=event.duplicate_of)
            return mark_duplicate(request, twin, _step(event), request)
        case ServiceRequestArchived():
            return archive_case(request, ArchiveTrainingCase(request_id=_ANY, lesson=event.lesson), _step(event))
        case ServiceRequestReceived() | ServiceRequestRequestRefused():
            return [event]
        case _:
            assert_never(event)


def _visited(request: ServiceRequest, event: ReturnVisitRecorded) -> Sequence[ServiceRequestEvent]:
    if event.by_reporter:
        answer = AnswerReturnVisit(
            request_id=_ANY, satisfied=event.outcome is VisitOutcome.SATISFIED, rating=event.rating
        )
        return answer_visit(request, answer, _step(event, event.by))
    visit = RecordReturnVisit(
        request_id=_ANY, outcome=event.outcome, channel=event.channel, rating=event.rating, note=event.note
    )
    return record_visit(request, visit, _step(event, event.by))


def _step(event: Any, by: Subject = _SOMEBODY) -> Step:  # noqa: ANN401 - any event that is a step
    return Step(by=by, now=event.occurred_at, given=event.occurred_at)
