"""Rebuilding a read model beside the one in use: fill a new version, catch up, compare, switch; nobody waits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import structlog

from adapters.postgres import checkpoints
from adapters.postgres.beginning import begin
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.connection import Connection, Database
from adapters.postgres.facts import Facts
from adapters.postgres.following import fold_into
from adapters.postgres.read_models.model import ReadModel
from adapters.postgres.read_models.versions import Differences, TableVersion, table_of
from adapters.postgres.switching import Late, compare, switch

CHUNK: Final = 10_000
"""So many positions are followed in one transaction; no snapshot stays open longer than that takes."""

_PAUSE_SECONDS: Final = 0.5
_LOCK: Final = "select pg_try_advisory_lock(hashtextextended('guanjia rebuild ' || current_schema() || ' ' || $1, 0))"

_log: Final = structlog.get_logger(__name__)


class AlreadyRebuilding(Exception):
    """Another process is rebuilding this read model."""


class GivenUp(Exception):
    """The version that was being filled is gone: a newer program has begun one of another shape."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild has come: the position it has followed, and the one it is heading for now."""

    name: str
    position: int
    target: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rebuild that is done; `differences` to the version it replaces, None when that one could not be compared."""

    name: str
    version: int
    position: int
    differences: Differences | None


async def rebuild(
    database: Database, facts: Facts, model: ReadModel[Any], *, progress: Tell = lambda _: None, chunk: int = CHUNK
) -> Rebuilt:
    """Build a read model anew, or go on with what was interrupted, and have readers see it.

    Raises: AlreadyRebuilding, FoldFailed, GivenUp.
    """
    async with _alone(database, model) as connection:
        building = await begin(connection, model)
        table = table_of(model, building.version)
        differences = None
        is_compared = False
        while True:
            await _fill(connection, facts, table, building, progress, chunk)
            await table.index(connection)
            try:
                if not is_compared:
                    differences = await compare(connection, facts, table, building, most=chunk)
                    is_compared = True
                position = await switch(connection, facts, table, building, most=chunk)
            except Late:
                continue
            if position is not None:
                _log.info("a read model is rebuilt", name=table.name, differences=differences)
                return Rebuilt(model.name, building.version, position, differences)
            await asyncio.sleep(_PAUSE_SECONDS)


async def build_missing(database: Database, facts: Facts, models: Sequence[ReadModel[Any]]) -> None:
    """Build the read models that cannot be read at all, so that a service that starts can answer.

    One that another process is building is left to it. Raises: FoldFailed, GivenUp.
    """
    async with database.reading() as connection:
        there = {each.name for each in await checkpoints.all_of(connection) if each.state is State.LIVE}
    for model in models:
        if model.name not in there:
            with suppress(AlreadyRebuilding):
                await rebuild(database, facts, model)


@asynccontextmanager
async def _alone(database: Database, model: ReadModel[Any]) -> AsyncIterator[Connection]:
    """Hold a connection of its own, and with it the right to rebuild the read model."""
    # An index over millions of rows takes as long as it takes.
    connection = await database.connect(purpose=f"guanjia rebuild {model.name}", patience=None)
    try:
        if not await connection.fetchval(_LOCK, model.name):
            raise AlreadyRebuilding(model.name)
        yield connection
    finally:
        # Without a round trip, so that a cancelled rebuild lets go at once; the server gives the lock back.
        connection.terminate()


async def _fill(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, progress: Tell, chunk: int
) -> None:
    """Follow the log up to where the live version is, or to its end where none of this shape is."""
    model = table.model
    while True:
        ours, target = await _whereabouts(connection, facts, model, building)
        progress(Progress(model.name, ours.position, target))
        upto = min(ours.position + chunk, target)
        if upto <= ours.position:
            return
        read = await facts.read(connection, ours.position, upto, model.follows)
        async with connection.transaction():
            held = await checkpoints.locked(connection, [model.name], State.BUILDING)
            if ours not in held:
                raise GivenUp(table.name)
            await fold_into(connection, table, read)
            await checkpoints.move(connection, [ours], upto)


async def _whereabouts(
    connection: Connection, facts: Facts, model: ReadModel[Any], building: Checkpoint
) -> tuple[Checkpoint, int]:
    """Answer the version being filled as it stands, and the position it is heading for."""
    present = [each for each in await checkpoints.all_of(connection) if each.name == model.name]
    ours = next((each for each in present if each.version == building.version), None)
    if ours is None:
        raise GivenUp(f"{model.name}_{building.version}")
    live = next((each for each in present if each.state is State.LIVE and each.shape == model.shape), None)
    return ours, await facts.head(connection) if live is None else live.position
