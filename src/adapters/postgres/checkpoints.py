"""How far each version of each read model has followed the log, and which one readers see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import asyncpg
import msgspec

from adapters.postgres.connection import Connection


class State(StrEnum):
    """What a version is for: being filled, being read, being kept for a roll-back."""

    BUILDING = "building"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One version of a read model: the table's shape, the last position it has followed, when it was built.

    `passed_over` counts the events on the way that are not ours; `built_at` is None for one that began with the log.
    """

    name: str
    version: int
    shape: int
    state: State
    position: int
    passed_over: int
    built_at: datetime | None


_COLUMNS: Final = "name, version, shape, state, position, passed_over, built_at"
_ALL: Final = f"select {_COLUMNS} from checkpoints order by name, version"  # noqa: S608 - our own column names
_LOCK: Final = f"""
    select {_COLUMNS} from checkpoints where name = any ($1::text[]) and state = any ($2::text[])
    order by name, state <> 'live', version for update
"""  # noqa: S608 - the same
_ADD: Final = """
    insert into checkpoints (name, version, shape, state, position, passed_over) values ($1, $2, $3, $4, 0, 0)
    on conflict do nothing
"""
_MOVE: Final = """
    update checkpoints as c set position = $2, passed_over = c.passed_over + $3
    from unnest($1::text[], $4::integer[]) as moved (name, version)
    where c.name = moved.name and c.version = moved.version
"""
_BECOME: Final = "update checkpoints set state = $3 where name = $1 and version = $2"
_BUILT: Final = "update checkpoints set state = 'live', built_at = clock_timestamp() where name = $1 and version = $2"
_REMOVE: Final = "delete from checkpoints where name = $1 and version = $2"
_TELL: Final = "select pg_notify(read_channel(), $1)"


async def all_of(connection: Connection) -> Sequence[Checkpoint]:
    """Answer every version of every read model, in the order of names and versions."""
    return _checkpoints(await connection.fetch(_ALL))


async def locked(connection: Connection, names: Collection[str], *states: State) -> Sequence[Checkpoint]:
    """Answer the versions in these states and hold them until the transaction ends.

    They are locked in one order, of each read model the live one first: whoever holds that may ask for others.
    """
    return _checkpoints(await connection.fetch(_LOCK, list(names), list(states)))


async def add(connection: Connection, name: str, version: int, shape: int, state: State) -> bool:
    """Add a version at the beginning of the log; False when another process has added one for the same purpose."""
    return bool(await connection.execute(_ADD, name, version, shape, state) == "INSERT 0 1")


async def move(connection: Connection, moved: Iterable[Checkpoint], position: int, passed_over: int = 0) -> None:
    """Set versions forward to a position."""
    ours = list(moved)
    await connection.execute(
        _MOVE, [each.name for each in ours], position, passed_over, [each.version for each in ours]
    )


async def become(connection: Connection, checkpoint: Checkpoint, state: State) -> None:
    """Put a version to another purpose."""
    await connection.execute(_BECOME, checkpoint.name, checkpoint.version, state)


async def become_live(connection: Connection, checkpoint: Checkpoint) -> None:
    """Let a version that has been built be the one that is read."""
    await connection.execute(_BUILT, checkpoint.name, checkpoint.version)


async def remove(connection: Connection, checkpoint: Checkpoint) -> None:
    """Forget a version."""
    await connection.execute(_REMOVE, checkpoint.name, checkpoint.version)


async def tell(connection: Connection, positions: Mapping[str, int]) -> None:
    """Tell, on commit, everyone who waits for read models how far these are."""
    await connection.execute(_TELL, msgspec.json.encode(positions).decode())


def _checkpoints(records: Iterable[asyncpg.Record]) -> Sequence[Checkpoint]:
    return [Checkpoint(**{**record, "state": State(record["state"])}) for record in records]
