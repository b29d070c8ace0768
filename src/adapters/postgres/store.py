"""The log on PostgreSQL: what is read goes through the pool, what is written through the one writer of the process."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, Self

import asyncpg
import structlog

from adapters.postgres.batches import MOST_COMMANDS
from adapters.postgres.codec import Codec
from adapters.postgres.commands import encoded, replayed_receipt
from adapters.postgres.connection import Database
from adapters.postgres.listener import Listener
from adapters.postgres.sealing import PersonalKey, PersonalKeys, person_of
from adapters.postgres.signal import Signal
from adapters.postgres.writer import MOST_QUEUED, Writer
from application.kernel.ports import Append, Clock, Recorded, Replayed, RetryKey, Unavailable, Verdict
from domain.kernel.aggregate import StreamName

RECEIPTS_KEPT: Final = timedelta(days=30)
_TIDY_SECONDS: Final = 3_600.0

_EVENTS: Final = "select position, stream, version, type, data, metadata, recorded_at from events"
_LOAD: Final = f"{_EVENTS} where stream = $1 and version > $2 order by version"
_LIVED: Final = "select version, type, data, metadata from events where stream = $1 and version > $2 order by version"
_READ: Final = {
    # (by type, by stream)
    (False, False): f"{_EVENTS} where position > $1 order by position limit $2",
    (True, False): f"{_EVENTS} where position > $1 and type = $3 order by position limit $2",
    # Within a stream the order of versions is that of positions, and the index knows versions.
    (False, True): f"{_EVENTS} where position > $1 and stream = $3 order by version limit $2",
    (True, True): f"{_EVENTS} where position > $1 and type = $3 and stream = $4 order by version limit $2",
}
_HEADS: Final = (
    "select h.position, s.stream, s.version from log_head as h left join streams as s on s.stream = any($1::text[])"
)
_RECEIPT: Final = (
    "select fingerprint, thing_id, version, position, details::text as details from receipts "
    "where digest = $1 and recorded_at > $2"
)
_FORGET_RECEIPTS: Final = "delete from receipts where recorded_at <= $1"
_FORGET_BATCHES: Final = "delete from abandoned_batches where abandoned_at < now() - interval '1 day'"

_log: Final = structlog.get_logger(__name__)


class PostgresEventStore:
    """The `EventStore` of one process and event loop; appends and hears of others' appends inside `async with`.

    `check_clock` refuses to write while the process's clock is more than 5 s off the database's; it is off when the
    process's time is made up.
    """

    def __init__(
        self,
        database: Database,
        codec: Codec,
        keys: PersonalKeys,
        clock: Clock,
        *,
        check_clock: bool = True,
        most_queued: int = MOST_QUEUED,
        most_in_batch: int = MOST_COMMANDS,
    ) -> None:
        self._database = database
        self._codec = codec
        self._keys = keys
        self._clock = clock
        self.signal: Final = Signal()
        self.listener: Final = Listener(database, self.signal)
        self._writer = Writer(
            database,
            clock,
            self.signal,
            check_clock=check_clock,
            most_queued=most_queued,
            most_in_batch=most_in_batch,
        )
        self._tidying: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._writer.start()
        self.listener.start()
        self._tidying = asyncio.create_task(self._keep_tidy(), name="log tidying")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._tidying is not None:
            self._tidying.cancel()
            await asyncio.wait((self._tidying,))
        await self._writer.stop()
        await self.listener.stop()

    async def append(self, append: Append) -> Verdict:
        """Append one command's events, or none of them; several callers share one commit.

        Once queued the append happens even when the caller is cancelled.
        Raises: Unavailable, OutcomeUnknown, TooMany; ValueError for an append that does not hang together.
        """
        return await self._writer.write(await encoded(append, self._codec, self._keys))

    async def load(self, stream: StreamName, *, after: int = 0) -> Sequence[Recorded]:
        """Read a stream in its order, from the version after `after` on; personal fields stay sealed."""
        return [self._codec.recorded(row) for row in await self._database.fetch(_LOAD, stream, after)]

    async def lived(self, stream: StreamName, *, after: int = 0) -> Sequence[tuple[int, object | None]]:
        """Read a stream as `load` does, but of each event its version and itself only: what a state is folded from."""
        rows = await self._database.fetch(_LIVED, stream, after)
        return [(version, self._codec.event(stream, name, data, metadata)) for version, name, data, metadata in rows]

    async def heads(self, streams: Collection[StreamName]) -> tuple[Mapping[StreamName, int], int]:
        """Answer the present version of each stream (0: empty) and the position of the log's last event."""
        rows = await self._database.fetch(_HEADS, list(streams))
        versions = dict.fromkeys(streams, 0)
        versions.update((row["stream"], row["version"]) for row in rows if row["stream"] is not None)
        return versions, rows[0]["position"]

    async def receipt(self, key: RetryKey) -> Replayed | None:
        """Look up what a retry key was answered with in the last 30 days."""
        for row in await self._database.fetch(_RECEIPT, key.digest, self._clock.now() - RECEIPTS_KEPT):
            receipt = replayed_receipt(row["thing_id"], row["version"], row["position"], row["details"])
            return Replayed(row["fingerprint"], receipt)
        return None

    async def read(
        self,
        *,
        after: int,
        limit: int,
        type: str | None = None,  # noqa: A002 - the log's own column
        stream: StreamName | None = None,
    ) -> Sequence[Recorded]:
        """Read the log by position with personal fields masked in `data`; they stay sealed in `event`."""
        filters = [name for name in (type, stream) if name is not None]
        rows = await self._database.fetch(_READ[type is not None, stream is not None], after, limit, *filters)
        keys = await self._keys_of(rows)
        return [self._codec.recorded(row, shown_with=keys) for row in rows]

    async def read_opened(self, *, after: int, limit: int) -> Sequence[Recorded]:
        """Read the log by position with personal fields open in `event`; what read models are folded from."""
        rows = await self._database.fetch(_READ[False, False], after, limit)
        keys = await self._keys_of(rows)
        return [self._codec.recorded(row, opened_with=keys) for row in rows]

    async def wait_beyond(self, position: int, seconds: float) -> int:
        """Wait until the log is heard to be beyond a position, `seconds` at most; answers the last position heard of.

        A hint: whoever reads the log looks for itself when the time is up.
        """
        return await self.signal.wait_beyond(position, seconds)

    async def _keys_of(self, rows: Iterable[asyncpg.Record]) -> Mapping[str, PersonalKey]:
        persons = {person_of(row["stream"]) for row in rows if self._codec.is_personal(row["type"])}
        return await self._keys.find(persons) if persons else {}

    async def _keep_tidy(self) -> None:
        """Forget, once an hour, receipts and given-up batches that nobody can ask for any more."""
        while True:
            try:
                await self._database.fetch(_FORGET_RECEIPTS, self._clock.now() - RECEIPTS_KEPT)
                await self._database.fetch(_FORGET_BATCHES)
            except Unavailable as error:
                _log.info("expired receipts are forgotten later", error=str(error))
            await asyncio.sleep(_TIDY_SECONDS)
