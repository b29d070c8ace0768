"""Connections to one city's schema: which settings they have, and how reads borrow them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import asyncpg

from adapters.postgres.failures import lost_connection, reaching
from adapters.postgres.lending import Lending

CONNECT_SECONDS: Final = 2.0
_ACQUIRE_SECONDS: Final = 5.0
STATEMENT_SECONDS: Final = 30.0

Connection = asyncpg.Connection


class Database:
    """One city's schema on one server, for one event loop.

    `url` is what asyncpg and libpq take; `schema` is the only name that the schema has anywhere: tables are found along
    the search_path that every connection starts with. `open` connects to nothing yet.
    """

    def __init__(self, url: str, schema: str, *, readers: int = 8) -> None:
        self.url: Final = url
        self.schema: Final = schema
        self._readers = readers
        self._lending: Lending | None = None

    async def __aenter__(self) -> Self:
        self._lending = Lending(self.connect, most=self._readers, patience=_ACQUIRE_SECONDS)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._lending is not None:
            lending, self._lending = self._lending, None
            await lending.close(CONNECT_SECONDS)

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
        with reaching():
            connection = await self._lent.borrow()
            try:
                yield connection
            finally:
                self._lent.give_back(connection)

    async def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        """Run one statement that may be repeated: once more, when a connection turns out to be dead.

        Raises: Unavailable.
        """
        with reaching():
            try:
                return await self._fetch(query, arguments)
            except Exception as error:
                if not lost_connection(error) or isinstance(error, TimeoutError):
                    raise
            return await self._fetch(query, arguments)

    async def _fetch(self, query: str, arguments: Sequence[object]) -> list[asyncpg.Record]:
        lending = self._lent
        connection = await lending.borrow()
        try:
            return await connection.fetch(query, *arguments)
        finally:
            lending.give_back(connection)

    @property
    def _lent(self) -> Lending:
        if self._lending is None:
            raise RuntimeError("the database is used outside `async with`")
        return self._lending

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
