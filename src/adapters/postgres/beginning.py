"""Where a rebuild begins: with what was begun before, with a version kept that fits again, or with an empty table."""

from collections.abc import Sequence
from typing import Any, Final

from adapters.postgres import checkpoints
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.connection import Connection
from adapters.postgres.read_models.model import ReadModel
from adapters.postgres.read_models.versions import table_of

_ONE_AT_A_TIME: Final = (
    "select pg_advisory_xact_lock(hashtextextended('guanjia begin ' || current_schema() || ' ' || $1, 0))"
)


async def begin(connection: Connection, model: ReadModel[Any]) -> Checkpoint:
    """Answer the version that is to be filled; whatever runner there is takes it up.

    What was kept for a roll-back is given up, unless the live version has another shape and it has the present one.
    """
    async with connection.transaction():
        present = await _versions(connection, model)
        building = _building(model, present)
        for each in present:
            if each.state is not State.LIVE and each != building:
                await _give_up(connection, model, each)
        if building is None:
            version = max((each.version for each in present), default=0) + 1
            await checkpoints.add(connection, model.name, version, model.shape, State.BUILDING)
            await table_of(model, version).create(connection)
            return Checkpoint(model.name, version, model.shape, State.BUILDING, 0, 0, None)
        await checkpoints.become(connection, building, State.BUILDING)
        return building


async def roll_back(connection: Connection, model: ReadModel[Any]) -> bool:
    """Have the version before the live one caught up and read again; False when none of this shape is kept."""
    async with connection.transaction():
        present = await _versions(connection, model)
        kept = [each for each in present if each.state is State.RETIRED and each.shape == model.shape]
        if not kept:
            return False
        for each in present:
            if each.state is State.BUILDING:
                await _give_up(connection, model, each)
        await checkpoints.become(connection, kept[-1], State.BUILDING)
        return True


async def _versions(connection: Connection, model: ReadModel[Any]) -> Sequence[Checkpoint]:
    """Answer the versions of a read model; until the transaction ends nobody else begins one."""
    await connection.execute(_ONE_AT_A_TIME, model.name)
    return await checkpoints.locked(connection, [model.name], *State)


def _building(model: ReadModel[Any], present: Sequence[Checkpoint]) -> Checkpoint | None:
    ours = [each for each in present if each.shape == model.shape]
    begun = next((each for each in ours if each.state is State.BUILDING), None)
    live_is_other = any(each.state is State.LIVE and each.shape != model.shape for each in present)
    if begun is None and live_is_other:
        return next((each for each in ours if each.state is State.RETIRED), None)
    return begun


async def _give_up(connection: Connection, model: ReadModel[Any], checkpoint: Checkpoint) -> None:
    await table_of(model, checkpoint.version).drop(connection)
    await checkpoints.remove(connection, checkpoint)
