"""The register as it stood after each command, folded along the log, so that commands can be judged again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from application.kernel.auditing import Entry
from application.kernel.ports import Origin
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.claims import CLAIM
from domain.kernel.rule_set import RuleSets
from domain.licensing.folding import LICENCE
from domain.licensing.numbers import NUMBERS
from domain.projects.project import PROJECT
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID
from domain.service_requests.folding import SERVICE_REQUEST

State = TypeVar("State")
Event = TypeVar("Event")
Kind = TypeVar("Kind")

_ID: Final = 36
_BY_NAME: Final[Mapping[str, Aggregate[Any, Any]]] = {
    aggregate.name: aggregate for aggregate in (RULEBOOK, COMPANY, ROSTER, LICENCE, NUMBERS, PROJECT, CLAIM)
}
"""What is bound together by invariants across streams; its states are as many as the city has things on register."""
_TOLD: Final[Mapping[str, Aggregate[Any, Any]]] = {SERVICE_REQUEST.name: SERVICE_REQUEST}
"""What is told of in a step without being folded: there are many more of these, each is judged in its own stream."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a command, and the id of the thing that it happened to."""

    entry: Entry
    thing: UUID

    @property
    def position(self) -> int:
        """Where it stands."""
        return self.entry.position

    @property
    def stream(self) -> StreamName:
        """Whose it is."""
        return self.entry.stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one command did to the register: its facts, the states before it, the register after it.

    `kinds` sorts the facts by the type of their event, `things` the things that changed by the name of their aggregate.
    """

    origin: Origin
    facts: Sequence[Fact]
    before: Mapping[StreamName, Any]
    after: Mapping[StreamName, Any]
    kinds: Mapping[type, Sequence[Fact]]
    things: Mapping[str, Mapping[UUID, StreamName]]

    @property
    def position(self) -> int:
        """Where the command ended."""
        return self.facts[-1].position

    @property
    def rule_sets(self) -> RuleSets:
        """The rule sets that the city had adopted when it was decided."""
        return self.was(RULEBOOK, RULEBOOK_ID) or RuleSets()

    @property
    def today(self) -> date:
        """The day on which it was decided, in the city."""
        return self.rule_sets.today(self.origin.decided_at)

    def was(self, aggregate: Aggregate[State, Event], thing: UUID) -> State | None:
        """Answer the state of a thing before the command."""
        stream = aggregate.stream(thing)
        state: State | None = self.before[stream] if stream in self.before else self.after.get(stream)
        return state

    def now(self, aggregate: Aggregate[State, Event], thing: UUID) -> State | None:
        """Answer the state of a thing after the command."""
        state: State | None = self.after.get(aggregate.stream(thing))
        return state

    def of(self, kind: type[Kind]) -> Iterator[tuple[Fact, Kind]]:
        """Go through the facts of one kind."""
        for fact in self.kinds.get(kind, ()):
            event: Any = fact.entry.event
            yield fact, event

    def touched(self, aggregate: Aggregate[State, Event]) -> Iterator[tuple[UUID, State]]:
        """Go through the things of one kind that the command changed, as they are after it."""
        for thing, stream in self.things.get(aggregate.name, {}).items():
            state: State | None = self.after.get(stream)
            if state is not None:
                yield thing, state


@dataclass(slots=True)
class Register:
    """Folds the commands of the log, one after another."""

    states: dict[StreamName, Any] = field(default_factory=dict)
    _stuck: set[StreamName] = field(default_factory=set)
    """Streams that could not be folded on; which they are is found out stream by stream."""

    def take(self, origin: Origin, entries: Sequence[Entry]) -> Step | None:
        """Fold one command; None when it changed nothing that is bound together across streams."""
        facts = [Fact(entry, thing) for entry in entries if (thing := _thing_of(entry)) is not None]
        if not facts:
            return None
        before: dict[StreamName, Any] = {}
        kinds: dict[type, list[Fact]] = {}
        things: dict[str, dict[UUID, StreamName]] = {}
        for fact in facts:
            before.setdefault(fact.stream, self.states.get(fact.stream))
            kinds.setdefault(type(fact.entry.event), []).append(fact)
            things.setdefault(fact.stream[: -_ID - 1], {})[fact.thing] = fact.stream
            self._fold(fact.entry)
        return Step(origin=origin, facts=facts, before=before, after=self.states, kinds=kinds, things=things)

    @property
    def rule_sets(self) -> RuleSets:
        """The rule sets that the city has adopted so far."""
        adopted: RuleSets | None = self.states.get(RULEBOOK.stream(RULEBOOK_ID))
        return adopted or RuleSets()

    def _fold(self, entry: Entry) -> None:
        aggregate = _BY_NAME.get(entry.stream[: -_ID - 1])
        if aggregate is None or entry.stream in self._stuck:
            return
        try:
            self.states[entry.stream] = aggregate.evolve(self.states.get(entry.stream), entry.event)
        except Exception:  # noqa: BLE001 - whatever a fold trips over is told once, where streams are folded one by one
            self._stuck.add(entry.stream)


def _thing_of(entry: Entry) -> UUID | None:
    """Answer the id of the thing that an event of the register happened to, None for any other event."""
    name = entry.stream[: -_ID - 1]
    aggregate = _BY_NAME.get(name) or _TOLD.get(name)
    if aggregate is None or entry.type not in aggregate.events:
        return None
    try:
        return UUID(entry.stream[-_ID:])
    except ValueError:
        return None
