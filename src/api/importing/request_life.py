"""The steps of a request's life as a row tells them; what the row does not say was not so.

A repair without a return visit waits for one, a complaint without a reply for a reply, whatever the table calls closed.
Work whose beginning nobody wrote down began when it is known to have been done, so that no response is made up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.importing.request_cells import Cells, Written
from api.importing.request_mapping import Stands
from domain.kernel.identifiers import ServiceRequestId, Subject
from domain.service_requests.closing import CloseRequest
from domain.service_requests.ending import CancelRequest, ReferRequest
from domain.service_requests.events import Assignee
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.visits import RecordReturnVisit
from domain.service_requests.words import Kind, VisitOutcome
from domain.service_requests.work import CompleteWork, DispatchRequest, StartWork

Step = (
    DispatchRequest
    | StartWork
    | CompleteWork
    | ReplyToRequest
    | RecordReturnVisit
    | CloseRequest
    | ReferRequest
    | CancelRequest
)

_WORKED_OFF: Final = frozenset({Stands.COMPLETED, Stands.CLOSED})
_STARTED: Final = _WORKED_OFF | {Stands.IN_PROGRESS}
_DISPATCHED: Final = _STARTED | {Stands.DISPATCHED}
_TOLD_IN: Final[dict[type[Step], str]] = {
    DispatchRequest: "dispatched_at",
    StartWork: "started_at",
    ReplyToRequest: "replied_at",
    RecordReturnVisit: "visited_at",
    CloseRequest: "closed_at",
}
"""In which field each step's own time is told; else, and where that is empty, it is that of the completion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When each step was, None where the row does not say."""

    dispatched_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    replied_at: datetime | None
    visited_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def of(cls, cells: Cells, received_at: datetime | None) -> "Times":
        """Read the times of a row."""
        return cls(**{name: cells.time(name, after=received_at) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a row tells of a request besides how it was reported."""

    cells: Cells
    request_id: ServiceRequestId
    kind: Kind
    written: Written
    stands: Stands
    times: Times

    def steps(self, received_at: datetime, now: datetime) -> Sequence[Step]:
        """Answer the steps in their order; whatever cannot be is noted with the cells, before any step is taken."""
        work = list(self._ended() if self.stands in {Stands.REFERRED, Stands.CANCELLED} else self._work())
        visit = self._visit()
        steps: list[Step] = [*work, *([] if visit is None else [visit])]
        for reply in self._reply():
            later = (nth for nth, step in enumerate(steps) if _at(step) > _at(reply))
            steps.insert(next(later, len(steps)), reply)
        if self.stands is Stands.CLOSED and self._was_looked_after(visit):
            steps.append(CloseRequest(request_id=self.request_id, occurred_at=self.times.closed_at or _last(steps)))
        self._judge(steps, received_at, now)
        return steps

    def _work(self) -> Iterator[Step]:
        times = self.times
        completed_at = self._needed("completed_at") if self.stands in _WORKED_OFF else None
        started_at = times.started_at or completed_at
        if self.stands is Stands.IN_PROGRESS:
            started_at = self._needed("started_at")
        dispatched_at = times.dispatched_at or started_at
        if self.stands is Stands.DISPATCHED:
            dispatched_at = self._needed("dispatched_at")
        if self.stands in _DISPATCHED and dispatched_at is not None:
            hands = Assignee(subject=Subject(self.written.assignee), name=self.written.assignee_name)
            yield DispatchRequest(request_id=self.request_id, assignee=hands, occurred_at=dispatched_at)
        if self.stands in _STARTED and started_at is not None:
            yield StartWork(request_id=self.request_id, occurred_at=started_at)
        if completed_at is not None:
            yield CompleteWork(request_id=self.request_id, result=self.written.result, occurred_at=completed_at)

    def _ended(self) -> Iterator[Step]:
        mapping, ended_at = self.cells.mapping, self._needed("completed_at")
        if ended_at is None:
            return
        if self.stands is Stands.CANCELLED:
            yield CancelRequest(request_id=self.request_id, reason=mapping.cancellation, occurred_at=ended_at)
        else:
            to, why = mapping.referral.to, mapping.referral.reason
            yield ReferRequest(request_id=self.request_id, to=to, reason=why, occurred_at=ended_at)

    def _reply(self) -> Iterator[ReplyToRequest]:
        if self.written.reply is None:
            return
        replied_at = self.times.replied_at or self._needed("completed_at", told="replied_at")
        if replied_at is not None:
            yield ReplyToRequest(request_id=self.request_id, text=self.written.reply, occurred_at=replied_at)

    def _visit(self) -> RecordReturnVisit | None:
        outcome, rating = self.cells.visit(), self.cells.rating()
        if outcome is None:
            return None
        if self.stands not in _WORKED_OFF:
            self.cells.refuse("visit", "is of a request that was not completed")
        if self.written.visited_by in {None, self.written.assignee}:
            self.cells.refuse("visited_by", "must name who visited: somebody who did not do the work")
        visited_at = self.times.visited_at or self._needed("completed_at", told="visited_at")
        return RecordReturnVisit(request_id=self.request_id, outcome=outcome, rating=rating, occurred_at=visited_at)

    def _was_looked_after(self, visit: RecordReturnVisit | None) -> bool:
        """Tell whether it can be closed as the rules have it, not only because the table says so."""
        match self.kind:
            case Kind.REPAIR:
                return visit is not None and visit.outcome is VisitOutcome.SATISFIED
            case Kind.COMPLAINT:
                return self.written.reply is not None
            case _:
                return visit is None or visit.outcome is not VisitOutcome.UNSATISFIED

    def _needed(self, name: str, *, told: str | None = None) -> datetime | None:
        """Answer a time that there must be; `told` is the field that is to blame when there is none."""
        at: datetime | None = getattr(self.times, name)
        if at is None and not self.cells.text(name):
            self.cells.refuse(told or name, f"is missing for a request that is {self.stands}")
        return at

    def _judge(self, steps: Sequence[Step], received_at: datetime, now: datetime) -> None:
        """Refuse the row as a whole where its times cannot be, rather than take half of it."""
        before, told = received_at, "received_at"
        for step in steps:
            own = _TOLD_IN.get(type(step), "completed_at")
            told = own if self.cells.text(own) else "completed_at"
            if _at(step) < before:
                self.cells.refuse(told, "lies before the step in front of it")
                return
            before = _at(step)
        if before > now:
            self.cells.refuse(told, "lies in the future")


def _at(step: Step) -> datetime:
    if step.occurred_at is None:
        raise LookupError("every step of a table has its time")
    return step.occurred_at


def _last(steps: Sequence[Step]) -> datetime | None:
    return _at(steps[-1]) if steps else None
