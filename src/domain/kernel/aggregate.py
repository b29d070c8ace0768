"""An aggregate is a name, an initial state and a fold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Final, Generic, NewType, TypeVar
from uuid import UUID

State = TypeVar("State")
Event = TypeVar("Event")

StreamName = NewType("StreamName", str)
"""`<aggregate>-<uuid>`: the events of one thing, in their order."""


_ID: Final = 36
"""Characters of a UUID, with which every stream of ours ends."""


@lru_cache(maxsize=65_536)
def _stream(aggregate: str, thing: UUID) -> StreamName:
    # Spelling a UUID costs more than looking the name up, and one command names the same streams again and again.
    return StreamName(f"{aggregate}-{thing}")


def refusals_beside(stream: StreamName) -> StreamName:
    """Name the stream of refused requests beside a thing's own."""
    return StreamName(f"{stream[:-_ID]}refusals-{stream[-_ID:]}")


# Without slots: Python 3.11 cannot call a subscripted generic class that is both frozen and slotted.
@dataclass(frozen=True, kw_only=True)
class Aggregate(Generic[State, Event]):
    """How one kind of thing is folded from its events.

    `evolve` takes the state before (None: not there yet) and one event; it never refuses and never reads a personal
    field. `events` maps each stored name to its type; the names are for ever.
    """

    name: str
    events: dict[str, type[Event]]
    evolve: Callable[[State | None, Event], State]

    def stream(self, thing: UUID) -> StreamName:
        """Name the stream of one thing."""
        return _stream(self.name, thing)

    def thing(self, stream: StreamName) -> UUID:
        """Answer which thing a stream of this kind belongs to."""
        return UUID(stream.removeprefix(f"{self.name}-"))

    def refusals(self, thing: UUID) -> StreamName:
        """Name the stream beside a thing's own, where refused requests are recorded without touching its version."""
        return refusals_beside(self.stream(thing))

    def fold(self, events: Iterable[Event], state: State | None = None) -> State | None:
        """Fold events, in stream order, onto a state."""
        return reduce(self.evolve, events, state)
