"""One city's schema with a store on it, and a way around the store."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any, Final, Self
from uuid import uuid4

import asyncpg

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database, quoted
from adapters.postgres.personal_keys import PostgresPersonalKeys
from adapters.postgres.schema import migrate
from adapters.postgres.store import PostgresEventStore
from tests.adapters.event_store_suite import Row
from tests.adapters.notes import NOTE, SetClock

MASTER_KEY: Final = bytes(range(32))

_FOREIGN: Final = """
    select * from append_batch(
        gen_random_uuid(), $2, false, array[null::bytea], array[null::bytea], array[$1::text], array[gen_random_uuid()],
        array['{}'], array[1], array[$1], array[0::bigint], array[1], array[$1], array['stock.module:Bought'],
        array['\\x00ff'::bytea], array[''::bytea])
"""


class Bench:
    """A new schema, dropped at the end; more stores may be opened on it, as other processes would."""

    def __init__(self, url: str, schema: str | None = None) -> None:
        self.url = url
        self.schema = schema or f"city_{uuid4().hex[:12]}"
        self.clock = SetClock()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.database = await self._stack.enter_async_context(Database(self.url, self.schema))
        await migrate(self.database)
        self.direct: asyncpg.Connection = await self.database.connect(purpose="test")
        self.keys = PostgresPersonalKeys(self.database, MASTER_KEY)
        self.store = await self.another_store()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
        if self.direct.is_closed():
            self.direct = await self.database.connect(purpose="test")
        await self.direct.execute(f"drop schema {quoted(self.schema)} cascade")
        await self.direct.close()

    async def another_store(self, url: str | None = None, **options: Any) -> PostgresEventStore:
        """Open a store as another process would, at another address if need be; it is closed with the bench."""
        database = await self._stack.enter_async_context(Database(url or self.url, self.schema))
        keys = PostgresPersonalKeys(database, MASTER_KEY)
        options = {"check_clock": False, **options}
        store = PostgresEventStore(database, Codec([NOTE]), keys, self.clock, **options)
        return await self._stack.enter_async_context(store)

    async def rows(self) -> Sequence[Row]:
        found = await self.direct.fetch("select * from events order by position")
        return [Row(*row) for row in found]

    async def put_foreign(self, stream: str, *, by: asyncpg.Connection | None = None) -> None:
        await (by or self.direct).execute(_FOREIGN, stream, self.clock.instant)

    async def sees(self, query: str, *arguments: object) -> Any:
        """Ask the database for one value."""
        return await self.direct.fetchval(query, *arguments)
