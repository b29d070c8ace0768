"""The table of the read model `deductions`, for those who fill it in other ways."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from adapters.postgres.read_models.deductions import DEDUCTIONS

COLUMNS: Final = tuple(column.name for column in DEDUCTIONS.table.c)


def table_called(name: str, *, has_key: bool) -> str:
    """Write the table under another name, with its primary key or without any index at all."""
    columns = (sa.Column(each.name, each.type, primary_key=has_key and each.primary_key) for each in DEDUCTIONS.table.c)
    table = sa.Table(name, sa.MetaData(), *columns)
    return str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
