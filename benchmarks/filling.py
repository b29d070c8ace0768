"""A log filled fast and as it should be: events that the rules decided, through the product's own append function."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Connection
from adapters.postgres.sealing import PersonalKey
from api.compose import City
from application.kernel.ports import Origin
from benchmarks.lives import CLERK, EVENTS_A_FILE, Lives
from domain.kernel.aggregate import StreamName
from domain.licensing.events import LicenceEvent
from domain.licensing.folding import LICENCE

FILES_AT_ONCE: Final = 100

# One command stands for all events of a batch: what tells commands apart is in the metadata of their events.
_APPEND: Final = """
    select position from append_batch(
        gen_random_uuid(), $1, true, array[null::bytea], array[null::bytea], array[$2::text], array[gen_random_uuid()],
        array['{}'], '{}'::integer[], '{}'::text[], '{}'::bigint[],
        array_fill(1, array[cardinality($3::text[])]), $3::text[], $4::text[], $5::bytea[], $6::bytea[]
    )
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events by column, in the order in which they are appended."""

    streams: list[str]
    types: list[str]
    data: list[bytes]
    metadata: list[bytes]


async def fill(city: City, lives: Lives, people: range) -> None:
    """Append the whole lives of some people's files; a batch is encoded while the last one is appended."""
    connection = await city.database.connect(purpose="guanjia bench", patience=None)
    try:
        ready = Batch([], [], [], [])
        for first in range(people.start, people.stop, FILES_AT_ONCE):
            some = people[first - people.start : first - people.start + FILES_AT_ONCE]
            streams = [LICENCE.stream(lives.licence_id(person)) for person in some]
            told = [lives.life(person) for person in some]
            keys = await city.personal_keys.provide(streams)
            encoding = asyncio.to_thread(_encoded, city.codec, streams, told, keys, city.clock.now())
            ready, _ = await asyncio.gather(encoding, append(connection, ready, city.clock.now()))
        await append(connection, ready, city.clock.now())
    finally:
        await connection.close()


async def settle(city: City) -> None:
    """Do at once what the database would do some time after so much was written: it shall not do it meanwhile."""
    connection = await city.database.connect(purpose="guanjia bench", patience=None)
    try:
        for command in ("vacuum (analyze) events", "vacuum (analyze) streams", "checkpoint"):
            await connection.execute(command)
    finally:
        await connection.close()


def files_of(events: int) -> int:
    """Answer how many whole lives make about so many events."""
    return max(1, events // EVENTS_A_FILE)


def _encoded(
    codec: Codec,
    streams: Sequence[StreamName],
    lives: Sequence[Iterator[tuple[str, LicenceEvent]]],
    keys: Mapping[str, PersonalKey],
    now: datetime,
) -> Batch:
    """Encode the lives of some files side by side: all openings, then all first deductions, and so on."""
    batch = Batch([], [], [], [])
    for steps in zip(*lives, strict=True):
        for stream, (command, event) in zip(streams, steps, strict=True):
            name, data, schema = codec.encode(stream, event, keys)
            origin = Origin(command_id=uuid4(), command=command, subject=CLERK.subject, role=CLERK.role, decided_at=now)
            batch.streams.append(stream)
            batch.types.append(name)
            batch.data.append(data)
            batch.metadata.append(codec.metadata(origin, schema))
    return batch


async def append(connection: Connection, batch: Batch, now: datetime) -> None:
    """Append a batch through the product's own function."""
    if batch.streams:
        columns = (batch.streams, batch.types, batch.data, batch.metadata)
        await connection.execute(_APPEND, now, batch.streams[0], *columns)
