"""The rounds of a watcher: note what is overdue, remove what expired, rest; until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from api.overdue.sweeping import Noted, Sweeping
from application.attachments.ports import BlobsUnavailable
from application.kernel.ports import Unavailable
from application.kernel.refusals import ReadModelBehind

_LATER: Final = (Unavailable, ReadModelBehind, BlobsUnavailable)
"""What keeps a part of a round from being done now; the next round does it."""

_log: Final = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Round:
    """What one round has done; `problems` says what it could not do."""

    noted: Noted = field(default_factory=Noted)
    expired: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def is_worth_telling(self) -> bool:
        """Tell whether it has done anything, or could not."""
        return bool(self.noted.requests or self.noted.left or self.expired or self.problems)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was left for the next one."""
        return not self.noted.left and not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Goes round; any number of watchers may, on one database."""

    sweep: Sweeping
    expire: Callable[[], Awaitable[int]]
    now: Callable[[], datetime]

    async def going(self, stop: asyncio.Event, seconds: float) -> AsyncIterator[Round]:
        """Go round and round, resting for so many seconds, until told to stop."""
        while not stop.is_set():
            yield await self.once(stop)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)

    async def once(self, stop: asyncio.Event) -> Round:
        """Go round once; a page of requests that was begun is finished when told to stop."""
        done = Round()
        try:
            done.noted = await self.sweep(self.now(), is_stopping=stop.is_set)
        except _LATER as problem:
            _note(done, "missed deadlines are looked for later", problem)
        if stop.is_set():
            return done
        try:
            done.expired = await self.expire()
        except _LATER as problem:
            _note(done, "attachments expire later", problem)
        return done


def _note(done: Round, what: str, problem: Exception) -> None:
    _log.warning(what, error=repr(problem))
    done.problems.append(f"{what}: {problem!r}")
