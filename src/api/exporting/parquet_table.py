"""A table as Parquet: typed columns, written in groups of rows."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from api.exporting.columns import Kind
from api.exporting.extract import Heading, Row
from api.exporting.sink import GivenUp, Sink

ROWS_OF_A_GROUP: Final = 10_000

LIST_KEY: Final = "guanjia.list"
POSITION_KEY: Final = "guanjia.log_position"
"""Where the file's own metadata name the list and the log position."""

_TYPES: Final[dict[Kind, Any]] = {
    Kind.TEXT: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.decimal128(18, 2),
    Kind.REAL: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DAY: pa.date32(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
    Kind.JSON: pa.string(),
}


class ParquetTable:
    """Writes a group once it has its rows, so that no more than one is ever in memory."""

    def __init__(self, sink: Sink, heading: Heading, rows_of_a_group: int = ROWS_OF_A_GROUP) -> None:
        self._sink = sink
        self._rows_of_a_group = rows_of_a_group
        self._schema: Any = pa.schema(
            [(column.name, _TYPES[column.kind]) for column in heading.columns],
            metadata={LIST_KEY: heading.name, POSITION_KEY: str(heading.position)},
        )
        self._writer: Any = pq.ParquetWriter(sink, self._schema, compression="zstd")
        self._batches: list[Any] = []
        self._waiting = 0

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        if rows:
            arrays = [
                pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), self._schema, strict=True)
            ]
            self._batches.append(pa.record_batch(arrays, schema=self._schema))
            self._waiting += len(rows)
        if self._waiting >= self._rows_of_a_group:
            self._write_group()

    def finish(self) -> None:
        """Write the last group and the footer."""
        self._write_group()
        self._writer.close()

    def give_up(self) -> None:
        """Free what the library holds."""
        self._sink.give_up()
        self._batches.clear()
        with suppress(GivenUp):
            self._writer.close()

    def _write_group(self) -> None:
        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches, self._schema), row_group_size=self._waiting)
        self._batches.clear()
        self._waiting = 0
