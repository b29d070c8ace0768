"""The formats of an export, by media type and by name; a format's library is loaded when it is first asked for."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, Protocol

from api.exporting.extract import Heading, Row
from api.exporting.sink import Sink


class Format(StrEnum):
    """How a list can be exported; the name is also the ending of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"

    @property
    def media_type(self) -> str:
        """How an Accept header asks for it."""
        return MEDIA_TYPES[self]


MEDIA_TYPES: Final = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
}


class Table(Protocol):
    """A table that is being written.

    After `finish`, or after `give_up` at any time, it holds nothing any more; `give_up` after `finish` does no harm.
    """

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""

    def finish(self) -> None:
        """Write what stands at the end; may run in a thread. Raises: GivenUp."""

    def give_up(self) -> None:
        """Write no more, and let go of everything."""


def loaded(format_: Format) -> Callable[[Sink, Heading], Table]:
    """Load what writes a format, which begins a table when it is called."""
    # pyarrow and xlsxwriter take time and memory that a service without exports need not spend.
    match format_:
        case Format.CSV:
            from api.exporting.csv_table import CsvTable  # noqa: PLC0415

            return CsvTable
        case Format.XLSX:
            from api.exporting.xlsx_table import XlsxTable  # noqa: PLC0415

            return XlsxTable
        case Format.PARQUET:
            from api.exporting.parquet_table import ParquetTable  # noqa: PLC0415

            return ParquetTable
