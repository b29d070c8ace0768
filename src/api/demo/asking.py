"""Asking a city for one thing after another, so that the same seed asks for the same, and a second time for nothing."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from application.kernel.callers import Caller, Role
from application.kernel.ports import Receipt, RetryKey
from application.kernel.submission import Submission
from application.use_cases import Command
from domain.kernel.identifiers import Subject

AT_ONCE: Final = 32

CLERK: Final = Caller(subject=Subject("demo-clerk"), role=Role.MUNICIPAL)
ARBITER: Final = Caller(subject=Subject("demo-arbiter"), role=Role.MUNICIPAL)
SYSTEM: Final = Caller(subject=Subject("guanjia"), role=Role.SYSTEM)

Asked = TypeVar("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks with one retry key a step; `progress` is told what was made, and how many."""

    seed: int
    progress: Callable[[str, int], None]

    async def do(self, step: str, nth: int, command: Command[Asked], asked: Asked, *, by: Caller = CLERK) -> Receipt:
        """Ask for the step of the nth thing; asked again, it is answered as before."""
        digest = hashlib.sha256(f"demo {self.seed} {step} {nth}".encode()).digest()
        sent = Submission(caller=by, retry_key=RetryKey(digest=digest, fingerprint=b"demo"))
        return (await command(sent, asked)).receipt

    async def all(self, what: str, steps: Iterable[Coroutine[Any, Any, Made]]) -> list[Made]:
        """Take steps side by side, some at a time, in an order that the seed alone decides."""
        made: list[Made] = []
        waiting = list(steps)
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            made += await asyncio.gather(*some)
            self.progress(what, len(some))
        return made
