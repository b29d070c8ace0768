"""Whatever is said of a request in whatever order, it stands as on paper, and as late."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.kernel.identifiers import LicenceId, ServiceRequestNumber, Subject
from domain.kernel.rules import RulesBroken
from domain.service_requests.charge import SignOff, sign_off, take_charge
from domain.service_requests.clocks import overdue
from domain.service_requests.closing import ReopenRequest, close, reopen
from domain.service_requests.ending import (
    CancelRequest,
    MarkDuplicate,
    ReferRequest,
    cancel,
    mark_duplicate,
    refer,
)
from domain.service_requests.events import Assignee, ServiceRequestEvent
from domain.service_requests.filing import FileRequest, Filing, file_request
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.training import ArchiveTrainingCase, archive_case
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit, answer_visit, record_visit
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority, VisitOutcome
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
from tests.domain.service_requests.builders import (
    ESTATE,
    LEAK,
    LI,
    NOON,
    OTHER_LEAK,
    REPORTER,
    RESIDENT,
    ZHANG,
    received,
    state,
)
from tests.domain.service_requests.plain_model import NOTHING, RESOLVE, RESPOND, PlainRequest

PEOPLE = st.sampled_from([Subject("fitter"), Subject("plumber"), Subject("desk")])
MANAGERS = st.sampled_from([ZHANG, ZHANG, LI])
OUTCOMES = st.sampled_from([*VisitOutcome, VisitOutcome.UNREACHABLE, VisitOutcome.SATISFIED])
WAITS: Final = st.sampled_from([0, 1, 29, 30, 31, 59, 60, 61, 23 * 60, 24 * 60 + 1, 3 * 24 * 60])
CATEGORIES: Final = {
    Kind.REPAIR: Category.EMERGENCY,
    Kind.COMPLAINT: Category.COMPLAINT,
    Kind.SUGGESTION: Category.SUGGESTION,
}
PLACES: Final = {"in progress": "in_progress"}
OTHER: Final = state(received())


class RequestLife(RuleBasedStateMachine):
    """A request, kept by decisions and a fold on one side and on a sheet of paper on the other."""

    request: ServiceRequest
    plain: PlainRequest
    now: datetime = NOON

    @initialize(kind=st.sampled_from(sorted(CATEGORIES)), major=st.booleans())
    def file(self, kind: Kind, major: bool) -> None:
        asked = FileRequest(
            project_id=ESTATE,
            unit="3-2-501",
            kind=kind,
            category=CATEGORIES[kind],
            priority=Priority.NORMAL,
            description="厨房水管漏水",
            reporter=REPORTER,
            major=major,
        )
        filing = Filing(
            number=ServiceRequestNumber("SR-1"),
            channel=Channel.APP,
            step=Step(by=RESIDENT, now=self.now),
            by_reporter=True,
        )
        self.request = state(*file_request(None, asked, DEFAULT, filing))
        self.plain = PlainRequest(kind=kind, category=CATEGORIES[kind], major=major, began=self.now)

    @rule(minutes=WAITS)
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(which=st.sampled_from(["respond_by", "resolve_by", "take_charge_by"]), minutes=st.sampled_from([0, 1]))
    def time_is_up(self, which: str, minutes: int) -> None:
        """Come to the very instant of a deadline, or to the minute after it."""
        due: datetime | None = getattr(self.request, which)
        if due is not None:
            self.now = max(self.now, due + timedelta(minutes=minutes))

    @rule(to=PEOPLE)
    def dispatch(self, to: Subject) -> None:
        asked = DispatchRequest(request_id=LEAK, assignee=Assignee(subject=to, name="李师傅"))
        self.both(lambda: dispatch(self.request, asked, self.said()), lambda: self.plain.dispatch(to, self.now))

    @rule(by=PEOPLE)
    def start(self, by: Subject) -> None:
        self.both(lambda: start(self.request, self.said(by)), lambda: self.plain.start(by, self.now))

    @rule(reason=st.none() | st.sampled_from(PauseReason))
    def pause(self, reason: PauseReason | None) -> None:
        asked = PauseWork(request_id=LEAK, reason=reason)
        self.both(lambda: pause(self.request, asked, self.said()), lambda: self.plain.pause(reason, self.now))

    @rule()
    def resume(self) -> None:
        self.both(lambda: resume(self.request, self.said(), DEFAULT), lambda: self.plain.resume(self.now))

    @rule(by=PEOPLE)
    def complete(self, by: Subject) -> None:
        asked = CompleteWork(request_id=LEAK, result="已修")
        self.both(lambda: complete(self.request, asked, self.said(by)), lambda: self.plain.complete(by, self.now))

    @rule(by=PEOPLE)
    def work_off(self, by: Subject) -> None:
        """Go all the way at once, which chance alone would seldom do."""
        self.dispatch(by)
        self.start(by)
        self.resume()
        self.complete(by)

    @rule(reason=st.sampled_from(PauseReason), minutes=WAITS)
    def wait_at_work(self, reason: PauseReason, minutes: int) -> None:
        self.dispatch(Subject("fitter"))
        self.start(Subject("fitter"))
        self.pause(reason)
        self.time_passes(minutes)
        self.resume()

    @rule(gaps=st.lists(st.sampled_from([59, 60, 60, 60, 61]), min_size=1, max_size=4))
    def try_to_reach(self, gaps: list[int]) -> None:
        for gap in gaps:
            self.visit(VisitOutcome.UNREACHABLE, Subject("caller"))
            self.time_passes(gap)
        self.close()

    @rule()
    def reply(self) -> None:
        asked = ReplyToRequest(request_id=LEAK, text="已安排")
        self.both(lambda: reply(self.request, asked, self.said()), lambda: self.plain.reply(self.now))

    @rule(outcome=OUTCOMES, by=PEOPLE)
    def visit(self, outcome: VisitOutcome, by: Subject) -> None:
        asked = RecordReturnVisit(request_id=LEAK, outcome=outcome)
        self.both(
            lambda: record_visit(self.request, asked, self.said(by)),
            lambda: self.plain.visit(outcome, by, self.now),
        )

    @rule(satisfied=st.booleans())
    def answer(self, satisfied: bool) -> None:
        asked = AnswerReturnVisit(request_id=LEAK, satisfied=satisfied)
        self.both(
            lambda: answer_visit(self.request, asked, self.said(RESIDENT)),
            lambda: self.plain.visit("satisfied" if satisfied else "unsatisfied", RESIDENT, self.now),
        )

    @rule(manager=MANAGERS)
    def take_charge(self, manager: LicenceId) -> None:
        self.both(
            lambda: take_charge(self.request, self.said(), manager),
            lambda: self.plain.take_charge(str(manager), self.now),
        )

    @rule(manager=MANAGERS)
    def sign_off(self, manager: LicenceId) -> None:
        self.both(
            lambda: sign_off(self.request, SignOff(request_id=LEAK), self.said(), manager),
            lambda: self.plain.sign_off(str(manager), self.now),
        )

    @rule()
    def close(self) -> None:
        self.both(lambda: close(self.request, self.said()), lambda: self.plain.close(self.now))

    @rule()
    def reopen(self) -> None:
        asked = ReopenRequest(request_id=LEAK, reason="又漏了")
        self.both(lambda: reopen(self.request, asked, self.said()), lambda: self.plain.reopen(self.now))

    @rule()
    def cancel(self) -> None:
        asked = CancelRequest(request_id=LEAK, reason="自行修好")
        self.both(lambda: cancel(self.request, asked, self.said()), lambda: self.plain.cancel(self.now))

    @rule(seldom=st.integers(0, 4))
    def end_otherwise(self, seldom: int) -> None:
        if seldom == 0:
            asked = ReferRequest(request_id=LEAK, to="供水公司", reason="市政管网")
            self.both(lambda: refer(self.request, asked, self.said()), lambda: self.plain.refer(self.now))
        elif seldom == 1:
            twin = MarkDuplicate(request_id=LEAK, duplicate_of=OTHER_LEAK)
            self.both(
                lambda: mark_duplicate(self.request, twin, self.said(), OTHER), lambda: self.plain.double(self.now)
            )

    @rule(lesson=st.sampled_from(["先止水", "后维修"]))
    def archive(self, lesson: str) -> None:
        asked = ArchiveTrainingCase(request_id=LEAK, lesson=lesson)
        self.both(lambda: archive_case(self.request, asked, self.said()), lambda: self.plain.archive(lesson, self.now))

    @invariant()
    def they_stand_alike(self) -> None:
        plain, request = self.plain, self.request
        assert request.status == PLACES.get(plain.place, plain.place)
        assert request.assignee == plain.assignee
        assert request.workers == plain.workers
        assert request.round == len(plain.rounds)
        assert request.last_step_at == plain.last
        assert request.ended_at == plain.ended
        assert request.responded_at == plain.answered
        assert request.completed_at == plain.now_round.finished
        assert (None if request.charge is None else request.charge.at) == plain.charge_taken

    @invariant()
    def they_are_late_alike(self) -> None:
        found = overdue(self.request, self.now)
        assert {missed.clock.value for missed in found} == self.plain.late(self.now)
        assert len(found) == len({missed.clock for missed in found})

    @invariant()
    def deadlines_are_those_of_the_receipt_moved_by_what_was_waited(self) -> None:
        plain, request = self.plain, self.request
        assert request.respond_by == plain.began + RESPOND[plain.category]
        # A deadline that had passed when somebody began to wait has not moved since.
        allowed = plain.began + RESOLVE[plain.category]
        assert allowed <= request.resolve_by <= allowed + plain.waited

    def said(self, by: Subject = Subject("desk")) -> Step:  # noqa: B008 - a constant
        return Step(by=by, now=self.now)

    def both(self, decide: Callable[[], Sequence[ServiceRequestEvent]], write: Callable[[], frozenset[str]]) -> None:
        assert self.decided(decide) == write()

    def decided(self, decide: Callable[[], Sequence[ServiceRequestEvent]]) -> frozenset[str]:
        """Fold what is decided; answer the codes of a refusal, or that there was nothing to do."""
        try:
            events = decide()
        except RulesBroken as refusal:
            return frozenset(rule.code for rule in refusal.broken)
        folded = SERVICE_REQUEST.fold(events, self.request)
        assert folded is not None
        self.request = folded
        return frozenset() if events else NOTHING


RequestLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestRequestLife = RequestLife.TestCase
