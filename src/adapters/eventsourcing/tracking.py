"""How far a projection has come, and what it writes besides, in one transaction."""

from typing import Final

from eventsourcing.persistence import Tracking, TrackingRecorder

from adapters.eventsourcing.recorder import LogRecorder

_TRACK: Final = "select track($1, $2, $3)"
_TRACKED: Final = "select max(position) from library_tracking where recorder = $1 and application = $2"


class LogTrackingRecorder(LogRecorder, TrackingRecorder):
    """The library's tracking recorder; a view that lives in the same schema derives from it and uses `record`."""

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far this recorder has come in an application's events.

        Raises: IntegrityError unless it is further than before; OperationalError when the database cannot be reached.
        """
        self.record(tracking)

    def record(self, tracking: Tracking, statement: str | None = None, *arguments: object) -> None:
        """Record a tracking and, in the same transaction, what one statement (`$1`, `$2` …) does to a view's tables.

        Raises: as `insert_tracking`; the statement's own.
        """
        view = () if statement is None else ((statement, *arguments),)
        self.log.run(lambda log: log.execute((_TRACK, *self.tracked(tracking)), *view))

    def max_tracking_id(self, application_name: str) -> int | None:
        """Answer how far this recorder has come in an application's events, None when it has not begun.

        Raises: OperationalError.
        """
        ((position,),) = self.fetch(_TRACKED, self.name, application_name)
        return None if position is None else int(position)
