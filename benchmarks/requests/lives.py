"""Lives of requests that never were, over two years up to now; every step is decided by the rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid5

from benchmarks.requests.estates import Estates
from benchmarks.requests.words import NAMES, description, result, tail, unit
from domain.kernel.identifiers import NAMESPACE, ServiceRequestId, Subject
from domain.kernel.personal import PersonName, Phone
from domain.kernel.rule_set import RuleSets
from domain.service_requests.closing import close
from domain.service_requests.events import Assignee, Reporter, ServiceRequestEvent
from domain.service_requests.filing import FileRequest, Filing, file_request
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.numbers import request_number
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.visits import RecordReturnVisit, record_visit
from domain.service_requests.words import Category, Channel, Kind, Priority, VisitOutcome
from domain.service_requests.work import CompleteWork, DispatchRequest, complete, dispatch, start

SPAN: Final = timedelta(days=730)
DESK: Final = Subject("bench-desk")

_ANY: Final = ServiceRequestId(UUID(int=0))
_SATISFIED: Final = 0.94
_FITTERS: Final = tuple(
    Assignee(subject=Subject(f"fitter-{nth}"), name=f"{name}师傅") for nth, name in enumerate(NAMES)
)
_KINDS: Final = (Kind.REPAIR, Kind.COMPLAINT, Kind.CONSULTATION, Kind.SUGGESTION)
_CATEGORIES: Final = (Category.EMERGENCY, Category.MINOR, Category.COMPLEX)
_CHANNELS: Final = (Channel.APP, Channel.HOTLINE, Channel.COUNTER, Channel.CONTROL_ROOM, Channel.HOTLINE_12345)

Decided = list[ServiceRequestEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLives:
    """The lives of requests by number: the same number is always the same life, as seen from `now`."""

    city: str
    rule_sets: RuleSets
    estates: Estates
    requests: int
    now: datetime

    def request_id(self, nth: int) -> ServiceRequestId:
        """Answer the id of a request."""
        return ServiceRequestId(uuid5(NAMESPACE, f"bench\x1frequest\x1f{nth}"))

    def life(self, nth: int) -> Iterator[Decided]:
        """Answer, step by step, what has happened to a request by now; the first ones are the oldest."""
        random = Random(nth)  # noqa: S311 - what they say needs no secrecy
        received_at = self.now - SPAN * (1 - (nth + random.random()) / self.requests)
        filed = self._filed(nth, random, received_at)
        yield filed
        yield from self._steps(random, filed, received_at)

    def _filed(self, nth: int, random: Random, at: datetime) -> Decided:
        (kind,) = random.choices(_KINDS, (70, 15, 10, 5))
        (category,) = random.choices(_CATEGORIES, (15, 65, 20)) if kind is Kind.REPAIR else (None,)
        asked = FileRequest(
            project_id=self.estates.any_of(random),
            unit=unit(random),
            kind=kind,
            category=category,
            priority=Priority.NORMAL,
            description=description(random),
            reporter=Reporter(
                name=PersonName(random.choice(NAMES) + tail(random, 1, 2)),
                phone=Phone(f"13{random.randrange(10**9):09}"),
            ),
        )
        day = self.rule_sets.today(at)
        filing = Filing(
            number=request_number(self.city, day, self.request_id(nth)),
            channel=random.choice(_CHANNELS),
            step=Step(by=DESK, now=at),
            by_reporter=False,
        )
        return file_request(None, asked, self.rule_sets.in_force_on(day), filing)

    def _steps(self, random: Random, told: Sequence[ServiceRequestEvent], at: datetime) -> Iterator[Decided]:
        """Go on with a request, mostly in time, until it is closed or now has come."""
        fitter = random.choice(_FITTERS)
        is_satisfied = random.random() < _SATISFIED
        request = SERVICE_REQUEST.fold(told)
        for minutes, taking in _ONCE if is_satisfied else _TWICE:
            at += timedelta(minutes=random.expovariate(1 / minutes))
            if at > self.now or request is None:
                return
            outcome = VisitOutcome.SATISFIED if is_satisfied or request.round > 1 else VisitOutcome.UNSATISFIED
            decided = taking(_Turn(request, Step(by=DESK, now=at), random, fitter, outcome))
            request = SERVICE_REQUEST.fold(decided, request)
            yield decided


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a step is taken with."""

    request: ServiceRequest
    step: Step
    random: Random
    fitter: Assignee
    outcome: VisitOutcome


def _dispatched(turn: _Turn) -> Decided:
    return dispatch(turn.request, DispatchRequest(request_id=_ANY, assignee=turn.fitter), turn.step)


def _started(turn: _Turn) -> Decided:
    return start(turn.request, replace(turn.step, by=turn.fitter.subject))


def _replied(turn: _Turn) -> Decided:
    if turn.request.kind is Kind.REPAIR:
        return []
    return reply(turn.request, ReplyToRequest(request_id=_ANY, text=tail(turn.random, 10, 30)), turn.step)


def _completed(turn: _Turn) -> Decided:
    work = CompleteWork(request_id=_ANY, result=result(turn.random))
    return complete(turn.request, work, replace(turn.step, by=turn.fitter.subject))


def _visited(turn: _Turn) -> Decided:
    rating = turn.random.choice((None, 3, 4, 5))
    visit = RecordReturnVisit(request_id=_ANY, outcome=turn.outcome, rating=rating)
    return record_visit(turn.request, visit, turn.step)


def _closed(turn: _Turn) -> Decided:
    return close(turn.request, turn.step)


Taking = Callable[[_Turn], Decided]

_ROUND: Final[tuple[tuple[float, Taking], ...]] = ((12, _started), (8, _replied), (600, _completed), (900, _visited))
_ONCE: Final = ((5.0, _dispatched), *_ROUND, (60.0, _closed))
_TWICE: Final = ((5.0, _dispatched), *_ROUND, *_ROUND, (60.0, _closed))
"""How many minutes each step takes on average."""
