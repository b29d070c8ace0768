"""Files of exports as other programs read them."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pyarrow.parquet as pq


@dataclass
class Table:
    """What a reader finds: headings, rows, and what the file says of itself."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    about: dict[str, Any]

    def column(self, name: str) -> list[Any]:
        """Answer the values of one column."""
        return [row[self.columns.index(name)] for row in self.rows]


def read_csv(content: bytes) -> Table:
    """Read CSV as the standard library does."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    return Table(columns=lines[0], rows=[tuple(line) for line in lines[1:]], about={})


def read_xlsx(content: bytes) -> Table:
    """Read a workbook as openpyxl does, sheet after sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    *sheets, about = book.worksheets
    headings = [next(sheet.iter_rows(values_only=True)) for sheet in sheets]
    assert len(set(headings)) == 1
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    told: dict[str, Any] = dict(about.iter_rows(values_only=True))
    told["property"] = book.custom_doc_props["log_position"].value
    told["sheets"] = [sheet.title for sheet in sheets]
    return Table(columns=list(headings[0]), rows=rows, about=told)


def read_parquet(content: bytes) -> Table:
    """Read Parquet as pyarrow does."""
    file = pq.ParquetFile(io.BytesIO(content))
    read = file.read()
    about = {name.decode(): value.decode() for name, value in file.metadata.metadata.items() if b"guanjia" in name}
    about["groups"] = [file.metadata.row_group(nth).num_rows for nth in range(file.metadata.num_row_groups)]
    columns = [column.to_pylist() for column in read.columns]
    return Table(columns=read.column_names, rows=list(zip(*columns, strict=True)), about=about)


READERS = {"csv": read_csv, "xlsx": read_xlsx, "parquet": read_parquet}
