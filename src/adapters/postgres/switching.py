"""The moment at which readers go over to a version that was built: all at once, never half."""

from dataclasses import replace
from typing import Any, Final

import asyncpg

from adapters.postgres import checkpoints
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.connection import Connection
from adapters.postgres.facts import Facts
from adapters.postgres.following import fold_into
from adapters.postgres.read_models.versions import Differences, TableVersion, table_of

# Whoever reads for long keeps the view, and every other reader would queue behind: better to come back.
_DO_NOT_WAIT: Final = "set local lock_timeout = '50ms'"


class Late(Exception):
    """The version that is built is too far behind for a last step; it must catch up first."""


async def compare(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, *, most: int
) -> Differences | None:
    """Compare with the live version at the same position; None when there is none of this shape.

    The live version is held meanwhile, so that nothing is added to it; readers do not notice.
    Raises: Late when more than `most` positions are left to follow.
    """
    async with connection.transaction():
        live, ours = await _caught_up(connection, facts, table, building, most)
        if live is None or live.shape != ours.shape:
            return None
        return await table.compare(connection, table_of(table.model, live.version))


async def switch(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, *, most: int
) -> int | None:
    """Catch up for the last time and let readers see the new version; answers its position.

    None when a reader is in the way: then it is tried again.
    Raises: Late when more than `most` positions are left to follow.
    """
    model = table.model
    try:
        async with connection.transaction():
            live, ours = await _caught_up(connection, facts, table, building, most)
            await connection.execute(_DO_NOT_WAIT)
            await table.show(connection, replaces_same_columns=live is not None and live.shape == ours.shape)
            if live is not None:
                await _retire(connection, facts, table, live)
            await checkpoints.become_live(connection, ours)
            await checkpoints.tell(connection, {model.name: ours.position})
            return ours.position
    except asyncpg.LockNotAvailableError:
        return None


async def _caught_up(
    connection: Connection, facts: Facts, table: TableVersion[Any], building: Checkpoint, most: int
) -> tuple[Checkpoint | None, Checkpoint]:
    """Hold the live version and the one that is built, and bring the latter to where the former is."""
    model = table.model
    held = await checkpoints.locked(connection, [model.name], State.LIVE, State.BUILDING)
    ours = next((each for each in held if each.version == building.version), None)
    if ours is None:
        raise Late
    live = next((each for each in held if each.state is State.LIVE), None)
    is_comparable = live is not None and live.shape == model.shape
    target = live.position if live is not None and is_comparable else await facts.head(connection)
    if target - ours.position > most:
        raise Late
    await fold_into(connection, table, await facts.read(connection, ours.position, target, model.follows))
    await checkpoints.move(connection, [ours], target)
    return live, replace(ours, position=target)


async def _retire(connection: Connection, facts: Facts, table: TableVersion[Any], live: Checkpoint) -> None:
    """Keep the version for a roll-back, unless somebody has been erased whom it still names."""
    model = table.model
    if live.shape != model.shape and await facts.any_beyond(connection, live.position, model.erases):
        await table_of(model, live.version).drop(connection)
        await checkpoints.remove(connection, live)
    else:
        await checkpoints.become(connection, live, State.RETIRED)
