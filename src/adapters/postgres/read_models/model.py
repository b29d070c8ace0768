"""A read model: which facts it follows, which rows a fact touches, and how a row follows from a fact."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.kernel.ports import Recorded
from domain.kernel.aggregate import Aggregate, StreamName

TEXT: Final = sa.Text(collation="C")
INSTANT: Final = sa.TIMESTAMP(timezone=True)

_UUID_LENGTH: Final = 36

Fact = Recorded
"""An event as read models are folded from it: decoded, its personal fields open."""

Key = tuple[object, ...]
"""The values of a row's primary key."""


class Row(Protocol):
    """A frozen dataclass whose fields are the table's columns; `position` is that of the last fact it has followed."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def position(self) -> int:
        """The position of the last fact that the row has followed."""


RowT = TypeVar("RowT", bound=Row)


# Without slots: Python 3.11 cannot call a subscripted generic class that is both frozen and slotted.
@dataclass(frozen=True, kw_only=True, eq=False)
class ReadModel(Generic[RowT]):
    """How the rows of one table follow from the log.

    `shape` counts up whenever the table or the meaning of the fold changes: a table of another shape is built anew.
    `follows` names the events whose facts are handed to `keys` and `fold`, which are pure. A fold that answers None
    leaves no row. `personal` names the columns that hold values of a person's, `erases` the events after which no
    version of the table may keep them.
    """

    name: str
    shape: int
    row: type[RowT]
    table: sa.Table
    follows: frozenset[str]
    keys: Callable[[Fact], Iterable[Key]]
    fold: Callable[[RowT | None, Fact], RowT | None]
    personal: tuple[str, ...] = ()
    erases: frozenset[str] = frozenset()

    def key_of(self, row: RowT) -> Key:
        """Answer the values of a row's primary key."""
        return tuple(getattr(row, column.name) for column in self.table.primary_key)

    def applied(self, row: RowT | None, fact: Fact) -> RowT | None:
        """Fold one fact into a row; a fact that the row has followed already changes nothing."""
        if row is not None and fact.position <= row.position:
            return row
        folded = self.fold(row, fact)
        if folded is None or folded.position == fact.position:
            return folded
        return replace(folded, position=fact.position)

    def followed(self, facts: Iterable[Fact]) -> Sequence[Fact]:
        """Pick out the facts that this read model follows."""
        return [fact for fact in facts if fact.event is not None and fact.type in self.follows]

    def touched(self, facts: Iterable[Fact]) -> Collection[Key]:
        """Answer the keys of the rows that facts touch, each once."""
        return dict.fromkeys(key for fact in facts for key in self.keys(fact))

    def changed(self, rows: Mapping[Key, RowT], facts: Iterable[Fact]) -> Mapping[Key, RowT | None]:
        """Fold facts in the log's order; answers the rows that came out otherwise than they went in."""
        after: dict[Key, RowT | None] = {}
        for fact in facts:
            for key in self.keys(fact):
                before = after[key] if key in after else rows.get(key)
                after[key] = self.applied(before, fact)
        return {key: row for key, row in after.items() if row is not rows.get(key)}


def names_of(aggregate: Aggregate[Any, Any], *events: type[Any]) -> frozenset[str]:
    """Answer the names under which an aggregate stores these events; without any, all of its events."""
    return frozenset(name for name, event in aggregate.events.items() if not events or event in events)


@lru_cache(maxsize=65_536)
def thing_of(stream: StreamName) -> UUID:
    """Answer the id of the thing whose stream it is."""
    return UUID(stream[-_UUID_LENGTH:])
