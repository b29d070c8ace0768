"""The event store in memory does what every event store does."""

from collections.abc import Sequence

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.memory.personal_keys import MemoryPersonalKeys
from adapters.memory.store import MemoryEventStore
from adapters.postgres.codec import Codec
from tests.adapters.event_store_suite import EventStoreSuite, Row
from tests.adapters.notes import NOTE, SetClock


class MemoryBench:
    """The store in memory with its surroundings."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.keys = MemoryPersonalKeys()
        self.store = MemoryEventStore(Codec([NOTE]), self.keys, self.clock)

    async def rows(self) -> Sequence[Row]:
        return [
            Row(
                event.position,
                event.stream,
                event.originator_version,
                event.topic,
                event.state,
                event.metadata,
                event.recorded_at,
                event.leaf,
            )
            for event in self.store.log.after(0)
        ]

    async def put_foreign(self, stream: str) -> None:
        self.store.log.insert_events([StoredEvent(stream, 1, "stock.module:Bought", b"\x00\xff")])


class TestMemoryEventStore(EventStoreSuite):
    @pytest.fixture
    def log(self) -> MemoryBench:
        return MemoryBench()
