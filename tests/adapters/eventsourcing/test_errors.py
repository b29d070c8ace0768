"""Every error from below is one of the library's family; whatever else goes wrong stays what it is."""

from typing import Any

import asyncpg
import pytest
from eventsourcing import persistence

from adapters.embedded_postgres import EmbeddedPostgresFailed
from adapters.eventsourcing.errors import as_library_errors
from adapters.postgres.schema import SchemaUnusable
from application.kernel.ports import Unavailable


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Unavailable("down"), persistence.OperationalError),
        (EmbeddedPostgresFailed("down"), persistence.OperationalError),
        (ConnectionResetError("gone"), persistence.OperationalError),
        (asyncpg.InterfaceError("the connection is closed"), persistence.OperationalError),
        (asyncpg.AdminShutdownError("restarting"), persistence.OperationalError),
        (asyncpg.DiskFullError("full"), persistence.OperationalError),
        (asyncpg.InvalidPasswordError("who?"), persistence.OperationalError),
        (asyncpg.InvalidCatalogNameError("where?"), persistence.OperationalError),
        (asyncpg.UniqueViolationError("twice"), persistence.IntegrityError),
        (asyncpg.IntegrityConstraintViolationError("not next"), persistence.IntegrityError),
        (asyncpg.UndefinedTableError("no such table"), persistence.ProgrammingError),
        (asyncpg.InsufficientPrivilegeError("not you"), persistence.ProgrammingError),
        (SchemaUnusable("too old"), persistence.ProgrammingError),
        (asyncpg.DataError("not bytes"), persistence.DataError),
        (asyncpg.FeatureNotSupportedError("not here"), persistence.NotSupportedError),
        (asyncpg.InternalServerError("odd"), persistence.InternalError),
        (asyncpg.RaiseError("anything"), persistence.DatabaseError),
    ],
)
def test_an_error_is_told_in_the_librarys_words(error: Exception, kind: type[Exception]) -> None:
    with pytest.raises(persistence.PersistenceError) as told, as_library_errors():
        raise error
    assert type(told.value) is kind
    assert told.value.__cause__ is error
    assert str(error) in str(told.value)


@pytest.mark.parametrize("error", [persistence.InterfaceError("closed"), ZeroDivisionError(), KeyError("x")])
def test_other_errors_stay_what_they_are(error: Any) -> None:
    with pytest.raises(type(error)) as told, as_library_errors():
        raise error
    assert told.value is error
