"""A process that appends to a city's log: to streams of its own, and to one that all processes count up."""

import asyncio
import sys

from adapters.clock import SystemClock
from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database
from adapters.postgres.personal_keys import PostgresPersonalKeys
from adapters.postgres.store import PostgresEventStore
from application.kernel.ports import Accepted
from domain.kernel.aggregate import StreamName
from tests.adapters.notes import NOTE, appending, new_note, written
from tests.adapters.postgres.bench import MASTER_KEY

_AT_ONCE = 8


async def _main(url: str, schema: str, shared: StreamName, rounds: int) -> None:
    async with Database(url, schema) as database:
        keys = PostgresPersonalKeys(database, MASTER_KEY)
        async with PostgresEventStore(database, Codec([NOTE]), keys, SystemClock()) as store:
            for _ in range(rounds):
                own = asyncio.gather(
                    *(store.append(appending(new_note(), written(), written())) for _ in range(_AT_ONCE))
                )
                await _count_up(store, shared)
                await own


async def _count_up(store: PostgresEventStore, shared: StreamName) -> None:
    while True:
        heads, _ = await store.heads([shared])
        if isinstance(await store.append(appending(shared, written(), at=heads[shared])), Accepted):
            return


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2], StreamName(sys.argv[3]), int(sys.argv[4])))
