"""Whole lives of service requests, as decisions let them be: what read models must be able to follow."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from domain.kernel.errors import Unacceptable
from domain.kernel.rules import RulesBroken
from domain.service_requests.charge import SignOff, sign_off, take_charge
from domain.service_requests.closing import ReopenRequest, close, reopen
from domain.service_requests.deadlines import deadlines, take_charge_by
from domain.service_requests.ending import CancelRequest, ReferRequest, cancel, refer
from domain.service_requests.events import ServiceRequestEvent, ServiceRequestReceived
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.training import ArchiveTrainingCase, archive_case
from domain.service_requests.visits import RecordReturnVisit, record_visit
from domain.service_requests.words import REPAIRS, Category, Kind, PauseReason, VisitOutcome
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
from tests.domain.rule_sets import DEFAULT
from tests.domain.service_requests.builders import DESK, FITTER, LEAK, NOON, TO_FITTER, TO_PLUMBER, ZHANG, received

Decide = Callable[[ServiceRequest, datetime], Sequence[ServiceRequestEvent]]


def _step(now: datetime, by: object = DESK) -> Step:
    return Step(by=DESK if by is DESK else FITTER, now=now)


def _pausing(reason: PauseReason) -> Decide:
    return lambda held, now: pause(held, PauseWork(request_id=LEAK, reason=reason), _step(now))


def _visiting(outcome: VisitOutcome, rating: int | None = None) -> Decide:
    asked = RecordReturnVisit(request_id=LEAK, outcome=outcome, rating=rating)
    return lambda held, now: record_visit(held, asked, _step(now))


_TO_WORK: Final[tuple[Decide, ...]] = (
    lambda held, now: dispatch(held, DispatchRequest(request_id=LEAK, assignee=TO_FITTER), _step(now)),
    lambda held, now: start(held, _step(now, FITTER)),
)
_TO_COMPLETION: Final[tuple[Decide, ...]] = (
    *_TO_WORK,
    lambda held, now: complete(held, CompleteWork(request_id=LEAK, result="已修好"), _step(now, FITTER)),
)
_TO_CLOSURE: Final[tuple[Decide, ...]] = (
    *_TO_COMPLETION,
    _visiting(VisitOutcome.SATISFIED, 5),
    lambda held, now: reply(held, ReplyToRequest(request_id=LEAK, text="已答复"), _step(now)),
    lambda held, now: sign_off(held, SignOff(request_id=LEAK, reason="代签"), _step(now), None),
    lambda held, now: close(held, _step(now)),
)
_TO_REOPENING: Final[tuple[Decide, ...]] = (
    *_TO_CLOSURE,
    lambda held, now: reopen(held, ReopenRequest(request_id=LEAK, reason="又漏了"), _step(now)),
)
_STEPS: Final[tuple[Decide, ...]] = (
    *_TO_REOPENING,
    lambda held, now: dispatch(held, DispatchRequest(request_id=LEAK, assignee=TO_PLUMBER), _step(now)),
    *(_pausing(reason) for reason in PauseReason),
    lambda held, now: resume(held, _step(now), DEFAULT),
    _visiting(VisitOutcome.UNSATISFIED, 1),
    _visiting(VisitOutcome.UNREACHABLE),
    lambda held, now: take_charge(held, _step(now), ZHANG),
    lambda held, now: cancel(held, CancelRequest(request_id=LEAK, reason="自行修好"), _step(now)),
    lambda held, now: refer(held, ReferRequest(request_id=LEAK, to="供水公司", reason="市政管网"), _step(now)),
    lambda held, now: archive_case(held, ArchiveTrainingCase(request_id=LEAK, lesson="先止水"), _step(now)),
)
_BEGINNINGS: Final[tuple[tuple[Decide, ...], ...]] = (
    (),
    (*_TO_WORK, _pausing(PauseReason.FORCE_MAJEURE)),
    _TO_COMPLETION,
    _TO_CLOSURE,
    _TO_REOPENING,
    (*_TO_REOPENING, *_TO_WORK, _pausing(PauseReason.AWAITING_PARTS)),
    (*_TO_REOPENING, *_TO_WORK, _pausing(PauseReason.AWAITING_RESIDENT)),
)


@st.composite
def lives(draw: st.DrawFn) -> list[ServiceRequestEvent]:
    """What a request may live through: whatever is asked at any time, as far as the rules allow it.

    Many have come some way before anything may be asked, or hardly any would ever be closed or reopened.
    """
    first = _received(draw(st.sampled_from(Category)), major=draw(st.booleans()))
    asked = [(decide, draw(st.integers(0, 90))) for decide in draw(st.sampled_from(_BEGINNINGS))]
    asked += draw(st.lists(st.tuples(st.sampled_from(_STEPS), st.integers(0, 2_000)), max_size=25))
    life: list[ServiceRequestEvent] = [first]
    held = SERVICE_REQUEST.fold(life)
    now = first.occurred_at
    for decide, minutes in asked:
        now += timedelta(minutes=minutes)
        assert held is not None
        try:
            decided = decide(held, now)
        except (RulesBroken, Unacceptable):
            continue
        life += decided
        held = SERVICE_REQUEST.fold(decided, held)
    return life


def _received(category: Category, *, major: bool) -> ServiceRequestReceived:
    due = deadlines(category, NOON, DEFAULT)
    return received(
        kind=Kind.REPAIR if category in REPAIRS else Kind(category),
        category=category,
        major=major,
        rule_set=DEFAULT.version,
        respond_by=due.respond_by,
        resolve_by=due.resolve_by,
        take_charge_by=take_charge_by(NOON, DEFAULT) if major else None,
    )
