"""Read models follow the log: the next facts, the rows they touch, and the checkpoint, in one transaction."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from adapters.postgres import checkpoints
from adapters.postgres.checkpoints import Checkpoint, State
from adapters.postgres.connection import Connection
from adapters.postgres.facts import Facts
from adapters.postgres.read_models.model import Fact, ReadModel
from adapters.postgres.read_models.versions import TableVersion, table_of

MOST_FACTS: Final = 1_000
"""So many positions at most are followed in one transaction."""

_ASIDE_SECONDS: Final = 30.0

_log: Final = structlog.get_logger(__name__)


class FoldFailed(Exception):
    """A read model could not follow a fact: a mistake in its fold, not in the log."""


async def fold_into(connection: Connection, table: TableVersion[Any], facts: Sequence[Fact]) -> None:
    """Bring the rows that facts touch up to date, inside the caller's transaction.

    Raises: FoldFailed.
    """
    model = table.model
    followed = model.followed(facts)
    if not followed:
        return
    try:
        touched = model.touched(followed)
    except Exception as error:
        raise FoldFailed(f"{model.name} cannot tell which rows are touched") from error
    rows = await table.load(connection, touched)
    try:
        changed = model.changed(rows, followed)
    except Exception as error:
        raise FoldFailed(f"{model.name} cannot be folded") from error
    await table.write(connection, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Keeps the live version of every read model up with the log; one of these per database at a time."""

    models: Sequence[ReadModel[Any]]
    facts: Facts
    most: int = MOST_FACTS
    aside: dict[str, float] = field(default_factory=dict)
    """Read models whose fold has failed, and when they are tried again; the others go on meanwhile."""

    async def step(self, connection: Connection, present: Collection[Checkpoint]) -> int:
        """Follow the next stretch of the log; answers how many positions it had, 0 when there was none.

        `present` are all versions as of late; what is moved is looked at again once it is held.
        """
        live = self._to_move(present)
        if not live:
            return 0
        after, most = _next_stretch([each.position for each in live], self.most)
        stretch = await self.facts.stretch(connection, after, most)
        if stretch.upto == after:
            return 0
        types = frozenset[str]().union(*(model.follows for model in self.models))
        read = await self.facts.read(connection, after, stretch.upto, types)
        erasures = frozenset[str]().union(*(model.erases for model in self.models))
        await self.facts.destroy_keys({fact.stream for fact in read if fact.type in erasures})
        async with connection.transaction():
            held = await checkpoints.locked(connection, {each.name for each in live}, State.LIVE)
            there = [each for each in held if each.position == after and self._is_ours(each)]
            moved = [each for each in there if await self._follow(connection, each, read)]
            await checkpoints.move(connection, moved, stretch.upto, stretch.foreign)
            await checkpoints.tell(connection, {each.name: stretch.upto for each in moved})
        return stretch.upto - after

    def _to_move(self, present: Collection[Checkpoint]) -> Sequence[Checkpoint]:
        now = asyncio.get_running_loop().time()
        return [
            each
            for each in present
            if each.state is State.LIVE and self._is_ours(each) and self.aside.get(each.name, 0.0) <= now
        ]

    def _is_ours(self, checkpoint: Checkpoint) -> bool:
        return any((model.name, model.shape) == (checkpoint.name, checkpoint.shape) for model in self.models)

    async def _follow(self, connection: Connection, checkpoint: Checkpoint, facts: Sequence[Fact]) -> bool:
        model = next(each for each in self.models if each.name == checkpoint.name)
        try:
            await fold_into(connection, table_of(model, checkpoint.version), facts)
        except FoldFailed:
            self.aside[model.name] = asyncio.get_running_loop().time() + _ASIDE_SECONDS
            _log.exception("a read model stands still", name=model.name, position=checkpoint.position)
            return False
        self.aside.pop(model.name, None)
        await forget_erased(connection, model, facts)
        return True


def _next_stretch(positions: Collection[int], most: int) -> tuple[int, int]:
    """Answer where the hindmost are, and how far they may go without passing the next."""
    after = min(positions)
    return after, min([most, *(position - after for position in positions if position > after)])


async def forget_erased(connection: Connection, model: ReadModel[Any], facts: Sequence[Fact]) -> None:
    """Empty what facts erase in the versions that are not read, which follow no log until they are taken up again.

    A version of another shape is given up: an erasure outweighs a roll-back.
    """
    erased = [fact for fact in facts if fact.type in model.erases]
    if not erased:
        return
    for each in await checkpoints.locked(connection, [model.name], State.BUILDING, State.RETIRED):
        table = table_of(model, each.version)
        if each.shape == model.shape:
            await table.forget(connection, model.touched(erased))
        else:
            await table.drop(connection)
            await checkpoints.remove(connection, each)
