"""The bare loop: fetch the events of our log, decode them, COPY rows into a table without indexes; folds nothing."""

import asyncio
import time
from collections.abc import Sequence

import asyncpg

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database
from api.settings import Settings
from benchmarks.baselines.tables import COLUMNS, table_called
from benchmarks.rebuilds import tell
from domain.licensing.events import PointsDeducted
from domain.licensing.folding import LICENCE

_CHUNK = 10_000
_TABLE = "bare_deductions"
_FETCH = """
    select position, stream, type, data, metadata from events
    where position > $1 and position <= $2 and type = 'licence.points-deducted' order by position
"""


async def copy(url: str, schema: str) -> None:
    """Make the table anew, fill it, and tell how long that took."""
    codec = Codec([LICENCE])
    connection = await Database(url, schema).connect(patience=None)
    await connection.execute(f"drop table if exists {_TABLE}")
    await connection.execute(table_called(_TABLE, has_key=False))
    began = time.perf_counter()
    rows = 0
    for after in range(0, await connection.fetchval("select position from log_head"), _CHUNK):
        fetched = await connection.fetch(_FETCH, after, after + _CHUNK)
        records = [_row(codec, record) for record in fetched]
        await connection.copy_records_to_table(_TABLE, records=records, columns=COLUMNS)
        rows += len(records)
    tell(rows, time.perf_counter() - began)
    await connection.close()


def _row(codec: Codec, record: asyncpg.Record) -> Sequence[object]:
    position, stream, name, data, metadata = record
    event = codec.event(stream, name, data, metadata)
    if not isinstance(event, PointsDeducted):
        raise TypeError(f"position {position} holds {event}")
    return (
        event.deduction_id,
        position,
        position,
        stream.removeprefix("licence-"),
        event.company_id,
        event.violation,
        event.points,
        event.occurred_on,
        event.decided_on,
        event.cycle,
        event.rule_set,
        event.object_by,
        "in_force",
        None,
    )


if __name__ == "__main__":
    given = Settings()
    if given.database_url is None:
        raise SystemExit("GUANJIA_DATABASE_URL says where the log is")
    asyncio.run(copy(given.database_url.get_secret_value(), given.schema_name))
