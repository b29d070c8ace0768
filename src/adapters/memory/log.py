"""The log in memory: the `eventsourcing` library's own recorder, whose notification ids are our positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from adapters.postgres.leaf import leaf_of
from application.kernel.ports import Clock


@dataclass(frozen=True)
class LoggedEvent(StoredEvent):
    """A stored event with what our log keeps besides: `state` is the data, `topic` the stored name."""

    metadata: bytes
    position: int
    recorded_at: datetime
    leaf: bytes

    @property
    def stream(self) -> str:
        """The stream's name."""
        return str(self.originator_id)


@dataclass(frozen=True)
class EventWithMetadata(StoredEvent):
    """An event of ours on its way in; the library's own stored events come without metadata and are foreign."""

    metadata: bytes


class MemoryLog(POPOApplicationRecorder):
    """Dense positions and leaves for whatever is inserted, by us or through the library."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def _update_table(
        self,
        stored_events: Sequence[StoredEvent],
        **kwargs: Any,  # noqa: ANN401 - the library's own signature
    ) -> Sequence[int] | None:
        last = self.last
        now = self._clock.now()
        recorded_at = now if last is None else max(now, last.recorded_at)
        first = (0 if last is None else last.position) + 1
        logged = [_logged(event, position, recorded_at) for position, event in enumerate(stored_events, start=first)]
        return super()._update_table(logged, **kwargs)

    @property
    def last(self) -> LoggedEvent | None:
        """The log's last event."""
        with self._database_lock:
            return _as_logged(self._stored_events[-1]) if self._stored_events else None

    def after(self, position: int) -> list[LoggedEvent]:
        """All events after a position, in their order."""
        with self._database_lock:
            return [_as_logged(event) for event in self._stored_events[position:]]

    def of(self, stream: str, *, after: int) -> list[LoggedEvent]:
        """The events of a stream after a version, in their order."""
        return [_as_logged(event) for event in self.select_events(stream, gt=after)]

    def version(self, stream: str) -> int:
        """The version of a stream's last event, 0 when it has none."""
        latest = self.select_events(stream, desc=True, limit=1)
        return latest[0].originator_version if latest else 0


def _logged(event: StoredEvent, position: int, recorded_at: datetime) -> LoggedEvent:
    metadata = event.metadata if isinstance(event, EventWithMetadata) else b""
    return LoggedEvent(
        originator_id=event.originator_id,
        originator_version=event.originator_version,
        topic=event.topic,
        state=event.state,
        metadata=metadata,
        position=position,
        recorded_at=recorded_at,
        leaf=leaf_of(
            position=position,
            stream=str(event.originator_id),
            version=event.originator_version,
            type=event.topic,
            data=event.state,
            metadata=metadata,
            recorded_at=recorded_at,
        ),
    )


def _as_logged(event: StoredEvent) -> LoggedEvent:
    if not isinstance(event, LoggedEvent):
        raise TypeError(f"{event} was put into the log past its recorder")
    return event
