"""Snapshots of the library's aggregates: beside the log, for they are no facts and may be forgotten."""

from collections.abc import Sequence
from typing import Any, Final

from eventsourcing.persistence import AggregateRecorder, StoredEvent

from adapters.eventsourcing.naming import OriginatorId, stream_of
from adapters.eventsourcing.recorder import LogRecorder

_INSERT: Final = """
    insert into library_snapshots (application, stream, version, type, data)
    select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::bytea[])
"""
_SELECT: Final = """
    select stream, version, type, data from library_snapshots
    where application = $1 and stream = $2 and version > $3 and version <= $4
"""
_FORWARD: Final = f"{_SELECT} order by version limit $5"
_BACKWARD: Final = f"{_SELECT} order by version desc limit $5"


class SnapshotRecorder(LogRecorder, AggregateRecorder):
    """The library's aggregate recorder for snapshots, which each application has for itself."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:  # noqa: ANN401, ARG002 - the library's own signature
        """Keep snapshots, all or none, at any versions.

        Raises: IntegrityError for a version that has one; OperationalError when the database cannot be reached.
        """
        columns = (
            [stream_of(event.originator_id) for event in stored_events],
            [event.originator_version for event in stored_events],
            [event.topic for event in stored_events],
            [event.state for event in stored_events],
        )
        if stored_events:
            self.log.run(lambda log: log.execute((_INSERT, self.name, *columns)))
        return None

    def select_events(
        self,
        originator_id: OriginatorId,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Read the snapshots of one aggregate.

        Raises: OperationalError.
        """
        query = _BACKWARD if desc else _FORWARD
        return self.select_stored(query, self.name, stream_of(originator_id), gt=gt, lte=lte, limit=limit)
