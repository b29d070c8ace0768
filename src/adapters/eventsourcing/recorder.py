"""What every recorder has: the log, and the name of the application or projection that it records for."""

from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from eventsourcing.persistence import OperationalError, StoredEvent, Tracking
from eventsourcing.utils import retry

from adapters.eventsourcing.background import Background
from adapters.eventsourcing.log import LibraryLog
from adapters.eventsourcing.naming import NamedBack
from adapters.eventsourcing.outcome import Tracked

_LEAST: Final = -(2**63)
_MOST: Final = 2**63 - 1


class LogRecorder:
    """Reads and writes through the factory's log; several threads may use it at once."""

    def __init__(self, log: Background[LibraryLog], *, name: str, named_back: NamedBack) -> None:
        self.log: Final = log
        self.name: Final = name
        self.named_back: Final = named_back

    # As the library's own recorders do, so that a tailing reader outlives a restart of the database.
    @retry(OperationalError, max_attempts=10, wait=0.2)
    def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        """Run one statement that only reads.

        Raises: OperationalError once the database was out of reach for two seconds.
        """
        return self.log.run(lambda log: log.database.fetch(query, *arguments))

    def select_stored(
        self, query: str, *key: object, gt: int | None, lte: int | None, limit: int | None
    ) -> Sequence[StoredEvent]:
        """Read stored events by a key and a range of versions."""
        rows = self.fetch(query, *key, _LEAST if gt is None else gt, _MOST if lte is None else lte, limit)
        return [self.stored(row) for row in rows]

    def stored(self, row: asyncpg.Record) -> StoredEvent:
        """Answer a row as the library has it."""
        return StoredEvent(**self.parts(row))

    def parts(self, row: asyncpg.Record) -> dict[str, Any]:
        """Answer what a row holds, by the library's names."""
        return {
            "originator_id": self.named_back(row["stream"]),
            "originator_version": row["version"],
            "topic": row["type"],
            "state": row["data"],
        }

    def tracked(self, tracking: Tracking) -> Tracked:
        """Answer a tracking under the name that this recorder records for."""
        return Tracked(self.name, tracking.application_name, tracking.notification_id)
