"""A CSV file of any length, read row by row, once it was looked through from end to end for what cannot be read."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from api.importing.tables import ENCODINGS, Row, UnreadableTable

_HEADER_LINE: Final = 1


@dataclass(frozen=True, slots=True)
class LongTable:
    """A file that was looked through: its header, its encoding, and how many rows stand in it."""

    file: Path
    header: tuple[str, ...]
    encoding: str
    rows: int

    def __iter__(self) -> Iterator[Row]:
        """Read the rows, cells trimmed, empty lines passed over; in the memory of one row.

        Raises: UnreadableTable.
        """
        with _reading(self.file):
            yield from _rows(self.file, self.encoding)


def long_table(file: Path) -> LongTable:
    """Look through a CSV file: UTF-8 with or without BOM, or GB18030, with a header.

    Raises: UnreadableTable.
    """
    for encoding in ENCODINGS:
        try:
            with _reading(file):
                rows = sum(1 for _ in _rows(file, encoding))
                return LongTable(file, _header(file, encoding), encoding, rows)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(f"{file} is neither UTF-8 nor GB18030")


def _rows(file: Path, encoding: str) -> Iterator[Row]:
    with file.open(encoding=encoding, newline="") as text:
        lines = csv.reader(text, strict=True)
        header = _named(file, next(lines, []))
        begins = lines.line_num + 1
        try:
            for cells in lines:
                row = Row(begins, _cells(header, cells))
                if any(row.cells.values()):
                    yield row
                begins = lines.line_num + 1
        except csv.Error as wrong:
            raise UnreadableTable(f"{file}, line {lines.line_num}, is not CSV: {wrong}") from wrong


def _cells(header: tuple[str, ...], cells: list[str]) -> Mapping[str, str]:
    trimmed = (cell.strip() for cell in cells)
    return dict(zip_longest(header, islice(trimmed, len(header)), fillvalue=""))


def _header(file: Path, encoding: str) -> tuple[str, ...]:
    with file.open(encoding=encoding, newline="") as text:
        return _named(file, next(csv.reader(text, strict=True), []))


def _named(file: Path, cells: list[str]) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    if not header or not all(header) or len(set(header)) != len(header):
        raise UnreadableTable(f"{file}, line {_HEADER_LINE}, must name every column once")
    return header


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        raise UnreadableTable(f"{file} cannot be read: {refused.strerror}") from refused
    except csv.Error as wrong:
        raise UnreadableTable(f"{file}, line {_HEADER_LINE}, is not CSV: {wrong}") from wrong
