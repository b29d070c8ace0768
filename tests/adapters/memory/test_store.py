"""The event store in memory does what every event store does."""

from collections.abc import Sequence

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.memory.personal_keys import MemoryPersonalKeys
from adapters.memory.store import MemoryEventStore
from adapters.postgres.codec import Codec
from tests.adapters.event_store_suite import EventStoreSuite, Row
from tests.adapters.notes import NOTE, SetClock, appending, new_note, written


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


@pytest.fixture
def log() -> MemoryBench:
    return MemoryBench()


class TestMemoryEventStore(EventStoreSuite):
    """With the same codec and the same verdicts."""


async def test_the_library_reads_what_we_write(log: MemoryBench) -> None:
    note = new_note()
    await log.store.append(appending(note, written("甲"), written("乙")))
    notifications = log.store.log.select_notifications(start=1, limit=10)
    assert [(entry.id, entry.originator_id, entry.originator_version, entry.topic) for entry in notifications] == [
        (1, note, 1, "note.written"),
        (2, note, 2, "note.written"),
    ]
    assert notifications[0].state == '{"text":"甲"}'.encode()
