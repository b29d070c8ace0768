"""The log as an auditor reads it: every hash computed again here, every event decoded, in chunks by key."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import msgspec

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database
from adapters.postgres.leaf import leaf_of
from application.kernel.auditing import Ends, Entry, HeadedEntry

_CHUNK: Final = 1_000
_MOST_EMPTY: Final = 100
_WRONG_LEAF: Final = "the stored hash is not that of the event"

_COLUMNS: Final = "position, stream, version, type, data, metadata, recorded_at"
_ENDS: Final = "select h.position as head, (select coalesce(max(position), 0) from events) as last from log_head as h"
_EMPTY: Final = (
    "select s.stream from streams as s where not exists (select from events as e where e.stream = s.stream) "
    "order by s.stream limit $1"
)
_BY_POSITION: Final = (
    f"select {_COLUMNS}, leaf from events where position > $1 and position <= $2 order by position limit $3"  # noqa: S608 - our own column names
)
_BY_STREAM: Final = (
    f"select {_COLUMNS}, (select s.version from streams as s where s.stream = e.stream) as head "  # noqa: S608 - the same
    "from events as e where (stream, version) > ($1, $2) order by stream, version limit $3"
)


@dataclass(frozen=True, slots=True)
class PostgresAudit:
    """The `LogUnderAudit` of one city; each chunk is a statement of its own."""

    database: Database
    codec: Codec

    async def ends(self) -> Ends:
        """Answer where the log ends now.

        Raises: Unavailable.
        """
        ((head, last),) = await self.database.fetch(_ENDS)
        empty = await self.database.fetch(_EMPTY, _MOST_EMPTY)
        return Ends(head=head, last=last, empty_streams=tuple(row["stream"] for row in empty))

    async def by_position(self, until: int) -> AsyncIterator[Sequence[Entry]]:
        """Read every event through a position in the log's order, hashes checked; raises Unavailable."""
        # Below any position: whoever tampered may have begun with zero.
        after = -(2**63)
        while rows := await self.database.fetch(_BY_POSITION, after, until, _CHUNK):
            yield [entry_of(self.codec, row, check_leaf=True) for row in rows]
            after = rows[-1]["position"]

    async def by_stream(self) -> AsyncIterator[Sequence[HeadedEntry]]:
        """Read every event stream by stream, each in its own order; raises Unavailable."""
        stream, version = "", -(2**63)
        while rows := await self.database.fetch(_BY_STREAM, stream, version, _CHUNK):
            # The head is as of the same statement: a stream that grows while it is read is not taken for a wrong one.
            yield [HeadedEntry(entry_of(self.codec, row, check_leaf=False), row["head"]) for row in rows]
            stream, version = rows[-1]["stream"], rows[-1]["version"]


def entry_of(codec: Codec, row: asyncpg.Record | Mapping[str, Any], *, check_leaf: bool) -> Entry:
    """Answer a row of the log, all columns of it, as it was found."""
    stream, name, event, origin = row["stream"], row["type"], None, None
    faults = (_WRONG_LEAF,) if check_leaf and _leaf(row) != row["leaf"] else ()
    try:
        event = codec.event(stream, name, row["data"], row["metadata"])
        origin = codec.origin(name, row["metadata"])
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        faults = (*faults, f"{name} cannot be decoded: {error}")
    return Entry(
        position=row["position"],
        stream=stream,
        version=row["version"],
        type=name,
        recorded_at=row["recorded_at"],
        event=event,
        origin=origin,
        faults=faults,
    )


def _leaf(row: asyncpg.Record | Mapping[str, Any]) -> bytes:
    return leaf_of(
        position=row["position"],
        stream=row["stream"],
        version=row["version"],
        type=row["type"],
        data=row["data"],
        metadata=row["metadata"],
        recorded_at=row["recorded_at"],
    )
