"""A table as CSV: RFC 4180 in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from api.exporting.columns import Cell
from api.exporting.extract import Heading, Row
from api.exporting.sink import Sink

_BEGINS_FORMULA: Final = frozenset("=+-@＝＋－＠\t\r\n")
_BYTE_ORDER_MARK: Final = "\ufeff"


class CsvTable:
    """Writes lines; its position stands in the file's name and in the answer's header, where it disturbs no reader."""

    def __init__(self, sink: Sink, heading: Heading) -> None:
        self._sink = sink
        self._write(_BYTE_ORDER_MARK, [[column.name for column in heading.columns]])

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        self._write("", ([_written(cell) for cell in row] for row in rows))

    def finish(self) -> None:
        """Do nothing: a CSV file just ends."""

    def give_up(self) -> None:
        """Write no more."""
        self._sink.give_up()

    def _write(self, before: str, rows: Iterable[Iterable[str]]) -> None:
        lines = io.StringIO(newline="")
        lines.write(before)
        csv.writer(lines).writerows(rows)
        self._sink.write(lines.getvalue().encode())


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.isoformat().replace("+00:00", "Z")
        case _:
            return str(cell)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; spaces before it hide nothing."""
    return f"'{text}" if _BEGINS_FORMULA.intersection((text[:1], text.lstrip()[:1])) else text
