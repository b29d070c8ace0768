"""Reading the tables of read models as readers see them, through their views."""

from collections.abc import Sequence
from typing import Final, TypeVar

import asyncpg

from adapters.postgres.connection import Database
from application.kernel.pages import Slice
from application.kernel.ports import Clock
from application.kernel.refusals import ReadModelBehind
from application.kernel.states import Known, States
from domain.kernel.rule_set import RuleSets
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID

Item = TypeVar("Item")

RULEBOOK_STREAM: Final = RULEBOOK.stream(RULEBOOK_ID)


class Views:
    """The read models as one process reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fetch(self, query: str, *arguments: object) -> Sequence[asyncpg.Record]:
        """Run one query.

        Raises: Unavailable; ReadModelBehind while a read model is being built for the first time in its present shape.
        """
        try:
            return await self._database.fetch(query, *arguments)
        except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError):
            raise ReadModelBehind from None


class Rulebook:
    """The city's rule sets as a reading process knows them."""

    def __init__(self, states: States, clock: Clock) -> None:
        self._states = states
        self.clock: Final = clock

    def known(self) -> tuple[RuleSets, int]:
        """Answer the rule sets known here without looking for newer ones, and their version (0: none known)."""
        known: Known[RuleSets] | None = self._states.peek(RULEBOOK_STREAM)
        return (RuleSets(), 0) if known is None or known.state is None else (known.state, known.version)

    async def latest(self) -> tuple[RuleSets, int]:
        """Answer every rule set that the city has adopted, and the rulebook's version.

        Raises: LookupError while the city has not begun, Unavailable.
        """
        known = await self._states.catch_up(RULEBOOK, RULEBOOK_STREAM)
        if known.state is None:
            raise LookupError("the city has not adopted its first rule set")
        return known.state, known.version


def slice_of(records: Sequence[asyncpg.Record], items: Sequence[Item], limit: int, order: str) -> Slice[Item]:
    """Answer a slice from one record more than fits; `order` names the column by which the list is ordered."""
    is_more = len(records) > limit
    return Slice(items=tuple(items[:limit]), next=records[limit - 1][order] if is_more else None)
