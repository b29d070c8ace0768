"""How results are printed: JSON for programs, tables for people."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

_WIDE = 400
"""Columns of a table that goes to a file or a program: nothing is cut there."""


def print_json(result: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print a result as indented JSON."""
    sys.stdout.write(orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode())


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """Print a table; the columns named in `right` are numbers."""
    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    with console.capture() as printed:
        console.print(table, highlight=False, markup=False)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in printed.get().splitlines())
