"""What goes wrong below, told in the library's family of errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from eventsourcing.persistence import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    NotSupportedError,
    OperationalError,
    PersistenceError,
    ProgrammingError,
)

from adapters.embedded_postgres import EmbeddedPostgresFailed
from adapters.postgres.failures import lost_connection, refused_for_now
from adapters.postgres.schema import SchemaUnusable
from application.kernel.ports import Unavailable


@contextmanager
def as_library_errors() -> Iterator[None]:
    """Turn every error that the library has a name for into that one."""
    try:
        yield
    except Exception as error:
        kind = _kind(error)
        if kind is None:
            raise
        raise kind(str(error)) from error


def _kind(error: Exception) -> type[PersistenceError] | None:
    if isinstance(error, PersistenceError):
        return None
    if lost_connection(error) or refused_for_now(error):
        return OperationalError
    if isinstance(error, asyncpg.PostgresError):
        return _BY_SQLSTATE.get((error.sqlstate or "")[:2], DatabaseError)
    return next((kind for ours, kind in _BY_TYPE.items() if isinstance(error, ours)), None)


_BY_SQLSTATE: Final[dict[str, type[PersistenceError]]] = {
    "0A": NotSupportedError,
    "22": DataError,
    "23": IntegrityError,
    "28": OperationalError,  # the role may not connect
    "3D": OperationalError,  # there is no such database
    "42": ProgrammingError,
    "XX": InternalError,
}
"""By the class of the server's answer."""

_BY_TYPE: Final[dict[type[Exception], type[PersistenceError]]] = {
    Unavailable: OperationalError,
    EmbeddedPostgresFailed: OperationalError,
    SchemaUnusable: ProgrammingError,
}
