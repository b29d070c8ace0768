"""The database under the service: prepared before anyone is served, and started again when it dies."""

import asyncio
from typing import Final, Protocol

import structlog

from api.composing import grounds
from api.settings import Settings
from application.kernel.ports import Unavailable

_PATIENCE_SECONDS: Final = 30.0
_FIRST_PAUSE_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 10.0

_log: Final = structlog.get_logger(__name__)


class EmbeddedServer(Protocol):
    """A server of our own, inside its `with` block."""

    def is_running(self) -> bool:
        """Tell whether it is alive."""

    def ensure_running(self) -> bool:
        """Start it again if it has died; tells whether it had."""


async def prepare_soon(settings: Settings, url: str) -> None:
    """Bring the schema up to date; a database from outside may come up half a minute later than we do.

    Raises: Unavailable, and whatever else keeps the schema from being used.
    """
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + _PATIENCE_SECONDS
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            await _prepare(settings, url)
        except Unavailable as error:
            if loop.time() >= give_up_at:
                raise
            _log.warning("waiting for the database", error=str(error))
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


async def _prepare(settings: Settings, url: str) -> None:
    if not await grounds.is_prepared(settings, url):
        # Only now: the whole city takes a second to import, and every start but the first finds it begun.
        from api import compose  # noqa: PLC0415

        await compose.prepare(settings, url)


async def keep_running(server: EmbeddedServer) -> None:
    """Start the server again whenever it dies, for as long as it takes: room on a full disk may be made meanwhile."""
    pause = _LOOK_SECONDS
    while True:
        await asyncio.sleep(pause)
        if server.is_running():
            pause = _LOOK_SECONDS
            continue
        try:
            await asyncio.to_thread(server.ensure_running)
        except grounds.FAILURES as error:
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            _log.error("the embedded database has died and does not start", error=str(error))
        else:
            _log.warning("the embedded database had died and runs again")
