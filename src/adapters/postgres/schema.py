"""A city's schema: made, brought up to date, and held by the keys with which its log was written."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from adapters.postgres.connection import Connection, Database, quoted
from adapters.postgres.failures import reaching

_OLDEST_SERVER: Final = 15
_CHECK: Final = b"guanjia key check"
_STEPS: Final = Path(__file__).parent / "migrations" / "versions"
_NAME_LENGTH: Final = len("0001")


class SchemaUnusable(Exception):
    """The server or the schema is not one that this program can work with; the message says why and what to do."""


class WrongKey(Exception):
    """A key of this process is not the one that the schema has been written with; the message says which."""


async def migrate(database: Database) -> None:
    """Make the schema if it is missing and run every step that it lacks; several processes may do so at once.

    The steps run in one transaction. Raises: SchemaUnusable, Unavailable.
    """
    with reaching():
        connection = await database.connect(purpose="guanjia migration", patience=None)
        try:
            await _refuse_unsuitable(connection)
            async with connection.transaction():
                await connection.execute(
                    "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"guanjia schema {database.schema}"
                )
                if not await connection.fetchval(
                    "select exists (select from pg_namespace where nspname = $1)", database.schema
                ):
                    await connection.execute(f"create schema {quoted(database.schema)}")
                present = await _present(connection)
                if steps := steps_after(present):
                    await connection.execute(steps)
        finally:
            await connection.close()


def steps_after(present: str | None) -> str:
    """Answer the SQL that leads from a step (None: from nothing) to the newest; empty when there is none.

    Raises: SchemaUnusable.
    """
    if present == newest_step():
        return ""
    # Only now: alembic takes as long to import as all else that a start needs.
    from adapters.postgres.migrations.writing import UnknownStep, written_after  # noqa: PLC0415

    try:
        return written_after(present)
    except UnknownStep as unknown:
        raise SchemaUnusable(
            f"the schema is at step {present}, which this program does not know: run a newer one ({unknown})"
        ) from unknown


def newest_step() -> str:
    """Answer the name of the newest step: its file begins with it."""
    return max(step.name[:_NAME_LENGTH] for step in _STEPS.glob("[0-9]*.py"))


async def check_keys(database: Database, keys: Mapping[str, bytes]) -> None:
    """Refuse keys other than those that the schema was first used with; each is known there by a check value only.

    Raises: WrongKey, Unavailable.
    """
    for name, key in keys.items():
        value = hmac.digest(key, _CHECK, sha256)
        async with database.reading() as connection:
            await connection.execute(
                "insert into settings (name, value) values ($1, $2) on conflict do nothing", f"{name} key check", value
            )
            kept: bytes = await connection.fetchval("select value from settings where name = $1", f"{name} key check")
        if not hmac.compare_digest(kept, value):
            raise WrongKey(
                f"the {name} key is not the one that schema {database.schema} was written with: give the same key "
                f"(data dir or GUANJIA_{name.upper()}_KEY), or use another schema"
            )


async def _refuse_unsuitable(connection: Connection) -> None:
    version = connection.get_server_version()
    if version.major < _OLDEST_SERVER:
        raise SchemaUnusable(f"PostgreSQL {_OLDEST_SERVER} or newer is needed, not {version.major}")
    encoding = await connection.fetchval("select current_setting('server_encoding')")
    if encoding != "UTF8":
        raise SchemaUnusable(f"the database must be in UTF8, not {encoding}: create it with encoding 'UTF8'")


async def _present(connection: Connection) -> str | None:
    if await connection.fetchval("select to_regclass('alembic_version')") is None:
        return None
    step: str | None = await connection.fetchval("select version_num from alembic_version")
    return step
