"""The log in memory as an auditor reads it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from adapters.memory.log import LoggedEvent, MemoryLog
from adapters.postgres.auditing import entry_of
from adapters.postgres.codec import Codec
from application.kernel.auditing import Ends, Entry, HeadedEntry


@dataclass(frozen=True, slots=True)
class MemoryAudit:
    """The `LogUnderAudit` of a log that forgets; it keeps no heads of its own, so that these always agree."""

    log: MemoryLog
    codec: Codec

    async def ends(self) -> Ends:
        """Answer where the log ends now."""
        last = 0 if self.log.last is None else self.log.last.position
        return Ends(head=last, last=last, empty_streams=())

    async def by_position(self, until: int) -> AsyncIterator[Sequence[Entry]]:
        """Read every event through a position in the log's order, hashes checked."""
        yield [self._entry(event, check_leaf=True) for event in self.log.after(0) if event.position <= until]

    async def by_stream(self) -> AsyncIterator[Sequence[HeadedEntry]]:
        """Read every event stream by stream, each in its own order."""
        ordered = sorted(self.log.after(0), key=lambda event: (event.stream, event.originator_version))
        for _, stream in groupby(ordered, key=lambda event: event.stream):
            events = list(stream)
            head = events[-1].originator_version
            yield [HeadedEntry(self._entry(event, check_leaf=False), head) for event in events]

    def _entry(self, event: LoggedEvent, *, check_leaf: bool) -> Entry:
        row: dict[str, Any] = {
            "position": event.position,
            "stream": event.stream,
            "version": event.originator_version,
            "type": event.topic,
            "data": event.state,
            "metadata": event.metadata,
            "recorded_at": event.recorded_at,
            "leaf": event.leaf,
        }
        return entry_of(self.codec, row, check_leaf=check_leaf)
