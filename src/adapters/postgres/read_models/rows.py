"""Rows to columns and back: plain values as they are, everything composed as JSON."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, Final, Generic, TypeVar, get_type_hints

import asyncpg
import msgspec
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import ReadModel, Row

RowT = TypeVar("RowT", bound=Row)

# In one order, so that a row that is built anew equals the one that it was built as before.
_JSON: Final = msgspec.json.Encoder(decimal_format="number", order="deterministic")


class Rows(Generic[RowT]):
    """Turns the rows of one read model into what asyncpg takes and gives, in the order of the table's columns."""

    def __init__(self, model: ReadModel[RowT]) -> None:
        hints = get_type_hints(model.row)
        columns = tuple(model.table.columns)
        if [entry.name for entry in fields(model.row)] != [column.name for column in columns]:
            raise TypeError(f"the fields of {model.row.__name__} are not the columns of {model.name}")
        self._row = model.row
        self._names = tuple(column.name for column in columns)
        self._readers: tuple[Callable[[Any], Any] | None, ...] = tuple(
            msgspec.json.Decoder(hints[column.name]).decode if isinstance(column.type, JSONB) else None
            for column in columns
        )

    def columns(self, rows: Iterable[RowT]) -> Sequence[Sequence[object]]:
        """Answer one sequence of values per column."""
        held = list(rows)
        return [
            [getattr(row, name) for row in held] if reads is None else [written(getattr(row, name)) for row in held]
            for name, reads in zip(self._names, self._readers, strict=True)
        ]

    def row(self, record: asyncpg.Record) -> RowT:
        """Make a row of a record that begins with all columns in their order, whatever follows them."""
        values = (
            value if reads is None or value is None else reads(value)
            for reads, value in zip(self._readers, record, strict=False)
        )
        return self._row(**dict(zip(self._names, values, strict=True)))


def written(value: object) -> str | None:
    """Write a composed value as the JSON of its column; None is the column's null."""
    return None if value is None else _JSON.encode(value).decode()
