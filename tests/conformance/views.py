"""Views that count events, as the library's projection tests want them: in the city's schema, and in memory."""

from typing import Final

from eventsourcing.persistence import Tracking
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.tests.projection import EventCountersView

from adapters.eventsourcing.tracking import LogTrackingRecorder

_MAKE: Final = "create table if not exists event_counters (kind text primary key, counted bigint not null)"
_COUNT: Final = """
    insert into event_counters as c (kind, counted) values ($1, 1)
    on conflict (kind) do update set counted = c.counted + 1
"""
_COUNTED: Final = "select coalesce(max(counted), 0) from event_counters where kind = $1"


class CountersOnTheLog(LogTrackingRecorder, EventCountersView):
    """Counts in a table beside the log, in one transaction with the tracking."""

    def make(self) -> None:
        self.log.run(lambda log: log.execute((_MAKE,)))

    def get_created_event_counter(self) -> int:
        return self._counted("created")

    def get_subsequent_event_counter(self) -> int:
        return self._counted("subsequent")

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self._count("created", tracking)

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self._count("subsequent", tracking)

    def _count(self, kind: str, tracking: Tracking) -> None:
        self.make()
        self.record(tracking, _COUNT, kind)

    def _counted(self, kind: str) -> int:
        self.make()
        ((counted,),) = self.fetch(_COUNTED, kind)
        return int(counted)


class CountersInMemory(POPOTrackingRecorder, EventCountersView):
    """Counts in variables."""

    def __init__(self) -> None:
        super().__init__()
        self._created = self._subsequent = 0

    def get_created_event_counter(self) -> int:
        return self._created

    def get_subsequent_event_counter(self) -> int:
        return self._subsequent

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self.insert_tracking(tracking)
        self._created += 1

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self.insert_tracking(tracking)
        self._subsequent += 1
