"""A table as an XLSX workbook: rows go to temporary files as they come, whatever their number."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.exporting.columns import Cell, Kind
from api.exporting.extract import Heading, Row
from api.exporting.sink import Sink

ROWS_OF_A_SHEET: Final = 1_048_576
LONGEST_TEXT: Final = 32_767
"""What a sheet and a cell of Excel can hold."""

CUT: Final = "…"
ABOUT: Final = "about"
_LONGEST_SHEET_NAME: Final = 31
_LARGEST_EXACT: Final = 2**53
_FIRST_DAY: Final = date(1900, 1, 1)
_WIDTHS: Final = {Kind.TEXT: 24, Kind.DAY: 12, Kind.INSTANT: 22, Kind.JSON: 40}
_DAY: Final = {"num_format": "yyyy-mm-dd"}
_INSTANT: Final = {"num_format": 'yyyy-mm-dd hh:mm:ss"Z"'}


class XlsxTable:
    """Writes strings as strings, whatever they begin with, numbers as numbers, days and instants (UTC) as dates.

    A list that is too long for one sheet goes on in the next; a text that is too long for a cell is cut and ends in
    `…`; the last sheet, `about`, names the list, its log position, its rows and the texts cut.
    """

    def __init__(self, sink: Sink, heading: Heading, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> None:
        self._sink = sink
        self._heading = heading
        self._rows_of_a_sheet = rows_of_a_sheet
        self._folder = TemporaryDirectory(prefix="guanjia-export-")
        self._workbook = Workbook(
            sink,
            {
                "constant_memory": True,
                "tmpdir": self._folder.name,
                "use_zip64": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._bold: Format = self._workbook.add_format({"bold": True})
        self._day: Format = self._workbook.add_format(_DAY)
        self._instant: Format = self._workbook.add_format(_INSTANT)
        self._rows = self._cut = self._sheets = self._line = 0
        self._is_finishing = False
        self._sheet = self._new_sheet()

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        for row in rows:
            if self._line == self._rows_of_a_sheet:
                self._sheet = self._new_sheet()
            for column, cell in enumerate(row):
                self._put(column, cell)
            self._line += 1
        self._rows += len(rows)

    def finish(self) -> None:
        """Put the workbook together; takes seconds for a million rows, and may run in a thread.

        Raises: GivenUp.
        """
        self._is_finishing = True
        try:
            self._tell_of_itself()
            self._workbook.close()
        finally:
            self._drop()

    def give_up(self) -> None:
        """Leave no temporary file behind; a workbook that is being put together does so itself."""
        self._sink.give_up()
        if not self._is_finishing:
            self._drop()

    def _drop(self) -> None:
        for sheet in self._workbook.worksheets():
            sheet.row_data_fh.close()
        self._workbook.fileclosed = True  # or it would close itself once more when it is collected
        self._folder.cleanup()

    def _new_sheet(self) -> Worksheet:
        self._sheets += 1
        end = "" if self._sheets == 1 else f" {self._sheets}"
        sheet = self._workbook.add_worksheet(self._heading.name[: _LONGEST_SHEET_NAME - len(end)] + end)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._heading.columns):
            sheet.set_column(place, place, max(_WIDTHS.get(column.kind, 0), len(column.name) + 2))
        for place, column in enumerate(self._heading.columns):
            sheet.write_string(0, place, column.name, self._bold)
        self._line = 1
        return sheet

    def _put(self, column: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case bool():
                self._sheet.write_boolean(self._line, column, cell)
            case datetime():
                moment = cell.astimezone(UTC).replace(tzinfo=None)
                self._sheet.write_datetime(self._line, column, moment, self._instant)
            case date() if cell >= _FIRST_DAY:
                self._sheet.write_datetime(self._line, column, cell, self._day)
            case int() | float() | Decimal() if -_LARGEST_EXACT <= cell <= _LARGEST_EXACT:
                self._sheet.write_number(self._line, column, cell)
            case _:
                self._sheet.write_string(self._line, column, self._fitting(str(cell)))

    def _fitting(self, text: str) -> str:
        if len(text) <= LONGEST_TEXT:
            return text
        self._cut += 1
        return text[: LONGEST_TEXT - len(CUT)] + CUT

    def _tell_of_itself(self) -> None:
        position = self._heading.position
        self._workbook.set_properties({"title": self._heading.name, "comments": f"log position {position}"})
        self._workbook.set_custom_property("log_position", position, "number")
        about = self._workbook.add_worksheet(ABOUT)
        about.set_column(0, 1, _WIDTHS[Kind.TEXT])
        about.write_row(0, 0, ("list", self._heading.name))
        about.write_row(1, 0, ("log_position", position))
        about.write_row(2, 0, ("rows", self._rows))
        about.write_row(3, 0, ("texts_cut", self._cut))
