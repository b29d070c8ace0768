"""One sweep: every missed deadline that is not on record is noted through the use case, many at once."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from application.kernel.ports import OutcomeUnknown, TooMany, Unavailable
from application.kernel.submission import Answer, Submission
from application.service_requests.watching import MissedDeadlines, Missing
from application.use_cases import Command
from domain.service_requests.overdue import NoteOverdue
from domain.service_requests.request import Clock

AT_ONCE: Final = 256

_FOR_NOW: Final = (Unavailable, OutcomeUnknown, TooMany)

_log: Final = structlog.get_logger(__name__)


@dataclass(slots=True)
class Noted:
    """What a sweep has put on record: facts by clock, of so many requests; `left` could not be noted and come again."""

    requests: int = 0
    facts: Counter[Clock] = field(default_factory=Counter)
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """Notes what is overdue, the longest missed first.

    What another has noted meanwhile is noted once: the decision is made anew on the log. What the read model does not
    know yet is found by a later sweep.
    """

    missed: MissedDeadlines
    note: Command[NoteOverdue]
    sent: Submission

    async def __call__(self, now: datetime, *, is_stopping: Callable[[], bool] = lambda: False) -> Noted:
        """Note everything that was missed by now, or what can be noted until told to stop.

        Raises: Unavailable, ReadModelBehind, when nothing can be found; a request that cannot be noted is left.
        """
        noted, last = Noted(), None
        while not is_stopping() and (page := await self.missed.unnoted(now, after=last, limit=AT_ONCE)):
            await self._page(page, noted)
            last = page[-1]
        return noted

    async def _page(self, page: Sequence[Missing], noted: Noted) -> None:
        asked = (self.note(self.sent, NoteOverdue(request_id=each.request_id)) for each in page)
        for missing, outcome in zip(page, await asyncio.gather(*asked, return_exceptions=True), strict=True):
            if isinstance(outcome, Answer):
                clocks = [Clock(str(clock)) for clock in _listed(outcome.receipt.details["noted"])]
                noted.requests += bool(clocks)
                noted.facts.update(clocks)
            elif isinstance(outcome, Exception):
                noted.left += 1
                told = None if isinstance(outcome, _FOR_NOW) else outcome
                _log.warning("not noted for now", request=str(missing.request_id), error=repr(outcome), exc_info=told)
            else:
                raise outcome


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise TypeError("a receipt lists which clocks were noted")
    return value
