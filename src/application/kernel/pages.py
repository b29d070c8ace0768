"""What every list has in common, and the pages that every thing has: its history and the requests refused about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from application.kernel.callers import Role
from application.kernel.ports import Recorded
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import Subject
from domain.kernel.rules import Broken

Item = TypeVar("Item")


# Without slots: Python 3.11 cannot call a subscripted generic class that is both frozen and slotted.
@dataclass(frozen=True, kw_only=True)
class Slice(Generic[Item]):
    """Some items of a list; `next` is handed back to get those that follow, None at the end."""

    items: tuple[Item, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did something, and in which role."""

    subject: Subject
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One event of a thing, personal values masked; `by` is None for a foreign event."""

    position: int
    version: int
    type: str
    data: Mapping[str, object]
    by: Actor | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalEntry:
    """One request that rules refused; each broken rule has its sentence in both languages."""

    position: int
    command: str
    asked: Mapping[str, object]
    broken: tuple[Broken, ...]
    by: Actor
    recorded_at: datetime


class Histories(Protocol):
    """What has happened to things."""

    async def of(self, thing: StreamName, *, after: int | None = None, limit: int) -> Slice[HistoryEntry]:
        """Answer a thing's events in their order; `after` is what the last slice called `next`."""


class Refusals(Protocol):
    """What was asked about things and refused by rules."""

    async def about(self, thing: StreamName, *, before: int | None = None, limit: int) -> Slice[RefusalEntry]:
        """Answer the refused requests that named a thing, newest first; `before` is a position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionEntry:
    """One read model: how far it is and how far behind the log, which version of its table is read, since when."""

    name: str
    position: int
    lag: int
    version: int
    last_rebuild: datetime | None


class Projections(Protocol):
    """The read models as an operator sees them."""

    async def list(self) -> tuple[ProjectionEntry, ...]:
        """Answer every read model, in the order of names."""

    async def start_rebuild(self, name: str) -> bool:
        """Have a read model rebuilt in the background; False when there is none of this name."""


class Feed(Protocol):
    """The log as those see it who follow it."""

    async def read(
        self,
        *,
        after: int,
        limit: int,
        type: str | None = None,  # noqa: A002 - the log's own word
        stream: StreamName | None = None,
    ) -> Sequence[Recorded]:
        """Read the log by position, personal fields masked."""

    async def wait_beyond(self, position: int, seconds: float, /) -> int:
        """Return when the log is heard to be beyond a position, or when the time is up."""
