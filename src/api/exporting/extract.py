"""A list that is being exported: what it is called, when it was taken, its columns and its rows."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from api.exporting.columns import Cell, Column

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a table says of itself: the list, the position in the log at which it was taken, the columns.

    Everything up to the position is in it; a row that was read later may show what has happened since.
    """

    name: str
    position: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A list, with its rows page by page; the first page is at hand already."""

    heading: Heading
    pages: AsyncGenerator[Sequence[Row], None]
