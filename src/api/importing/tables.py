"""A CSV file as people have it: UTF-8 with or without BOM, or GB18030."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

ENCODINGS: Final = ("utf-8-sig", "gb18030")
MOST_BYTES: Final = 256 * 1024 * 1024


class UnreadableTable(Exception):
    """The file as a whole cannot be read; the message says why, and what would be accepted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table under its header; `number` is the line that the row begins on, the header's is 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file, read whole: header, rows, and the encoding that it was read in."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def read_table(file: Path) -> Table:
    """Read a CSV file with a header; cells are trimmed, empty lines passed over.

    Raises: UnreadableTable.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableTable(f"{file} is larger than {MOST_BYTES // 1024**2} MiB: split it")
        raw = file.read_bytes()
    except OSError as refused:
        raise UnreadableTable(f"{file} cannot be read: {refused.strerror}") from refused
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _table(file, text, encoding)
    raise UnreadableTable(f"{file} is neither UTF-8 nor GB18030")


def _table(file: Path, text: str, encoding: str) -> Table:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = tuple(cell.strip() for cell in next(lines, []))
        if not header or not all(header) or len(set(header)) != len(header):
            raise UnreadableTable(f"{file} needs a first line that names every column once")
        begins = lines.line_num + 1
        for cells in lines:
            trimmed = (cell.strip() for cell in cells)
            row = Row(begins, dict(zip_longest(header, islice(trimmed, len(header)), fillvalue="")))
            if any(row.cells.values()):
                rows.append(row)
            begins = lines.line_num + 1
    except csv.Error as wrong:
        raise UnreadableTable(f"{file}, line {lines.line_num}, is not CSV: {wrong}") from wrong
    return Table(header, tuple(rows), encoding)
