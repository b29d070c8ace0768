"""The moment at which readers go over to a version that was built: all at once, never half."""

from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from adapters.postgres import checkpoints
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.connection import Connection
from adapters.postgres.facts import Facts
from adapters.postgres.following import fold_into
from adapters.postgres.read_models.versions import Differences, TableVersion, table_of

# Whoever reads for long keeps the view: better to come back than to have every other reader queue behind.
_DO_NOT_WAIT_LONG: Final = "set local lock_timeout = '1s'"


@dataclass(frozen=True, slots=True)
class Switched:
    """Readers see the new version at this position."""

    position: int
    differences: Differences | None


async def switch(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, *, most: int
) -> Switched | None:
    """Catch up for the last time, compare with the live version, and let readers see the new one; in one transaction.

    The live version is held meanwhile, so that nothing is added to it. None when more than `most` positions are left
    to follow, or when a reader is in the way: then it is tried again.
    """
    try:
        async with connection.transaction():
            return await _switched(connection, facts, table, building, most)
    except asyncpg.LockNotAvailableError:
        return None


async def _switched(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, most: int
) -> Switched | None:
    model = table.model
    await connection.execute(_DO_NOT_WAIT_LONG)
    held = await checkpoints.locked(connection, [model.name], State.LIVE, State.BUILDING)
    ours = next(each for each in held if each.version == building.version)
    live = next((each for each in held if each.state is State.LIVE), None)
    is_same_shape = live is not None and live.shape == model.shape
    target = live.position if live is not None and is_same_shape else await facts.head(connection)
    if target - ours.position > most:
        return None
    await fold_into(connection, table, await facts.read(connection, ours.position, target, model.follows))
    differences = None
    if live is not None and is_same_shape:
        differences = await table.compare(connection, table_of(model, live.version))
    await table.show(connection, replaces_same_columns=is_same_shape)
    if live is not None:
        await _retire(connection, facts, table, live)
    await checkpoints.become_live(connection, ours)
    await checkpoints.move(connection, [ours], target)
    await checkpoints.tell(connection, {model.name: target})
    return Switched(target, differences)


async def _retire(connection: Connection, facts: Facts, table: TableVersion[Any], live: Checkpoint) -> None:
    """Keep the version for a roll-back, unless somebody has been erased whom it still names."""
    model = table.model
    if live.shape != model.shape and await facts.any_beyond(connection, live.position, model.erases):
        await table_of(model, live.version).drop(connection)
        await checkpoints.remove(connection, live)
    else:
        await checkpoints.become(connection, live, State.RETIRED)
