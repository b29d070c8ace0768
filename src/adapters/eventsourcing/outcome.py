"""What became of an append whose connection was lost: asked of the log, once nothing of it can be added any more."""

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from adapters.postgres.connection import Connection, Database
from adapters.postgres.failures import lost_connection

_LOOKUP_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.1

_ABANDON: Final = "select abandon_batch($1)"
_WRITTEN: Final = (
    "select position, stream, version, type, data from events as e "
    "join unnest($1::text[], $2::bigint[]) as w (stream, version) using (stream, version) order by position"
)
_TRACKED: Final = (
    "select exists (select from library_tracking where recorder = $1 and application = $2 and position >= $3)"
)


class Foreign(NamedTuple):
    """An event of the library as it will stand in the log, but for its position."""

    stream: str
    version: int
    type: str
    data: bytes


class Tracked(NamedTuple):
    """How far a recorder has come in an application's events."""

    recorder: str
    application: str
    position: int


async def outcome(database: Database, batch: UUID, events: Sequence[Foreign], tracked: Tracked | None) -> int | None:
    """Answer the position of the last event of a lost batch; None when the log holds nothing of it and never will.

    Tries for five seconds. Raises: whatever kept it from the database.
    """
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + _LOOKUP_SECONDS
    while True:
        try:
            async with asyncio.timeout_at(give_up_at):
                connection = await database.connect(purpose="guanjia outcome")
                try:
                    return await _outcome(connection, batch, events, tracked)
                finally:
                    connection.terminate()
        except Exception as error:
            if not lost_connection(error) or loop.time() + _PAUSE_SECONDS > give_up_at:
                raise
        await asyncio.sleep(_PAUSE_SECONDS)


async def _outcome(
    connection: Connection, batch: UUID, events: Sequence[Foreign], tracked: Tracked | None
) -> int | None:
    # The head lock is held here: a commit on its way is waited for, and one that comes later is refused.
    head: int = await connection.fetchval(_ABANDON, batch)
    if not events:
        return head if tracked is not None and await connection.fetchval(_TRACKED, *tracked) else None
    streams, versions = [event.stream for event in events], [event.version for event in events]
    rows = await connection.fetch(_WRITTEN, streams, versions)
    # A version is given once, so equal bytes at it are these events.
    if [Foreign(row["stream"], row["version"], row["type"], row["data"]) for row in rows] != list(events):
        return None
    position: int = rows[-1]["position"]
    return position
