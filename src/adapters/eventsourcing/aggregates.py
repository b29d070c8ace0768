"""Events of one thing: recorded in the log, read in their order."""

from collections.abc import Sequence
from typing import Any, Final

from eventsourcing.persistence import AggregateRecorder, StoredEvent, Tracking

from adapters.eventsourcing.naming import OriginatorId, refuse_ours, stream_of
from adapters.eventsourcing.outcome import Foreign
from adapters.eventsourcing.recorder import LogRecorder

_SELECT: Final = "select stream, version, type, data from events where stream = $1 and version > $2 and version <= $3"
_FORWARD: Final = f"{_SELECT} order by version limit $4"
_BACKWARD: Final = f"{_SELECT} order by version desc limit $4"


class LogAggregateRecorder(LogRecorder, AggregateRecorder):
    """The library's aggregate recorder over the log."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:  # noqa: ANN401, ARG002 - the library's own signature
        """Append events, all or none; a stream begins at version 0 or 1 and has no gaps.

        Raises: IntegrityError for a version that does not come next; ProgrammingError for an id or a topic in the form
        of ours; OperationalError when the database cannot be reached, saying whether anything was written.
        """
        self.append(stored_events)
        return None

    def append(self, stored_events: Sequence[StoredEvent], tracking: Tracking | None = None) -> Sequence[int]:
        """Append events, with a tracking if need be, and answer their positions; raises as `insert_events`."""
        refuse_ours(stored_events)
        if not stored_events and tracking is None:
            return []
        events = [
            Foreign(stream_of(event.originator_id), event.originator_version, event.topic, event.state)
            for event in stored_events
        ]
        tracked = None if tracking is None else self.tracked(tracking)
        last = self.log.run(lambda log: log.append(events, tracked))
        return list(range(last - len(events) + 1, last + 1))

    def select_events(
        self,
        originator_id: OriginatorId,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Read the events of one stream, a stream of ours too.

        Raises: OperationalError.
        """
        query = _BACKWARD if desc else _FORWARD
        return self.select_stored(query, stream_of(originator_id), gt=gt, lte=lte, limit=limit)
