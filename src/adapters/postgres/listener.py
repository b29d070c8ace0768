"""Hears of what other processes commit: a hint only, so that losing it costs time and never an event."""

import asyncio
from typing import Final

import structlog

from adapters.postgres.connection import Connection, Database
from adapters.postgres.signal import Signal

_FIRST_PAUSE_SECONDS: Final = 0.1
_LONGEST_PAUSE_SECONDS: Final = 2.0

_log: Final = structlog.get_logger(__name__)


class Listener:
    """Listens on the log's channel on a connection of its own, and comes back by itself when that is lost."""

    def __init__(self, database: Database, signal: Signal) -> None:
        self._database = database
        self._signal = signal
        self._task: asyncio.Task[None] | None = None
        self.listening: Final = asyncio.Event()
        """Set while the channel is heard."""

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._run(), name="log listener")

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
            self._task = None

    async def _run(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                connection = await self._database.connect(purpose="guanjia listener")
                try:
                    await self._listen(connection)
                finally:
                    self.listening.clear()
                    connection.terminate()
                pause = _FIRST_PAUSE_SECONDS
            except Exception as error:  # noqa: BLE001 - whatever it is, the log is still read by polling
                _log.info("the log's channel cannot be heard", error=str(error))
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            await asyncio.sleep(pause)

    async def _listen(self, connection: Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(await connection.fetchval("select log_channel()"), self._hear)
        # What was committed before the channel was heard.
        self._signal.rise(await connection.fetchval("select position from log_head"))
        self.listening.set()
        await lost.wait()

    def _hear(self, _connection: object, _pid: int, _channel: str, position: object) -> None:
        self._signal.rise(int(str(position)))
