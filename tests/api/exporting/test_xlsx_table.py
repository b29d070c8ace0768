"""XLSX, read back by openpyxl."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from api.exporting.extract import Row
from api.exporting.sink import GivenUp
from api.exporting.xlsx_table import LONGEST_TEXT, XlsxTable
from tests.api.exporting.made_up import COLUMNS, HEADING, ID, NOTHING, Scratch, row
from tests.api.exporting.readers import Table, read_xlsx


def written(*rows: Row, rows_of_a_sheet: int = 1000) -> Table:
    scratch = Scratch()
    table = XlsxTable(scratch.sink, HEADING, rows_of_a_sheet)
    table.write(rows)
    table.finish()
    table.give_up()
    return read_xlsx(scratch.content)


def test_rows_are_read_with_their_types() -> None:
    read = written(row(), NOTHING)
    assert read.columns == [column.name for column in COLUMNS]
    assert read.rows[0] == (
        ID, 3, "便条", "red", "good", 120000.5, 0.25, True, "王五", datetime(2026, 2, 28),  # noqa: DTZ001 - as Excel keeps it
        datetime(2026, 3, 1, 12, 30, 15), '["一","二"]', "{}", "1",  # noqa: DTZ001 - the same
    )  # fmt: skip
    assert read.rows[1] == (ID, 0, "", None, "good", None, None, False, *[None] * 6)


def test_instants_are_those_of_utc() -> None:
    east = timezone(timedelta(hours=8))
    read = written(row(at=datetime(2026, 1, 1, 7, tzinfo=east)))
    assert read.column("at") == [datetime(2025, 12, 31, 23, tzinfo=UTC).replace(tzinfo=None)]


def test_days_before_excels_first_and_numbers_beyond_its_precision_are_text() -> None:
    read = written(row("便条", version=2**53 + 1, **{"owner.since": date(1899, 12, 31)}))
    assert read.column("version") == [str(2**53 + 1)]
    assert read.column("owner.since") == ["1899-12-31"]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x.example","点")', "http://x.example", "+1", "@x", "0123", "\t=1"]
)
def test_a_text_is_a_text_whatever_it_looks_like(text: str) -> None:
    scratch = Scratch()
    table = XlsxTable(scratch.sink, HEADING)
    table.write([row(text)])
    table.finish()
    assert read_xlsx(scratch.content).column("name") == [text]
    with zipfile.ZipFile(io.BytesIO(scratch.content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_workbook_names_list_position_and_rows() -> None:
    assert written(row(), row()).about == {
        "list": "things", "log_position": 17, "rows": 2, "texts_cut": 0, "property": 17, "sheets": ["things"],
    }  # fmt: skip


def test_a_list_too_long_for_one_sheet_goes_on_in_the_next() -> None:
    read = written(*[row(f"{nth}") for nth in range(7)], rows_of_a_sheet=4)
    assert read.about["sheets"] == ["things", "things 2", "things 3"]
    assert read.column("name") == [f"{nth}" for nth in range(7)]


def test_a_text_too_long_for_a_cell_is_cut_and_counted() -> None:
    read = written(row("长" * LONGEST_TEXT), row("长" * (LONGEST_TEXT + 1)))
    fits, cut = read.column("name")
    assert fits == "长" * LONGEST_TEXT
    assert cut == "长" * (LONGEST_TEXT - 1) + "…"
    assert read.about["texts_cut"] == 1


def test_no_temporary_file_is_left(folder: Path) -> None:
    written(row())
    assert list(folder.iterdir()) == []
    scratch = Scratch()
    table = XlsxTable(scratch.sink, HEADING)
    table.write([row()])
    assert list(folder.iterdir()) != []
    table.give_up()
    assert list(folder.iterdir()) == []


def test_one_that_is_given_up_while_it_is_put_together_stops(folder: Path) -> None:
    scratch = Scratch()
    table = XlsxTable(scratch.sink, HEADING)
    table.write([row()])
    scratch.sink.give_up()
    with pytest.raises(GivenUp):
        table.finish()
    assert scratch.content == b""
    assert list(folder.iterdir()) == []
