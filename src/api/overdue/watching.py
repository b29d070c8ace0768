"""A watcher as a process: beside services or alone on a database, until SIGTERM."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from api.compose import SYSTEM, City, open_city
from api.composing.grounds import database_server
from api.composing.read_models import run_read_models
from api.overdue.rounds import Round, Rounds
from api.overdue.sweeping import Sweeping
from api.serving.database import EmbeddedServer, keep_running, prepare_soon
from api.serving.interruption import heeded
from api.settings import Settings
from application.kernel.refusals import ReadModelBehind
from application.kernel.submission import Submission

_log: Final = structlog.get_logger(__name__)


async def watch(
    settings: Settings, seconds: float, *, ready: Callable[[], None], tell: Callable[[Round], None]
) -> None:
    """Watch until SIGTERM, SIGINT or SIGHUP, which end it after the page of requests that it is at.

    `ready` is called once it watches, `tell` is given every round that has done something, or could not. It keeps the
    read models up with the log where nobody else does. Raises: what keeps the database from being used at the start.
    """
    async with _watcher(settings) as (rounds, stop, _):
        ready()
        async for done in rounds.going(stop, seconds):
            if done.is_worth_telling:
                tell(done)
    _log.info("the watcher has ended")


async def watch_once(settings: Settings) -> Round:
    """Go round once, when the read models know all that is in the log by now.

    Raises: what keeps the database from being used.
    """
    async with _watcher(settings) as (rounds, stop, city):
        await _caught_up(city, stop)
        return await rounds.once(stop)


@asynccontextmanager
async def _watcher(settings: Settings) -> AsyncIterator[tuple[Rounds, asyncio.Event, City]]:
    stop = asyncio.Event()
    for each in heeded():
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    with database_server(settings) as (url, embedded):
        await prepare_soon(settings, url)
        async with open_city(settings, url) as city, _beside(settings, url, embedded, stop):
            note = city.commands.note_overdue
            sweep = Sweeping(missed=city.missed_deadlines, note=note, sent=Submission(caller=SYSTEM))
            yield Rounds(sweep=sweep, expire=city.attachments.expire, now=city.clock.now), stop, city


@asynccontextmanager
async def _beside(
    settings: Settings, url: str, embedded: EmbeddedServer | None, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Keep going what a watcher needs: the read models, if nobody else is at them, and an embedded database."""
    following = asyncio.create_task(run_read_models(settings, url, stop))
    keeping = None if embedded is None else asyncio.create_task(keep_running(embedded))
    try:
        yield
    finally:
        stop.set()
        if keeping is not None:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
        await following


async def _caught_up(city: City, stop: asyncio.Event) -> None:
    _, position = await city.store.heads(())
    while not stop.is_set():
        try:
            await city.queries.caught_up(position)
        except ReadModelBehind:
            _log.info("waiting for the read models", position=position)
        else:
            return
