"""Parquet, read back by pyarrow."""

import io
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from pyarrow import ArrowInvalid

from api.exporting.parquet_table import ParquetTable
from tests.api.exporting.made_up import AT, COLUMNS, HEADING, ID, NOTHING, Scratch, row
from tests.api.exporting.readers import Table, read_parquet


def written(*pages: int, rows_of_a_group: int = 10_000) -> Table:
    scratch = Scratch()
    table = ParquetTable(scratch.sink, HEADING, rows_of_a_group)
    for page in pages:
        table.write([row(f"{nth}") for nth in range(page)])
    table.finish()
    table.give_up()
    return read_parquet(scratch.content)


def test_rows_are_read_with_their_types() -> None:
    scratch = Scratch()
    table = ParquetTable(scratch.sink, HEADING)
    table.write([row('=HYPERLINK("x")'), NOTHING])
    table.finish()
    schema = pq.read_schema(io.BytesIO(scratch.content))
    assert [str(field.type) for field in schema] == [
        "string", "int64", "string", "string", "string", "decimal128(18, 2)", "double", "bool", "string",
        "date32[day]", "timestamp[us, tz=UTC]", "string", "string", "string",
    ]  # fmt: skip
    read = read_parquet(scratch.content)
    assert read.columns == [column.name for column in COLUMNS]
    assert read.rows[0] == (
        ID, 3, '=HYPERLINK("x")', "red", "good", Decimal("120000.50"), 0.25, True, "王五", date(2026, 2, 28), AT,
        '["一","二"]', "{}", "1",
    )  # fmt: skip
    assert read.rows[1] == (ID, 0, "", None, "good", None, None, False, *[None] * 6)


def test_the_file_names_list_and_position() -> None:
    assert written(2).about == {"guanjia.list": "things", "guanjia.log_position": "17", "groups": [2]}


def test_rows_are_written_in_groups() -> None:
    read = written(3, 3, 0, 3, 1, rows_of_a_group=5)
    assert read.about["groups"] == [6, 4]
    assert len(read.rows) == 10


def test_a_list_without_rows_still_has_its_columns() -> None:
    read = written()
    assert read.columns == [column.name for column in COLUMNS]
    assert read.rows == []


def test_one_that_is_given_up_is_no_file() -> None:
    scratch = Scratch()
    table = ParquetTable(scratch.sink, HEADING, 1)
    table.write([row()])
    table.give_up()
    with pytest.raises(ArrowInvalid):
        read_parquet(scratch.content)
