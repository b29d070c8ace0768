"""A log filled with requests: encoded and sealed by the product's own codec, through its own append function."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from adapters.postgres.codec import Codec
from adapters.postgres.sealing import PersonalKey
from api.compose import City
from application.kernel.ports import Origin
from benchmarks.filling import Batch, append
from benchmarks.lives import CLERK
from benchmarks.requests.lives import DESK, RequestLives
from domain.service_requests.folding import SERVICE_REQUEST

REQUESTS_AT_ONCE = 200


async def fill(city: City, lives: RequestLives) -> int:
    """Append the lives of all requests; a batch is encoded while the last one is appended.

    Answers how many events there were.
    """
    connection = await city.database.connect(purpose="guanjia bench", patience=None)
    now = city.clock.now
    written = 0
    try:
        ready = Batch([], [], [], [])
        for first in range(0, lives.requests, REQUESTS_AT_ONCE):
            some = range(first, min(first + REQUESTS_AT_ONCE, lives.requests))
            streams = [SERVICE_REQUEST.stream(lives.request_id(nth)) for nth in some]
            keys = await city.personal_keys.provide(streams)
            encoding = asyncio.to_thread(_lived, city.codec, lives, some, keys, now())
            written += len(ready.streams)
            ready, _ = await asyncio.gather(encoding, append(connection, ready, now()))
        written += len(ready.streams)
        await append(connection, ready, now())
    finally:
        await connection.close()
    return written


def _lived(
    codec: Codec, lives: RequestLives, some: Iterable[int], keys: Mapping[str, PersonalKey], now: datetime
) -> Batch:
    """Encode whole lives, one after the other; what one step has led to is of one command."""
    batch = Batch([], [], [], [])
    for nth in some:
        stream = SERVICE_REQUEST.stream(lives.request_id(nth))
        for decided in lives.life(nth):
            origin = Origin(command_id=uuid4(), command="bench", subject=DESK, role=CLERK.role, decided_at=now)
            for event in decided:
                name, data, schema = codec.encode(stream, event, keys)
                batch.streams.append(stream)
                batch.types.append(name)
                batch.data.append(data)
                batch.metadata.append(codec.metadata(origin, schema))
    return batch
