"""The log's port in memory: the same codec, the same verdicts, without a database and without waiting."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from adapters.memory.log import EventWithMetadata, LoggedEvent, MemoryLog
from adapters.postgres.codec import Codec
from adapters.postgres.commands import Command, encoded
from adapters.postgres.sealing import PersonalKey, PersonalKeys, person_of
from adapters.postgres.signal import Signal
from application.kernel.ports import (
    Accepted,
    Append,
    Clock,
    Receipt,
    Recorded,
    Replayed,
    RetryKey,
    Stale,
    Verdict,
)
from domain.kernel.aggregate import StreamName

_RECEIPTS_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Kept:
    fingerprint: bytes
    receipt: Receipt
    recorded_at: datetime


class MemoryEventStore:
    """The `EventStore` of one process that forgets; `log` may also be written through the `eventsourcing` library."""

    def __init__(self, codec: Codec, keys: PersonalKeys, clock: Clock) -> None:
        self._codec = codec
        self._keys = keys
        self._clock = clock
        self._receipts: dict[bytes, _Kept] = {}
        self.log: Final = MemoryLog(clock)
        self.signal: Final = Signal()

    async def append(self, append: Append) -> Verdict:
        """Append one command's events, or none of them.

        Raises: ValueError for an append that does not hang together.
        """
        command = await encoded(append, self._codec, self._keys)
        # From here on nothing waits, so that nothing comes between the check and the append.
        if append.retry_key is not None and (earlier := self._kept(append.retry_key)) is not None:
            return earlier
        if any(self.log.version(stream) != version for stream, version in append.reads.items()):
            return Stale()
        if command.events:
            self.log.insert_events(self._numbered(command))
        last = self.log.last
        position = 0 if last is None else last.position
        receipt = command.receipt(self.log.version(append.thing), position)
        if append.retry_key is not None:
            key, now = append.retry_key, self._clock.now()
            self._receipts[key.digest] = _Kept(
                key.fingerprint, receipt, now if last is None else max(now, last.recorded_at)
            )
        self.signal.rise(position)
        return Accepted(receipt)

    async def load(self, stream: StreamName, *, after: int = 0) -> Sequence[Recorded]:
        """Read a stream in its order, from the version after `after` on; personal fields stay sealed."""
        return [self._recorded(event) for event in self.log.of(stream, after=after)]

    async def lived(self, stream: StreamName, *, after: int = 0) -> Sequence[tuple[int, object | None]]:
        """Read a stream as `load` does, but of each event its version and itself only: what a state is folded from."""
        return [(entry.version, entry.event) for entry in await self.load(stream, after=after)]

    async def heads(self, streams: Collection[StreamName]) -> tuple[Mapping[StreamName, int], int]:
        """Answer the present version of each stream (0: empty) and the position of the log's last event."""
        return {stream: self.log.version(stream) for stream in streams}, self.log.max_notification_id() or 0

    async def receipt(self, key: RetryKey) -> Replayed | None:
        """Look up what a retry key was answered with in the last 30 days."""
        return self._kept(key)

    async def read(
        self,
        *,
        after: int,
        limit: int,
        type: str | None = None,  # noqa: A002 - the log's own column
        stream: StreamName | None = None,
    ) -> Sequence[Recorded]:
        """Read the log by position with personal fields masked in `data`; they stay sealed in `event`."""
        wanted = [
            event for event in self.log.after(after) if type in (None, event.topic) and stream in (None, event.stream)
        ][:limit]
        keys = await self._keys_of(wanted)
        return [self._recorded(event, shown_with=keys) for event in wanted]

    async def read_opened(self, *, after: int, limit: int) -> Sequence[Recorded]:
        """Read the log by position with personal fields open in `event`; what read models are folded from."""
        wanted = self.log.after(after)[:limit]
        keys = await self._keys_of(wanted)
        return [self._recorded(event, opened_with=keys) for event in wanted]

    async def wait_beyond(self, position: int, seconds: float) -> int:
        """Wait until the log is beyond a position, or for `seconds`; answers the position of its last event."""
        return await self.signal.wait_beyond(position, seconds)

    def _kept(self, key: RetryKey) -> Replayed | None:
        kept = self._receipts.get(key.digest)
        if kept is None or kept.recorded_at <= self._clock.now() - _RECEIPTS_KEPT:
            return None
        return Replayed(kept.fingerprint, kept.receipt)

    def _numbered(self, command: Command) -> Sequence[EventWithMetadata]:
        versions = {stream: self.log.version(stream) for stream in command.writes}
        numbered = []
        for event in command.events:
            versions[event.stream] += 1
            numbered.append(
                EventWithMetadata(event.stream, versions[event.stream], event.type, event.data, event.metadata)
            )
        return numbered

    def _recorded(
        self,
        event: LoggedEvent,
        *,
        opened_with: Mapping[str, PersonalKey] | None = None,
        shown_with: Mapping[str, PersonalKey] | None = None,
    ) -> Recorded:
        return self._codec.recorded(
            (
                event.position,
                event.stream,
                event.originator_version,
                event.topic,
                event.state,
                event.metadata,
                event.recorded_at,
            ),
            opened_with=opened_with,
            shown_with=shown_with,
        )

    async def _keys_of(self, events: Iterable[LoggedEvent]) -> Mapping[str, PersonalKey]:
        persons = {person_of(event.stream) for event in events if self._codec.is_personal(event.topic)}
        return await self._keys.find(persons) if persons else {}
