"""The rounds of a watcher: what they tell, and how they end."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from api.overdue.rounds import Round, Rounds
from api.overdue.sweeping import Sweeping
from application.attachments.ports import BlobsUnavailable
from application.kernel.callers import Caller
from application.kernel.ports import Unavailable
from application.kernel.refusals import ReadModelBehind
from application.kernel.submission import Answer, Submission
from application.service_requests.watching import Missing
from domain.service_requests.overdue import NoteOverdue
from tests.application.city import SYSTEM

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


class NothingMissed:
    """A read model in which nothing is missed, or which cannot be asked."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem

    async def unnoted(self, now: datetime, *, after: Missing | None = None, limit: int) -> Sequence[Missing]:
        del now, after, limit
        if self.problem is not None:
            raise self.problem
        return []


def rounds(missed: NothingMissed, expired: int | Exception) -> Rounds:
    async def note(sent: Submission, asked: NoteOverdue) -> Answer:
        raise AssertionError(f"nothing is missed, and yet {asked} is noted for {sent.caller}")

    async def expire() -> int:
        if isinstance(expired, Exception):
            raise expired
        return expired

    caller: Caller = SYSTEM
    sweep = Sweeping(missed=missed, note=note, sent=Submission(caller=caller))
    return Rounds(sweep=sweep, expire=expire, now=lambda: NOW)


async def test_a_round_with_nothing_to_do_is_whole_and_not_worth_telling() -> None:
    done = await rounds(NothingMissed(), 0).once(asyncio.Event())
    assert (done.is_whole, done.is_worth_telling) == (True, False)


async def test_attachments_expire_with_each_round() -> None:
    done = await rounds(NothingMissed(), 3).once(asyncio.Event())
    assert (done.expired, done.is_whole, done.is_worth_telling) == (3, True, True)


@pytest.mark.parametrize("problem", [Unavailable("gone"), ReadModelBehind()])
async def test_what_cannot_be_looked_for_now_keeps_nothing_else_from_being_done(problem: Exception) -> None:
    done = await rounds(NothingMissed(problem), 2).once(asyncio.Event())
    assert (done.expired, done.is_whole, len(done.problems)) == (2, False, 1)
    assert done.problems[0].startswith("missed deadlines are looked for later: ")


async def test_attachments_that_cannot_be_reached_are_told() -> None:
    done = await rounds(NothingMissed(), BlobsUnavailable("full")).once(asyncio.Event())
    assert (done.expired, done.is_whole, len(done.problems)) == (0, False, 1)


async def test_a_mistake_of_ours_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="so short"):
        await rounds(NothingMissed(), ValueError("so short")).once(asyncio.Event())


async def test_rounds_go_on_until_told_to_stop_which_ends_a_rest_at_once() -> None:
    stop, seen = asyncio.Event(), list[Round]()
    async with asyncio.timeout(10):
        async for done in rounds(NothingMissed(), 1).going(stop, 0.001):
            seen.append(done)
            if len(seen) == 3:
                break
        async for _ in rounds(NothingMissed(), 1).going(stop, 3_600):
            asyncio.get_running_loop().call_soon(stop.set)
    assert [done.expired for done in seen] == [1, 1, 1]
