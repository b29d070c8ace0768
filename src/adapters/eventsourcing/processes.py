"""What processes events and appends others: both are recorded together or not at all."""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import ProcessRecorder, StoredEvent, Tracking

from adapters.eventsourcing.applications import LogApplicationRecorder
from adapters.eventsourcing.tracking import LogTrackingRecorder


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """The library's process recorder over the log."""

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        tracking: Tracking | None = None,
        **kwargs: Any,  # noqa: ANN401, ARG002 - the library's own signature
    ) -> Sequence[int] | None:
        """Append events and a tracking, both or neither, and answer the events' positions.

        Raises: as the aggregate recorder does; IntegrityError also for a tracking that is no further than before.
        """
        return self.append(stored_events, tracking)
