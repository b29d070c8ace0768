"""What was asked and refused, thing by thing."""

from typing import Final

import asyncpg

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Views, slice_of
from adapters.postgres.read_models.refusals import REFUSALS
from adapters.postgres.read_models.rows import Rows
from application.kernel.callers import Role
from application.kernel.pages import Actor, RefusalEntry, Slice
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import Subject

_ABOUT: Final = """
    select * from refusals
    where about @> jsonb_build_array($1::text) and ($2::bigint is null or position < $2)
    order by position desc limit $3
"""

_ROWS: Final = Rows(REFUSALS)


class PostgresRefusals:
    """Answers from the read model."""

    def __init__(self, database: Database) -> None:
        self._views = Views(database)

    async def about(self, thing: StreamName, *, before: int | None = None, limit: int) -> Slice[RefusalEntry]:
        """Answer the refused requests that named a thing, newest first.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_ABOUT, thing, before, limit + 1)
        return slice_of(records, [_entry(record) for record in records], limit, "position")


def _entry(record: asyncpg.Record) -> RefusalEntry:
    row = _ROWS.row(record)
    return RefusalEntry(
        position=row.position,
        command=row.command,
        asked=row.asked,
        broken=row.broken,
        by=Actor(subject=Subject(row.subject), role=Role(row.role)),
        recorded_at=row.recorded_at,
    )
