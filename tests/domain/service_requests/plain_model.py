"""A request as anyone would keep it on paper: what was said, by whom and when, and what that allows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

RESPOND: Final = {
    "emergency": timedelta(minutes=30),
    "complaint": timedelta(hours=24),
    "suggestion": timedelta(hours=24),
}
RESOLVE: Final = {"emergency": timedelta(hours=24), "complaint": timedelta(days=7), "suggestion": timedelta(days=7)}
CHARGE: Final = timedelta(hours=2)

NOTHING: Final = frozenset({"nothing to do"})
ILLEGAL: Final = "request.illegal-transition"


@dataclass
class Round:
    """One round of work: when it was finished, and what came of looking after it."""

    finished: datetime | None = None
    signed: bool = False
    satisfied: bool = False
    attempts: list[datetime] = field(default_factory=list)


@dataclass
class PlainRequest:
    """A sheet of paper."""

    kind: str
    category: str
    major: bool
    began: datetime
    place: str = "received"
    assignee: str | None = None
    doubled: bool = False
    referred: bool = False
    workers: set[str] = field(default_factory=set)
    rounds: list[Round] = field(default_factory=list)
    charge_taken: datetime | None = None
    in_charge: str | None = None
    ended: datetime | None = None
    last: datetime | None = None
    lesson: str | None = None
    answered: datetime | None = None
    replies: int = 0
    waited: timedelta = timedelta()
    waits_since: datetime | None = None

    def __post_init__(self) -> None:
        self.rounds.append(Round())
        self.last = self.began

    @property
    def now_round(self) -> Round:
        return self.rounds[-1]

    @property
    def is_over(self) -> bool:
        return self.place in {"closed", "cancelled"}

    @property
    def may_be_ended(self) -> bool:
        return self.place in {"received", "dispatched", "in progress", "paused"}

    def dispatch(self, to: str, at: datetime) -> frozenset[str]:
        if self.place == "dispatched" and self.assignee == to:
            return NOTHING
        if self.place not in {"received", "dispatched"}:
            return frozenset({ILLEGAL})
        self.place, self.assignee = "dispatched", to
        return self._said(at)

    def start(self, by: str, at: datetime) -> frozenset[str]:
        if self.place != "dispatched":
            return frozenset({ILLEGAL})
        self.place = "in progress"
        self.workers |= {by, self.assignee or by}
        self.answered = self.answered or at
        return self._said(at)

    def pause(self, reason: str | None, at: datetime) -> frozenset[str]:
        broken = {ILLEGAL} if self.place != "in progress" else set()
        broken |= {"request.pause-reason-missing"} if reason is None else set()
        if broken:
            return frozenset(broken)
        self.place = "paused"
        if reason != "awaiting_parts":
            self.waits_since = at
        return self._said(at)

    def resume(self, at: datetime) -> frozenset[str]:
        if self.place != "paused":
            return frozenset({ILLEGAL})
        self.place = "in progress"
        self._waits_no_more(at)
        return self._said(at)

    def complete(self, by: str, at: datetime) -> frozenset[str]:
        if self.place != "in progress":
            return frozenset({ILLEGAL})
        self.place = "completed"
        self.workers.add(by)
        self.now_round.finished = at
        return self._said(at)

    def reply(self, at: datetime) -> frozenset[str]:
        if self.is_over:
            return frozenset({ILLEGAL})
        self.answered = self.answered or at
        self.replies += 1
        return self._said(at)

    def visit(self, outcome: str, by: str, at: datetime) -> frozenset[str]:
        broken = {ILLEGAL} if self.is_over else set()
        if by in self.workers or self.may_be_ended:
            broken.add("request.return-visit-not-valid")
        if broken:
            return frozenset(broken)
        if outcome == "satisfied":
            self.now_round.satisfied = True
        elif outcome == "unreachable":
            self.now_round.attempts.append(at)
        else:
            self._again()
        return self._said(at)

    def take_charge(self, manager: str, at: datetime) -> frozenset[str]:
        if self.in_charge == manager and not self.is_over:
            return NOTHING
        broken = {ILLEGAL} if self.is_over else set()
        broken |= set() if self.major else {"request.not-major"}
        if broken:
            return frozenset(broken)
        self.in_charge, self.charge_taken = manager, self.charge_taken or at
        return self._said(at)

    def sign_off(self, manager: str, at: datetime) -> frozenset[str]:
        if self.place == "completed" and self.now_round.signed:
            return NOTHING
        broken = {ILLEGAL} if self.place != "completed" else set()
        broken |= set() if self.major else {"request.not-major"}
        if broken:
            return frozenset(broken)
        self.now_round.signed = True
        if self.charge_taken is None:
            self.in_charge, self.charge_taken = manager, at
        return self._said(at)

    def close(self, at: datetime) -> frozenset[str]:
        broken = {ILLEGAL} if self.place != "completed" else set()
        if self.kind == "repair" and not (self.now_round.satisfied or self._was_tried_three_times()):
            broken.add("request.return-visit-missing")
        if self.kind == "complaint" and not self.replies:
            broken.add("request.reply-missing")
        if self.major and not self.now_round.signed:
            broken.add("request.manager-sign-off-missing")
        if broken:
            return frozenset(broken)
        return self._end("closed", at)

    def reopen(self, at: datetime) -> frozenset[str]:
        if self.place not in {"completed", "closed"} or self.referred or self.doubled:
            return frozenset({ILLEGAL})
        self._again()
        return self._said(at)

    def cancel(self, at: datetime) -> frozenset[str]:
        if self.place not in {"received", "dispatched"} or self.workers:
            return frozenset({ILLEGAL})
        return self._end("cancelled", at)

    def refer(self, at: datetime) -> frozenset[str]:
        if not self.may_be_ended:
            return frozenset({ILLEGAL})
        self.referred = True
        return self._end("closed", at)

    def double(self, at: datetime) -> frozenset[str]:
        if not self.may_be_ended:
            return frozenset({ILLEGAL})
        self.doubled = True
        return self._end("closed", at)

    def archive(self, lesson: str, at: datetime) -> frozenset[str]:
        if self.lesson == lesson:
            return NOTHING
        broken = {ILLEGAL} if self.place != "closed" or self.lesson else set()
        broken |= set() if self.kind == "complaint" else {"request.not-complaint"}
        if broken:
            return frozenset(broken)
        self.lesson = lesson
        return self._said(at)

    def late(self, now: datetime) -> set[str]:
        """Say of every clock whether it was, or is, late: from the receipt to the completion that stands."""
        until = self.ended or now
        found = set()
        if (self.answered or until) - self.began > RESPOND[self.category]:
            found.add("response")
        worked_until = self.now_round.finished or self.waits_since or until
        if worked_until - self.began - self.waited > RESOLVE[self.category]:
            found.add("resolution")
        if self.major and (self.charge_taken or until) - self.began > CHARGE:
            found.add("taking_charge")
        return found

    def _again(self) -> None:
        self.rounds.append(Round())
        self.place, self.ended = "dispatched", None

    def _end(self, place: str, at: datetime) -> frozenset[str]:
        self.place, self.ended = place, at
        self._waits_no_more(at)
        return self._said(at)

    def _waits_no_more(self, at: datetime) -> None:
        if self.waits_since is not None:
            self.waited += at - self.waits_since
        self.waits_since = None

    def _said(self, at: datetime) -> frozenset[str]:
        self.last = at
        return frozenset()

    def _was_tried_three_times(self) -> bool:
        """Count from the first attempt on, leaving out whoever comes back within the hour."""
        counted: list[datetime] = []
        for attempt in self.now_round.attempts:
            if not counted or attempt >= counted[-1] + timedelta(hours=1):
                counted.append(attempt)
        return len(counted) >= 3
