"""Facts in examples: events as the log would tell them, one after the other."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from adapters.postgres.read_models.model import Fact, ReadModel, Row
from application.kernel.callers import Role
from application.kernel.ports import Origin, Recorded
from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import Subject
from tests.adapters.notes import NOW

RowT = TypeVar("RowT", bound=Row)


def told(aggregate: Aggregate[Any, Any], thing: UUID, *events: object, after: int = 0) -> list[Fact]:
    """A thing's events as facts, at the positions beyond `after`."""
    names = {event: name for name, event in aggregate.events.items()}
    return [
        Recorded(
            position=after + version,
            stream=aggregate.stream(thing),
            version=version,
            type=names[type(event)],
            event=event,
            origin=origin(),
            recorded_at=NOW + timedelta(minutes=version),
        )
        for version, event in enumerate(events, start=1)
    ]


def origin(at: datetime = NOW, command: str = "test") -> Origin:
    return Origin(command_id=UUID(int=1), command=command, subject=Subject("clerk"), role=Role.MUNICIPAL, decided_at=at)


def rows(model: ReadModel[RowT], facts: Iterable[Fact]) -> Sequence[RowT]:
    """The rows that facts lead to."""
    return [row for row in model.changed({}, model.followed(facts)).values() if row is not None]
