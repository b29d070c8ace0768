"""Read your writes: wait until the read models have reached a position."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Final, Self

import msgspec
import structlog

from adapters.postgres.connection import Connection, Database
from adapters.postgres.read_models.all import READ_MODELS
from application.kernel.refusals import ReadModelBehind

PATIENCE_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.25
_PAUSE_SECONDS: Final = 0.5

_ALL: Final = frozenset(model.name for model in READ_MODELS)
_POSITIONS: Final = "select name, position from checkpoints where state = 'live'"
AWAITED: Final = "read_channel() || '_awaited'"
"""The channel on which the runner hears that somebody waits, as SQL."""
_AWAIT: Final = f"select pg_notify({AWAITED}, '')"
_TOLD: Final = msgspec.json.Decoder(dict[str, int])

_log: Final = structlog.get_logger(__name__)


class ReadPositions:
    """How far the read models are, as far as this process has heard; hears of it inside `async with`.

    What is told is a hint; whoever waits also looks for itself. Positions only rise: a version that is switched to has
    caught up with the one before.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heard: dict[str, int] = {}
        self._news: asyncio.Future[None] | None = None
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._listening = asyncio.create_task(self._listen(), name="read model listener")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait((self._listening,))

    async def caught_up(self, position: int | None) -> None:
        """Wait until every read model has reached a position; at once for None.

        Raises: ReadModelBehind, Unavailable.
        """
        if position is not None:
            await self.reached(_ALL, position)

    async def reached(self, names: Collection[str], position: int, timeout: float = PATIENCE_SECONDS) -> None:  # noqa: ASYNC109 - the wait is the whole of it
        """Wait until these read models have reached a position, `timeout` seconds at most.

        Raises: ReadModelBehind, Unavailable.
        """
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + timeout
        look, asked = True, False
        while not self._have_reached(names, position):
            news = self._next_news()
            if look:
                rows = await self._database.fetch(_POSITIONS)
                self._hear({row["name"]: row["position"] for row in rows})
                if self._have_reached(names, position):
                    return
            if not asked:
                await self._database.fetch(_AWAIT)
                asked = True
            left = give_up_at - loop.time()
            if left <= 0:
                raise ReadModelBehind
            told, _ = await asyncio.wait((news,), timeout=min(left, _POLL_SECONDS))
            look = not told

    def _have_reached(self, names: Collection[str], position: int) -> bool:
        return all(self._heard.get(name, -1) >= position for name in names)

    def _next_news(self) -> asyncio.Future[None]:
        if self._news is None:
            self._news = asyncio.get_running_loop().create_future()
        return self._news

    def _hear(self, positions: Mapping[str, int]) -> None:
        for name, position in positions.items():
            self._heard[name] = max(position, self._heard.get(name, position))

    def _told(self, _connection: object, _pid: int, _channel: str, positions: object) -> None:
        self._hear(_TOLD.decode(str(positions)))
        if self._news is not None:
            self._news.set_result(None)
            self._news = None

    async def _listen(self) -> None:
        while True:
            try:
                connection = await self._database.connect(purpose="guanjia read positions")
                try:
                    await self._until_lost(connection)
                finally:
                    connection.terminate()
            except Exception as error:  # noqa: BLE001 - whatever it is, positions are still looked up by those who wait
                _log.info("read models cannot be heard", error=str(error))
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _until_lost(self, connection: Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(await connection.fetchval("select read_channel()"), self._told)
        await lost.wait()
