"""An audit replay: a stream's events in their order, and the state after each."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from api.cli.failures import Failed
from api.cli.spelling import spelled
from application.kernel.ports import Recorded
from domain.kernel.aggregate import Aggregate, StreamName, refusals_beside
from domain.kernel.rule_set import RuleSets
from domain.licensing.numbers import NUMBERS, series_of
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID

if TYPE_CHECKING:
    from api.compose import City

_NUMBER: Final = re.compile(r"PM-(\d{6})-(\d{4})-(\d{6})")
_ID_WITH_DASH: Final = 37
_PAGE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One event with the rule set that was in force when it was decided, or that it cites itself."""

    recorded: Recorded
    rule_set: str | None
    state: Any

    def as_json(self) -> dict[str, object]:
        """Spell it as JSON values; `state` is null for a stream that no aggregate is folded from."""
        recorded, origin = self.recorded, self.recorded.origin
        return {
            "position": recorded.position,
            "version": recorded.version,
            "type": recorded.type,
            "recorded_at": recorded.recorded_at.isoformat(),
            "by": None if origin is None else {"subject": origin.subject, "role": origin.role},
            "command": None if origin is None else origin.command,
            "rule_set": self.rule_set,
            "data": recorded.data,
            "state": self.state,
        }


class Replay:
    """Reads one city's log for an auditor."""

    def __init__(self, city: "City", aggregates: Mapping[str, Aggregate[Any, Any]]) -> None:
        self._store = city.store
        self._aggregates = aggregates

    async def stream_of(self, called: str) -> StreamName:
        """Find what is called so: a licence number, the id of anything, or a stream's name.

        Raises: Failed.
        """
        if number := _NUMBER.fullmatch(called):
            return await self._licence_of(called, number[1], int(number[2]), int(number[3]))
        try:
            thing = UUID(called)
        except ValueError:
            candidates = [StreamName(called)]
        else:
            candidates = [aggregate.stream(thing) for aggregate in self._aggregates.values()]
        heads, _ = await self._store.heads(candidates)
        for candidate in candidates:
            if heads[candidate]:
                return candidate
        raise Failed(f"the log has nothing called {called}: give a licence number, an id, or a stream's name")

    async def refusals_beside(self, stream: StreamName) -> tuple[StreamName, int]:
        """Name the stream of refused requests beside a stream, and count them."""
        beside = refusals_beside(stream)
        heads, _ = await self._store.heads([beside])
        return beside, heads[beside]

    async def events(self, stream: StreamName, *, as_of: date | None, position: int | None) -> AsyncIterator[Replayed]:
        """Go through a stream's events with the state after each, up to the end of a day in the city or a position."""
        adopted = await self._store.load(RULEBOOK.stream(RULEBOOK_ID))
        rule_sets = _adopted_before(adopted, None)
        aggregate = self._aggregates.get(stream[:-_ID_WITH_DASH])
        state: Any = None
        async for recorded in self._read(stream):
            if position is not None and recorded.position > position:
                return
            if as_of is not None and rule_sets.today(recorded.recorded_at) > as_of:
                return
            if aggregate is not None and recorded.event is not None:
                state = aggregate.evolve(state, recorded.event)
            yield Replayed(recorded=recorded, rule_set=_rule_set(recorded, adopted), state=spelled(state))

    async def _read(self, stream: StreamName) -> AsyncIterator[Recorded]:
        after = 0
        while page := await self._store.read(after=after, limit=_PAGE, stream=stream):
            for recorded in page:
                yield recorded
            after = page[-1].position

    async def _licence_of(self, called: str, city: str, year: int, serial: int) -> StreamName:
        # In a series the version of an event is the serial that it issued.
        series = NUMBERS.stream(series_of(city, date(year, 1, 1)))
        for recorded in await self._store.load(series, after=serial - 1):
            issued: Any = recorded.event
            if issued.licence_number == called:
                return StreamName(f"licence-{issued.licence_id}")
            break
        raise Failed(f"no licence has the number {called}")


def _rule_set(recorded: Recorded, adopted: Sequence[Recorded]) -> str | None:
    """Answer the rule set that an event cites, or the one that was in force when it was decided, as known then."""
    cited: str | None = getattr(recorded.event, "rule_set", None)
    known = _adopted_before(adopted, recorded.position)
    if cited is not None or recorded.origin is None or not known.adopted:
        return cited
    return known.in_force_on(known.today(recorded.origin.decided_at)).version


def _adopted_before(adopted: Sequence[Recorded], position: int | None) -> RuleSets:
    """Fold the rulebook as it stood before a position; None is the end of the log."""
    earlier: list[Any] = [entry.event for entry in adopted if position is None or entry.position < position]
    return RULEBOOK.fold(earlier) or RuleSets()
