"""The log as an auditor reads it: every event as it was found, with what is wrong with it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.kernel.ports import Origin
from domain.kernel.aggregate import StreamName


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as the log holds it.

    `event` and `origin` are None for a foreign event, which no codec of ours knows; personal fields stay sealed.
    `faults` says what is wrong with the stored bytes: a leaf that is not theirs, an event that cannot be decoded.
    """

    position: int
    stream: StreamName
    version: int
    type: str
    recorded_at: datetime
    event: object | None
    origin: Origin | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadedEntry:
    """An event, and the version at which its stream stands by the table of heads; None: the stream has no head."""

    entry: Entry
    head: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Where the log ends: by its head, by its events, and the heads of streams that have no event."""

    head: int
    last: int
    empty_streams: tuple[StreamName, ...]


class LogUnderAudit(Protocol):
    """Reads the whole log in chunks, without holding a snapshot in between; the log may go on growing."""

    async def ends(self) -> Ends:
        """Answer where the log ends now.

        Raises: Unavailable.
        """

    def by_position(self, until: int) -> AsyncIterator[Sequence[Entry]]:
        """Read every event through a position in the log's order, hashes checked; raises Unavailable."""

    def by_stream(self) -> AsyncIterator[Sequence[HeadedEntry]]:
        """Read every event stream by stream, each in its own order; raises Unavailable."""
