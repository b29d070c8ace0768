"""What went wrong on the way to PostgreSQL, told apart by what it means for the caller."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from application.kernel.ports import Unavailable

CLOCKS_DIFFER: Final = "GJ001"
BATCH_ABANDONED: Final = "GJ002"

_CONNECTION_LOST: Final = ("08", "57P")
"""SQLSTATEs after which the connection is gone and an answer may have been lost."""

_NOT_NOW: Final = ("25006", "40", "53", "54", "55", "57", "58", "GJ")
"""SQLSTATEs of a statement that was rolled back for reasons that lie in the server: read-only, deadlock, full disk …"""


def lost_connection(error: BaseException) -> bool:
    """Tell whether an error means that the connection is gone, so that what was sent may or may not have happened."""
    match error:
        case asyncpg.PostgresError():
            return (error.sqlstate or "").startswith(_CONNECTION_LOST)
        case asyncpg.InterfaceError() | asyncpg.InternalClientError() | OSError() | TimeoutError():
            return True
        case _:
            return False


def refused_for_now(error: BaseException) -> bool:
    """Tell whether the server answered that it cannot do this now: nothing was written, the command is not to blame."""
    return isinstance(error, asyncpg.PostgresError) and (error.sqlstate or "").startswith(_NOT_NOW)


@contextmanager
def reaching() -> Iterator[None]:
    """Turn a database that is out of reach or cannot serve now into `Unavailable`; only around what may be repeated."""
    try:
        yield
    except Exception as error:
        if lost_connection(error) or refused_for_now(error):
            raise Unavailable(f"the database cannot be reached: {error}") from error
        raise
