"""Which keys have been met, and in which line first; kept on disk, so that millions of them take no memory."""

import sqlite3
from types import TracebackType
from typing import Self


class FirstLines:
    """Remembers the line in which each key stood first; to be used as a context."""

    def __init__(self) -> None:
        # The empty name is SQLite's for a database that spills to a temporary file and is gone when it is closed.
        self._database = sqlite3.connect("")
        self._database.execute("create table seen (key blob primary key, line integer not null) without rowid")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def first(self, key: bytes, line: int) -> int:
        """Answer in which line a key stood first, this one perhaps."""
        if self._database.execute("insert or ignore into seen values (?, ?)", (key, line)).rowcount:
            return line
        (known,) = self._database.execute("select line from seen where key = ?", (key,)).fetchone()
        return int(known)
