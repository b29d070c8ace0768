"""What one decision has read, with the versions it stands on, and what it adds."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, ClassVar, Final, Protocol, TypeVar
from uuid import UUID

from application.kernel.permissions import Operation, Thing, require
from application.kernel.ports import NewEvent, Receipt, RetryKey, Unavailable
from application.kernel.refusals import StaleVersion
from application.kernel.states import Known, States
from application.kernel.submission import Submission
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.errors import existing, names_nothing
from domain.kernel.rule_set import RuleSet, RuleSets
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID

State = TypeVar("State")
Event = TypeVar("Event")


class AlreadyAnswered(Exception):
    """The receipt of an earlier submission with the same key."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


Earlier = Callable[[RetryKey], Awaitable[Receipt | None]]


class Dossier:
    """The file on the desk for one attempt at one command.

    A use case opens or creates the thing in the path, names the things of the body, asks to be admitted, and adds what
    was decided. Every stream read is remembered with its version, so that the append stands or falls with all of them.
    """

    def __init__(self, states: States, sent: Submission, now: datetime, earlier: Earlier) -> None:
        self._states = states
        self._sent = sent
        self._earlier = earlier
        self.caller: Final = sent.caller
        self.now: Final = now
        self.reads: dict[StreamName, int] = {}
        self._known: dict[StreamName, Known[Any]] = {}
        self.aggregates: dict[StreamName, Aggregate[Any, Any]] = {}
        self.writes: list[NewEvent] = []
        self.moved_to: dict[StreamName, int] = {}
        self.details: dict[str, object] = {}
        self.about: list[StreamName] = []
        self.thing: StreamName | None = None
        self.thing_id: UUID | None = None
        self.admitted = False
        self._afterwards: list[Callable[[], Awaitable[None]]] = []

    async def read(self, aggregate: Aggregate[State, Event], thing: UUID) -> State | None:
        """Answer the state of anything the decision depends on; None when it is not there.

        Read again, it is the same state: a decision stands on one version of every stream.
        """
        return await self._read(aggregate, aggregate.stream(thing))

    async def _read(self, aggregate: Aggregate[State, Event], stream: StreamName) -> State | None:
        known: Known[State] | None = self._known.get(stream)
        if known is None:
            known = self._known[stream] = await self._states.get(aggregate, stream)
        self.reads[stream] = known.version
        self.aggregates[stream] = aggregate
        return known.state

    async def open(self, aggregate: Aggregate[State, Event], thing: UUID) -> State:
        """Answer the state of the thing in the path.

        Raises: NoSuchThing.
        """
        state = await self._turn_to(aggregate, thing)
        return existing(state)

    async def create(self, aggregate: Aggregate[State, Event], thing: UUID) -> State | None:
        """Turn to a thing that the command brings into being; answers what stands in its place already."""
        state = await self._turn_to(aggregate, thing)
        if state is None:
            self.about.clear()
        return state

    async def named(self, aggregate: Aggregate[State, Event], thing: UUID, pointer: str) -> State:
        """Answer the state of a thing that the body names.

        Raises: Unacceptable with the pointer when there is no such thing.
        """
        state = await self.read(aggregate, thing)
        if state is None:
            raise names_nothing(pointer)
        self.concern(aggregate, thing)
        return state

    def concern(self, aggregate: Aggregate[State, Event], thing: UUID) -> None:
        """Note that a refusal is to be found under this thing too."""
        self._concern(aggregate, aggregate.stream(thing))

    def _concern(self, aggregate: Aggregate[State, Event], stream: StreamName) -> None:
        self.aggregates[stream] = aggregate
        if stream not in self.about:
            self.about.append(stream)

    async def _turn_to(self, aggregate: Aggregate[State, Event], thing: UUID) -> State | None:
        stream = aggregate.stream(thing)
        self.thing, self.thing_id = stream, thing
        self._concern(aggregate, stream)
        return await self._read(aggregate, stream)

    async def admit(self, operation: Operation, *things: Thing, reading: Operation) -> None:
        """Let the caller pass for every thing concerned, then answer what was answered before, then check If-Match.

        Raises: NoSuchThing, Forbidden, AlreadyAnswered, StaleVersion.
        """
        for thing in things or (Thing(),):
            require(self.caller, operation, thing, reading=reading)
        self.admitted = True
        if self._sent.retry_key is not None:
            receipt = await self._earlier(self._sent.retry_key)
            if receipt is not None:
                raise AlreadyAnswered(receipt)
        present = self.reads.get(self.thing, 0) if self.thing is not None else 0
        if self._sent.if_match is not None and present and self._sent.if_match != present:
            raise StaleVersion(present)

    async def rule_sets(self) -> RuleSets:
        """Answer the city's rule sets."""
        return await self.read(RULEBOOK, RULEBOOK_ID) or RuleSets()

    async def today(self) -> date:
        """Answer the day of this decision in the city."""
        return (await self.rule_sets()).today(self.now)

    async def rules_today(self) -> tuple[RuleSet, date]:
        """Answer the rule set in force on the day of this decision, and the day."""
        rule_sets = await self.rule_sets()
        today = rule_sets.today(self.now)
        return rule_sets.in_force_on(today), today

    def add(self, aggregate: Aggregate[State, Event], thing: UUID, events: Sequence[Event]) -> None:
        """Add decided events to a thing's stream, after those already added."""
        stream = aggregate.stream(thing)
        version = self.moved_to.get(stream, self.reads[stream])
        for event in events:
            version += 1
            self.writes.append(NewEvent(stream=stream, version=version, event=event))
            self.moved_to[stream] = version

    def afterwards(self, act: Callable[[], Awaitable[None]]) -> None:
        """Have something done once the decision stands, and again when its receipt is asked for again."""
        self._afterwards.append(act)

    async def follow_up(self) -> None:
        """Do what was to be done afterwards.

        The decision stands, and is answered so, whether or not the database can be reached just now: whoever follows
        the log does what is left to do.
        """
        for act in self._afterwards:
            with suppress(Unavailable):
                await act()

    def answer_with(self, **details: object) -> None:
        """Add fields to the receipt."""
        self.details.update(details)


class UseCase(Protocol):
    """One thing that can be asked: may they · gather · decide; its name is the command's in the log."""

    command: ClassVar[str]

    async def __call__(self, dossier: Dossier, asked: Any) -> None:  # noqa: ANN401 - each use case has its own question
        """Decide on the dossier."""
