"""One version of a read model's table: how it is made, read, written and dropped."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from adapters.postgres.connection import Connection, quoted
from adapters.postgres.read_models.model import Key, ReadModel, Row
from adapters.postgres.read_models.rows import Rows

RowT = TypeVar("RowT", bound=Row)

_DIALECT: Final = dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped


class Differences(NamedTuple):
    """How many rows one version has that the other has not, how many it lacks, and how many it has otherwise."""

    added: int
    missing: int
    changed: int


class TableVersion(Generic[RowT]):
    """The table `<name>_<version>`; readers see it through the view `<name>` while it is the live one."""

    def __init__(self, model: ReadModel[RowT], version: int) -> None:
        self.model: Final = model
        self.version: Final = version
        self.name: Final = f"{model.name}_{version}"
        self.table: Final = model.table.to_metadata(sa.MetaData(), name=self.name)
        for index in self.table.indexes:
            index.name = sa.sql.quoted_name(f"{self.name}_{index.name}", quote=None)
        self._rows = Rows(model)
        key = tuple(self.table.primary_key)
        wanted = _given(key)
        on_keys = sa.and_(*(column == wanted.c[column.name] for column in key))
        self._load = _sql(sa.select(*self.table.c).join_from(self.table, wanted, on_keys))
        self._delete = _sql(sa.delete(self.table).where(on_keys))
        self._write = _sql(_upsert(self.table))
        self._forget = (
            _sql(sa.update(self.table).where(on_keys).values(dict.fromkeys(model.personal, sa.null())))
            if model.personal
            else ""
        )

    async def create(self, connection: Connection) -> None:
        """Make the table with its primary key; the other indexes come once it is filled."""
        await connection.execute(_ddl(CreateTable(self.table)))

    async def index(self, connection: Connection) -> None:
        """Make the indexes that readers need, those that are there already excepted."""
        for index in sorted(self.table.indexes, key=lambda index: str(index.name)):
            await connection.execute(_ddl(CreateIndex(index, if_not_exists=True)))
        await connection.execute(f"analyze {quoted(self.name)}")

    async def load(self, connection: Connection, keys: Collection[Key]) -> Mapping[Key, RowT]:
        """Answer the rows of these keys, in one query."""
        if not keys:
            return {}
        rows = [self._rows.row(record) for record in await connection.fetch(self._load, *_by_column(keys))]
        return {self.model.key_of(row): row for row in rows}

    async def write(self, connection: Connection, rows: Mapping[Key, RowT | None]) -> None:
        """Put rows in place, all in one statement; those that are None are taken away."""
        if kept := [row for row in rows.values() if row is not None]:
            await connection.execute(self._write, *self._rows.columns(kept))
        if gone := [key for key, row in rows.items() if row is None]:
            await connection.execute(self._delete, *_by_column(gone))

    async def forget(self, connection: Connection, keys: Collection[Key]) -> None:
        """Empty the personal columns of these rows."""
        if keys and self._forget:
            await connection.execute(self._forget, *_by_column(keys))

    async def compare(self, connection: Connection, other: "TableVersion[RowT]") -> Differences:
        """Count the rows in which this version of the table differs from another."""
        ours, theirs = self.table, other.table
        same_key = sa.and_(*(column == theirs.c[column.name] for column in ours.primary_key))
        is_ours, is_theirs = (next(iter(table.primary_key)).is_not(None) for table in (ours, theirs))
        differ = sa.or_(*(column.is_distinct_from(theirs.c[column.name]) for column in ours.c))
        count = sa.func.count()
        counted = (
            sa.select(count.filter(~is_theirs), count.filter(~is_ours), count.filter(is_ours, is_theirs))
            .select_from(ours.join(theirs, same_key, full=True))
            .where(differ)
        )
        ((added, missing, changed),) = await connection.fetch(_sql(counted))
        return Differences(added, missing, changed)

    async def show(self, connection: Connection, *, replaces_same_columns: bool) -> None:
        """Let readers see this version under the read model's own name."""
        names = ", ".join(quoted(column.name) for column in self.table.c)
        view = quoted(self.model.name)
        if not replaces_same_columns:
            await connection.execute(f"drop view if exists {view}")
        await connection.execute(f"create or replace view {view} as select {names} from {quoted(self.name)}")  # noqa: S608 - our own names

    async def drop(self, connection: Connection) -> None:
        """Remove the table."""
        await connection.execute(f"drop table if exists {quoted(self.name)}")


@lru_cache(maxsize=64)
def table_of(model: ReadModel[RowT], version: int) -> TableVersion[RowT]:
    """Answer a version of a read model's table; its statements are written once."""
    return TableVersion(model, version)


def _by_column(keys: Collection[Key]) -> Sequence[Sequence[object]]:
    return [list(column) for column in zip(*keys, strict=True)]


def _given(columns: Sequence[sa.Column[Any]]) -> Any:  # noqa: ANN401 - SQLAlchemy has no name for it
    """The rows that arrays, one per column, spell out."""
    arrays = (sa.bindparam(f"given_{column.name}", type_=ARRAY(column.type)) for column in columns)
    named = (sa.column(column.name, column.type) for column in columns)
    return sa.func.unnest(*arrays).table_valued(*named).render_derived("given")


def _upsert(table: sa.Table) -> sa.Insert:
    given = _given(tuple(table.c))
    statement = insert(table).from_select([column.name for column in table.c], sa.select(*given.c))
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


def _sql(statement: sa.sql.ClauseElement) -> str:
    return str(statement.compile(dialect=_DIALECT))


def _ddl(element: CreateTable | CreateIndex) -> str:
    return str(element.compile(dialect=_DIALECT))
