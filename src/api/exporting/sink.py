"""Where a table is written to, and from where it is read again while it grows."""

from collections.abc import Iterator
from typing import IO, Any, Final

_MOST_AT_ONCE: Final = 64 * 1024


class GivenUp(Exception):
    """Nobody wants the table any more."""


class Sink:
    """Takes bytes in order; it cannot be gone back in.

    A table that is finished in another thread is told by its next write that it was given up. What is written after
    that, by those who want to end well, goes nowhere.
    """

    closed: Final = False
    """What file objects say of themselves; whoever opened the file closes it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._read = 0
        self._written = 0
        self._is_given_up = False
        self._has_been_told = False

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        """Take bytes.

        Raises: GivenUp, once.
        """
        length = memoryview(data).nbytes
        if not self._is_given_up:
            self._file.write(data)
            self._written += length
        elif not self._has_been_told:
            self._has_been_told = True
            raise GivenUp
        return length

    def flush(self) -> None:
        """Do nothing: what was written is taken from here."""

    def close(self) -> None:
        """Do nothing: whoever opened the file closes it."""

    def give_up(self) -> None:
        """Take no more."""
        self._is_given_up = True

    def taken(self) -> Iterator[bytes]:
        """Answer what has been written and not been taken yet; the file, which must be a scratch one, is used again."""
        self._file.seek(self._read)
        while self._read < self._written:
            piece = self._file.read(_MOST_AT_ONCE)
            self._read += len(piece)
            yield piece
        self._file.seek(0)
        self._file.truncate()
        self._read = self._written = 0
