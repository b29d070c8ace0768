"""What comes of a report: work in time or late, pauses, visits, replies, and now and then a second round."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Final

from api.demo import complaints as words
from api.demo.invention import Invention
from api.demo.stories import CLOSES, OPENS, Act, Report, often
from application.kernel.callers import Caller
from application.use_cases import Command, Commands
from domain.service_requests.charge import SignOff, TakeCharge
from domain.service_requests.closing import CloseRequest, ReopenRequest
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.training import ArchiveTrainingCase
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit
from domain.service_requests.words import Category, Kind, PauseReason, VisitChannel, VisitOutcome
from domain.service_requests.work import CompleteWork, DispatchRequest, PauseWork, ResumeWork, StartWork

Minutes = tuple[int, int]

_TO_WORK: Final[dict[Category, tuple[Minutes, Minutes]]] = {
    Category.EMERGENCY: ((20, 240), (1_500, 2_500)),
    Category.MINOR: ((15, 240), (1_500, 2_500)),
    Category.COMPLEX: ((600, 8_000), (15_000, 22_000)),
    Category.COMPLAINT: ((60, 4_000), (10_500, 13_000)),
    Category.CONSULTATION: ((5, 120), (10_500, 11_000)),
    Category.SUGGESTION: ((60, 6_000), (10_500, 13_000)),
}
"""How many minutes the work takes, in time and late."""


class Telling:
    """Goes on drawing where a report ends; whoever looks stops at the present."""

    def __init__(self, commands: Commands, report: Report, drawn: Invention) -> None:
        self._commands = commands
        self._report = report
        self._estate = report.estate
        self._drawn = drawn
        self._at = report.at
        self._is_now = report.is_own

    def acts(self) -> Iterator[Act]:
        """Go through what was asked for, from the filing on."""
        yield self._report.act(self._commands)
        if self._often(3):
            return  # forgotten
        if not self._report.filed.major:
            ended = list(self._ended())
            if ended:
                yield from ended
                return
        yield from self._charge()
        yield from self._work(self._report.category)
        if self._report.filed.kind is Kind.REPAIR:
            yield from self._visited()
        elif self._report.filed.kind is Kind.COMPLAINT:
            yield from self._answered()
        else:
            yield self._closed()

    def duplicate_of(self, first: Report) -> Iterator[Act]:
        """Go through what is asked for of a report that is about the same as another."""
        yield self._report.act(self._commands)
        self._wait(2, 20)
        yield self._act(
            self._estate.office, self._commands.mark_duplicate, MarkDuplicate, duplicate_of=first.request_id
        )

    def _ended(self) -> Iterator[Act]:
        office = self._estate.office
        if self._often(4):
            self._wait(3, 25)
            yield self._act(office, self._commands.cancel_request, CancelRequest, reason="报修人自行解决，撤回")
        elif self._report.category in {Category.COMPLEX, Category.COMPLAINT} and self._often(8):
            self._wait(20, 600)
            refer = {"to": "市供水公司", "reason": "属市政管网，转专业单位"}
            yield self._act(office, self._commands.refer_request, ReferRequest, **refer)

    def _charge(self) -> Iterator[Act]:
        """Have a company take a major request in hand where no manager is in office; a manager comes to it later."""
        if self._report.filed.major and self._estate.in_charge is None:
            self._wait(5, 150)
            yield self._act(self._estate.office, self._commands.take_charge, TakeCharge)

    def _signed_off(self) -> Iterator[Act]:
        if not self._report.filed.major:
            return
        if (manager := self._estate.in_charge) is None:
            reason = {"reason": "项目经理空缺，由公司负责人签认"}
            yield self._act(self._estate.office, self._commands.sign_off, SignOff, **reason)
            return
        # A manager gives no times: whatever a manager does in person is done now, and so is what follows it.
        self._is_now = True
        yield self._act(manager, self._commands.take_charge, TakeCharge)
        yield self._act(manager, self._commands.sign_off, SignOff)

    def _work(self, category: Category, *, is_again: bool = False) -> Iterator[Act]:
        estate, commands = self._estate, self._commands
        if category is not Category.EMERGENCY:
            self._open()
        if not is_again:
            self._wait(1, 12)
            hands = estate.hands(self._drawn.name())
            yield self._act(estate.office, commands.dispatch_request, DispatchRequest, assignee=hands)
        self._wait(2, 15) if self._often(82) else self._wait(45, 600)
        yield self._act(estate.fitter, commands.start_work, StartWork)
        if self._often(12) and not self._is_now:
            self._wait(10, 60)
            reason = self._drawn.chance.choice(list(PauseReason))
            yield self._act(estate.fitter, commands.pause_work, PauseWork, reason=reason)
            self._wait(60, 2_880)
            yield self._act(estate.fitter, commands.resume_work, ResumeWork)
        in_time, late = _TO_WORK[category]
        self._wait(*(in_time if self._often(88) else late))
        result = self._drawn.chance.choice(words.DONE[category])
        yield self._act(estate.fitter, commands.complete_work, CompleteWork, result=result)

    def _visited(self) -> Iterator[Act]:
        """Tell of return visits: most residents are satisfied, some are not, some are never reached."""
        if self._report.is_own:
            answer = AnswerReturnVisit(request_id=self._report.request_id, satisfied=True, rating=5)
            command: Command[Any] = self._commands.answer_return_visit
            yield Act(at=self._at, by=self._estate.resident, command=command, asked=answer)
        elif self._often(4):
            return  # nobody has visited yet
        elif self._often(8):
            for _ in range(3):
                self._wait(75, 600)
                yield self._visit(VisitOutcome.UNREACHABLE)
        elif self._often(10) and not self._report.filed.major:
            yield self._visit(VisitOutcome.UNSATISFIED, note=self._drawn.chance.choice(words.REASONS_TO_REOPEN))
            yield from self._work(self._report.category, is_again=True)
            yield self._visit(VisitOutcome.SATISFIED, rating=4)
        else:
            rating = self._drawn.chance.choice((None, 3, 4, 5, 5, 5))
            yield self._visit(VisitOutcome.SATISFIED, rating=rating)
        yield from self._signed_off()
        yield self._closed()
        if self._often(4) and not self._is_now:
            self._wait(1_440, 9_000)
            reason = self._drawn.chance.choice(words.REASONS_TO_REOPEN)
            yield self._act(self._estate.office, self._commands.reopen_request, ReopenRequest, reason=reason)
            yield from self._work(self._report.category, is_again=True)
            yield self._visit(VisitOutcome.SATISFIED, rating=5)
            yield from self._signed_off()
            yield self._closed()

    def _answered(self) -> Iterator[Act]:
        """Tell of the reply to a complaint; what is to be learnt from it is kept now and then."""
        if self._often(5):
            return  # no reply yet
        self._wait(10, 600)
        chance, office = self._drawn.chance, self._estate.office
        yield self._act(office, self._commands.reply_to_request, ReplyToRequest, text=chance.choice(words.REPLIES))
        yield from self._signed_off()
        yield self._closed()
        if self._often(30):
            self._wait(1_440, 9_000)
            lesson = chance.choice(words.LESSONS)
            yield self._act(office, self._commands.archive_training_case, ArchiveTrainingCase, lesson=lesson)

    def _visit(self, outcome: VisitOutcome, **said: Any) -> Act:  # noqa: ANN401 - whatever a visit says
        self._wait(60, 2_000)
        self._open()
        command = self._commands.record_return_visit
        said = {"outcome": outcome, "channel": VisitChannel.PHONE, **said}
        return self._act(self._estate.visitor, command, RecordReturnVisit, **said)

    def _closed(self) -> Act:
        self._wait(1, 60)
        return self._act(self._estate.office, self._commands.close_request, CloseRequest)

    def _act(self, by: Caller, command: Command[Any], ask: Any, **said: Any) -> Act:  # noqa: ANN401 - each command has its own question
        at = None if self._is_now else self._at
        asked = ask(request_id=self._report.request_id, occurred_at=at, **said)
        return Act(at=self._at, by=by, command=command, asked=asked)

    def _wait(self, least: int, most: int) -> None:
        if not self._is_now:
            self._at += timedelta(minutes=self._drawn.chance.randrange(least, most))

    def _open(self) -> None:
        """Wait for service hours."""
        if self._is_now or OPENS <= self._at.hour < CLOSES:
            return
        day = self._at.date() + timedelta(days=self._at.hour >= CLOSES)
        self._at = datetime.combine(day, time(OPENS, 5), self._at.tzinfo)

    def _often(self, percent: int) -> bool:
        return often(self._drawn, percent)
