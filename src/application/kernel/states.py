"""The states that this process has folded: immutable, so that decisions may share them."""

from collections import OrderedDict
from typing import Any, Final, Generic, TypeVar

from application.kernel.ports import EventStore
from domain.kernel.aggregate import Aggregate, StreamName

State = TypeVar("State")
Event = TypeVar("Event")

MOST_STATES: Final = 10_000
"""How many states one process remembers; the least recently used go first."""


class Known(Generic[State]):
    """A state and the version of its stream; a stream without events is version 0 with no state."""

    __slots__ = ("state", "version")

    def __init__(self, version: int, state: State | None) -> None:
        self.version = version
        self.state = state


class States:
    """A bounded memory of folded states over the log; what it answers may be behind and must be checked before use."""

    def __init__(self, store: EventStore, most: int = MOST_STATES) -> None:
        self._store = store
        self._most = most
        self._known: OrderedDict[StreamName, Known[Any]] = OrderedDict()

    async def get(self, aggregate: Aggregate[State, Event], stream: StreamName) -> Known[State]:
        """Answer the state remembered of a stream of this kind, or fold it from the log."""
        known = self._known.get(stream)
        if known is None:
            return await self.catch_up(aggregate, stream)
        self._known.move_to_end(stream)
        return known

    async def catch_up(self, aggregate: Aggregate[State, Event], stream: StreamName) -> Known[State]:
        """Fold what the log has beyond the state remembered."""
        before: Known[State] = self._known.get(stream) or Known(0, None)
        lived = await self._store.lived(stream, after=before.version)
        if not lived:
            self.remember(stream, before)
            return before
        events: list[Any] = [event for _, event in lived if event is not None]
        known = Known(lived[-1][0], aggregate.fold(events, before.state))
        self.remember(stream, known)
        return known

    def peek(self, stream: StreamName) -> Known[Any] | None:
        """Answer what is remembered of a stream, without turning to the log."""
        return self._known.get(stream)

    def remember(self, stream: StreamName, known: Known[Any]) -> None:
        """Keep a state unless a newer one is known already."""
        present = self._known.get(stream)
        if present is None or present.version < known.version:
            self._known[stream] = known
        self._known.move_to_end(stream)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
