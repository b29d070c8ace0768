"""A progress bar on a terminal, for anything that takes longer than a second; nothing where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Advance(Protocol):
    """Moves a bar; a bar that is new begins with its total."""

    def __call__(self, what: str, by: int, /, *, total: int | None = None) -> None:
        """Move the bar of this name."""


@contextmanager
def progress_bars() -> Iterator[Advance]:
    """Show bars on stderr while it is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(what: str, by: int, *, total: int | None = None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.advance(tasks[what], by)

        yield advance
