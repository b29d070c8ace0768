"""The process that keeps the read models up with the log: one per database at work, any number standing by."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import structlog

from adapters.postgres import checkpoints
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.codec import Codec
from adapters.postgres.connection import Connection, Database
from adapters.postgres.facts import Facts
from adapters.postgres.failures import lost_connection
from adapters.postgres.following import MOST_FACTS, Following
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.model import ReadModel
from adapters.postgres.read_positions import AWAITED
from adapters.postgres.rebuilding import AlreadyRebuilding, rebuild
from adapters.postgres.sealing import PersonalKeys

POLL_SECONDS: Final = 1.0
_RESTS_PER_STEP: Final = 4.0
_LONGEST_REST_SECONDS: Final = 0.3
_FIRST_PAUSE_SECONDS: Final = 0.1
_LONGEST_PAUSE_SECONDS: Final = 2.0

_ELECT: Final = "select pg_try_advisory_lock(hashtextextended('guanjia read models ' || current_schema(), 0))"

_log: Final = structlog.get_logger(__name__)


async def run_projections(
    database: Database,
    codec: Codec,
    keys: PersonalKeys,
    *,
    stop: asyncio.Event,
    models: Sequence[ReadModel[Any]] = READ_MODELS,
    poll_seconds: float = POLL_SECONDS,
) -> None:
    """Follow the log, and build what is missing or asked for, until `stop` is set; comes back by itself after failures.

    `database` must be open. Whether this process is at work or stands by is decided by a lock in the database.
    """
    runner = ProjectionRunner(database, Facts(codec, keys), models, poll_seconds)
    pause = _FIRST_PAUSE_SECONDS
    while not stop.is_set():
        try:
            await runner.run(stop)
            pause = _FIRST_PAUSE_SECONDS
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again from where the checkpoints are
            _log.warning("read models stand still for a moment", error=str(error), exc_info=not lost_connection(error))
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        await _first_of(stop.wait(), seconds=pause)


class ProjectionRunner:
    """One candidate for the work; `elected` is set while it is at it."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        models: Sequence[ReadModel[Any]] = READ_MODELS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._facts = facts
        self._models = models
        self._poll_seconds = poll_seconds
        self._following = Following(models=models, facts=facts)
        self._rebuilds: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._awaited = asyncio.Event()
        self.elected: Final = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Stand by until elected, then work until `stop` is set or the connection is lost."""
        connection = await self._database.connect(purpose="guanjia read models")
        try:
            while not await connection.fetchval(_ELECT):
                if await _first_of(stop.wait(), seconds=self._poll_seconds):
                    return
            self.elected.set()
            await self._work(connection, stop)
        finally:
            self.elected.clear()
            await self._end_rebuilds()
            connection.terminate()

    async def _work(self, connection: Connection, stop: asyncio.Event) -> None:
        connection.add_termination_listener(lambda _: self._woken.set())
        ((written, awaited),) = await connection.fetch(f"select log_channel(), {AWAITED}")
        await connection.add_listener(written, lambda *_: self._woken.set())
        await connection.add_listener(awaited, lambda *_: self._awaited.set())
        while not stop.is_set():
            self._woken.clear()
            self._awaited.clear()
            present = await checkpoints.all_of(connection)
            self._start_rebuilds(present)
            began = time.perf_counter()
            followed = await self._following.step(connection, present)
            if not followed:
                await _first_of(stop.wait(), self._woken.wait(), seconds=self._poll_seconds)
            elif followed < MOST_FACTS:
                rest = _rest_after(time.perf_counter() - began)
                await _first_of(stop.wait(), self._awaited.wait(), seconds=rest)

    def _start_rebuilds(self, present: Sequence[Checkpoint]) -> None:
        """Build what has no version that can be followed, and go on with what was asked for or interrupted."""
        fit = {(each.name, each.shape) for each in present if each.state is State.LIVE}
        begun = {each.name for each in present if each.state is State.BUILDING}
        for model in self._models:
            if model.name not in begun and (model.name, model.shape) in fit:
                continue
            task = self._rebuilds.get(model.name)
            if task is None or task.done():
                task = asyncio.create_task(self._rebuild(model), name=f"rebuild {model.name}")
                task.add_done_callback(lambda _: self._woken.set())
                self._rebuilds[model.name] = task

    async def _rebuild(self, model: ReadModel[Any]) -> None:
        try:
            await rebuild(self._database, self._facts, model)
        except AlreadyRebuilding:
            await asyncio.sleep(self._poll_seconds)
        except Exception as error:  # noqa: BLE001 - whatever it is, the rebuild goes on from its checkpoint
            _log.warning("a rebuild was interrupted", name=model.name, error=str(error), exc_info=True)
            await asyncio.sleep(self._poll_seconds)

    async def _end_rebuilds(self) -> None:
        running = [task for task in self._rebuilds.values() if not task.done()]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)


def _rest_after(seconds: float) -> float:
    """Answer how long to rest after a step that was not full, so that under load facts gather and commands come first.

    A step costs nearly the same for one fact as for many; a reader who waits for a position ends the rest.
    """
    return min(_RESTS_PER_STEP * seconds, _LONGEST_REST_SECONDS)


async def _first_of(*awaited: Any, seconds: float) -> bool:  # noqa: ANN401 - whatever can be awaited
    """Wait until one of several has come, `seconds` at most; tells whether one has."""
    tasks = [asyncio.ensure_future(each) for each in awaited]
    try:
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for task in tasks:
            task.cancel()
