"""The log as read models are folded from it: dense stretches of positions, personal fields open."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Connection
from adapters.postgres.sealing import PersonalKey, PersonalKeys, person_of
from application.kernel.ports import Recorded

_HEAD: Final = "select position from log_head"
_STRETCH: Final = """
    select least(h.position, $1::bigint + $2::bigint) as upto, (
        select count(*) from events as e
        where e.position > $1 and e.position <= $1 + $2 and e.type <> all ($3::text[])
    ) as foreign_events
    from log_head as h
"""
_READ: Final = """
    select position, stream, version, type, data, metadata, recorded_at from events
    where position > $1 and position <= $2 and type = any ($3::text[])
    order by position
"""
_OF_STREAMS: Final = """
    select position, stream, version, type, data, metadata, recorded_at from events
    where stream = any ($1::text[])
    order by position
"""
_ANY: Final = "select exists (select from events where type = any ($1::text[]) and position > $2)"


class Stretch(NamedTuple):
    """The positions beyond one and up to another, and how many events there are not ours."""

    upto: int
    foreign: int


class Facts:
    """Reads facts on the connection that it is given; positions are dense, so a stretch needs no search."""

    def __init__(self, codec: Codec, keys: PersonalKeys) -> None:
        self._codec = codec
        self._keys = keys
        self._names = sorted(codec.names)

    async def head(self, connection: Connection) -> int:
        """Answer the position of the log's last event."""
        position: int = await connection.fetchval(_HEAD)
        return position

    async def destroy_keys(self, streams: Collection[str]) -> None:
        """See to it that erased persons have no key: what the erasing command did, or was kept from doing."""
        for stream in streams:
            await self._keys.erase(person_of(stream))

    async def stretch(self, connection: Connection, after: int, most: int) -> Stretch:
        """Answer how far the log goes beyond a position, `most` events at most."""
        ((upto, foreign),) = await connection.fetch(_STRETCH, after, most, self._names)
        return Stretch(upto, foreign)

    async def read(self, connection: Connection, after: int, upto: int, types: Collection[str]) -> Sequence[Recorded]:
        """Read the events of these types beyond a position, up to and including another."""
        return await self._opened(await connection.fetch(_READ, after, upto, list(types)))

    async def of_streams(self, connection: Connection, streams: Collection[str]) -> Sequence[Recorded]:
        """Read all events of some streams, in the log's order."""
        return await self._opened(await connection.fetch(_OF_STREAMS, list(streams)))

    async def any_beyond(self, connection: Connection, position: int, types: Collection[str]) -> bool:
        """Tell whether the log has an event of these types beyond a position."""
        return bool(await connection.fetchval(_ANY, list(types), position))

    async def _opened(self, rows: Sequence[asyncpg.Record]) -> Sequence[Recorded]:
        persons = {person_of(row["stream"]) for row in rows if self._codec.is_personal(row["type"])}
        keys = await self._keys.find(persons) if persons else {}
        return [self._recorded(row, keys) for row in rows]

    def _recorded(self, row: asyncpg.Record, keys: Mapping[str, PersonalKey]) -> Recorded:
        position, stream, version, name, data, metadata, recorded_at = row
        return Recorded(
            position=position,
            stream=stream,
            version=version,
            type=name,
            event=self._codec.event(stream, name, data, metadata, keys),
            origin=self._codec.origin(name, metadata),
            recorded_at=recorded_at,
        )
