"""The log as one factory of the library has it: connections, whoever waits for events, and the one way to write."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Self
from uuid import UUID, uuid4

from eventsourcing.persistence import OperationalError

from adapters.clock import SystemClock
from adapters.eventsourcing.outcome import Foreign, Tracked, outcome
from adapters.postgres.connection import Connection, Database
from adapters.postgres.failures import lost_connection, reaching
from adapters.postgres.listener import Listener
from adapters.postgres.signal import Signal

_COMMIT_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 1.0

_APPEND: Final = "select append_foreign($1, $2, true, $3, $4, $5, $6, $7, $8, $9)"


class LibraryLog:
    """Used inside `async with`, on one event loop; those who write take turns on one connection."""

    def __init__(self, database: Database) -> None:
        self.database: Final = database
        self._clock = SystemClock()
        self._signal = Signal()
        self._listener = Listener(database, self._signal)
        self._listens = False
        self._turn = asyncio.Lock()
        self._connection: Connection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._listener.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._turn.acquire(), _STOP_SECONDS)
        self._disconnect()

    async def append(self, events: Sequence[Foreign], tracked: Tracked | None = None) -> int:
        """Append events, all or none, and answer the position of the last one.

        Raises: OperationalError, saying what became of the events; whatever the database says against them.
        """
        async with self._turn:
            connection, batch = await self._connected(), uuid4()
            try:
                position: int = await connection.fetchval(
                    _APPEND,
                    *(batch, self._clock.now()),
                    *([event[column] for event in events] for column in range(len(Foreign._fields))),
                    *(tracked or (None, None, None)),
                    timeout=_COMMIT_SECONDS,
                )
            except Exception as error:
                if not lost_connection(error):
                    raise
                self._disconnect()
                position = await self._looked_up(batch, events, tracked, error)
        self._signal.rise(position)
        return position

    async def execute(self, *statements: tuple[Any, ...]) -> None:
        """Run statements, each with its arguments, in one transaction.

        Whether one that was lost on the way was committed, whoever asked finds out by reading.
        Raises: Unavailable; whatever the database says against them.
        """
        async with self._turn:
            connection = await self._connected()
            with reaching():
                async with connection.transaction():
                    for query, *arguments in statements:
                        await connection.execute(query, *arguments)

    async def wake(self, sleeper: threading.Event) -> None:
        """Wake a sleeper whenever the log has risen, and now and then, for what is heard is a hint; never ends."""
        if not self._listens:
            self._listens = True
            self._listener.start()
        known = 0
        while True:
            known = await self._signal.wait_beyond(known, _POLL_SECONDS)
            sleeper.set()

    async def _looked_up(
        self, batch: UUID, events: Sequence[Foreign], tracked: Tracked | None, cause: Exception
    ) -> int:
        try:
            position = await outcome(self.database, batch, events, tracked)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows what became of the events
            raise OperationalError(
                f"the connection was lost during the commit, its outcome is unknown: {error}"
            ) from cause
        if position is None:
            raise OperationalError(f"the connection was lost, nothing was written: {cause}") from cause
        return position

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.is_closed():
            with reaching():
                self._connection = await self.database.connect(purpose="guanjia library")
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()


@asynccontextmanager
async def open_log(url: str, schema: str) -> AsyncIterator[LibraryLog]:
    """Answer the log of one schema; nothing is connected yet."""
    async with Database(url, schema) as database, LibraryLog(database) as log:
        yield log
