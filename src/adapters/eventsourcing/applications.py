"""The whole log as the library's notification log: what it appends and what we append, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import asyncpg
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription

from adapters.eventsourcing.aggregates import LogAggregateRecorder
from adapters.eventsourcing.subscription import LogSubscription

_SELECT: Final = (
    "select position, stream, version, type, data, metadata, recorded_at, leaf from events "
    "where position >= $1 and position <= $2"
)
_OF_ALL: Final = f"{_SELECT} order by position limit $3"
_OF_TOPICS: Final = f"{_SELECT} and type = any($4::text[]) order by position limit $3"
_HEAD: Final = "select position from log_head"

_MOST: Final = 2**63 - 1


@dataclass(frozen=True)
class LoggedNotification(Notification):
    """A notification with all else that the log holds of its event: the bytes of its metadata, when, and its leaf."""

    metadata: bytes
    recorded_at: datetime
    leaf: bytes


class LogApplicationRecorder(LogAggregateRecorder, ApplicationRecorder):
    """The library's application recorder over the log; notification ids are positions, dense from 1."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:  # noqa: ANN401, ARG002 - the library's own signature
        """Append events, all or none, and answer their positions; raises as the aggregate recorder does."""
        return self.append(stored_events)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[LoggedNotification]:
        """Read the log by position, from `start` to `stop`, both included unless said otherwise.

        Raises: OperationalError.
        """
        first = 1 if start is None else start if inclusive_of_start else start + 1
        query, wanted = (_OF_TOPICS, (list(topics),)) if topics else (_OF_ALL, ())
        rows = self.fetch(query, first, _MOST if stop is None else stop, limit, *wanted)
        return [self.notification(row) for row in rows]

    def max_notification_id(self) -> int | None:
        """Answer the position of the log's last event, None while it has none.

        Raises: OperationalError.
        """
        ((position,),) = self.fetch(_HEAD)
        return position or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Follow the log beyond a position."""
        return LogSubscription(self, gt=gt, topics=topics)

    def notification(self, row: asyncpg.Record) -> LoggedNotification:
        """Answer a row of the log as the library has it."""
        return LoggedNotification(
            **self.parts(row),
            id=row["position"],
            metadata=row["metadata"],
            recorded_at=row["recorded_at"],
            leaf=row["leaf"],
        )
