"""Connections to one city's schema: which settings they have, and the pool for reads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import asyncpg

from adapters.postgres.failures import lost_connection, reaching

CONNECT_SECONDS: Final = 2.0
_ACQUIRE_SECONDS: Final = 5.0
STATEMENT_SECONDS: Final = 30.0

Connection = asyncpg.Connection
Pool = asyncpg.Pool


class Database:
    """One city's schema on one server, for one event loop.

    `url` is what asyncpg and libpq take; `schema` is the only name that the schema has anywhere: tables are found along
    the search_path that every connection starts with. `open` connects to nothing yet.
    """

    def __init__(self, url: str, schema: str, *, readers: int = 8) -> None:
        self.url: Final = url
        self.schema: Final = schema
        self._readers = readers
        self._turns = asyncio.Semaphore(readers)
        self._pool: Pool | None = None

    async def __aenter__(self) -> Self:
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=0,
            max_size=self._readers,
            max_queries=1_000_000,
            reset=_leave_as_is,
            **self._settings(),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            try:
                await asyncio.wait_for(pool.close(), CONNECT_SECONDS)
            except TimeoutError:
                pool.terminate()

    async def connect(self, *, purpose: str = "guanjia", patience: float | None = STATEMENT_SECONDS) -> Connection:
        """Open a connection of its own for what lasts: the writer's, the listener's, a lock's; the caller closes it.

        `patience` is for how many seconds a statement may take; None is for what may take as long as it takes.
        """
        settings = self._settings()
        settings["command_timeout"] = patience
        settings["server_settings"]["application_name"] = purpose
        return await asyncpg.connect(self.url, **settings)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """Borrow a connection for one or few statements.

        Raises: Unavailable.
        """
        if self._pool is None:
            raise RuntimeError("the database is used outside `async with`")
        with reaching():
            async with self._turn(), self._pool.acquire(timeout=_ACQUIRE_SECONDS) as connection:
                yield connection  # type: ignore[misc] # the pool's proxy has all that the connection has

    async def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        """Run one statement that may be repeated: once more, when a connection turns out to be dead.

        Raises: Unavailable.
        """
        if self._pool is None:
            raise RuntimeError("the database is used outside `async with`")
        with reaching():
            async with self._turn():
                try:
                    return await self._pool.fetch(query, *arguments)
                except Exception as error:
                    if not lost_connection(error) or isinstance(error, TimeoutError):
                        raise
                return await self._pool.fetch(query, *arguments)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait in the order of asking: the pool by itself lets those who come late pass those who wait."""
        if self._turns.locked():
            await asyncio.wait_for(self._turns.acquire(), _ACQUIRE_SECONDS)
        else:
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    def _settings(self) -> dict[str, Any]:
        return {
            "timeout": CONNECT_SECONDS,
            "command_timeout": STATEMENT_SECONDS,
            # Statements are prepared once per connection and stay: the plans of hot reads are never made anew.
            "max_cached_statement_lifetime": 0,
            "server_settings": {
                "application_name": "guanjia",
                "search_path": quoted(self.schema),
                # What the append relies on: each statement sees what was committed before it.
                "default_transaction_isolation": "read committed",
                "jit": "off",
                "TimeZone": "UTC",
            },
        }


def quoted(name: str) -> str:
    """Answer a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


async def _leave_as_is(_: object) -> None:
    """Spare the round trip that clears a session's settings: nobody here changes any."""
