"""A city's schema: made, brought up to date, and held by the keys with which its log was written."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from adapters.postgres.connection import Connection, Database, quoted
from adapters.postgres.failures import reaching

_OLDEST_SERVER: Final = 15
_CHECK: Final = b"guanjia key check"


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
    config = Config(output_buffer=(written := StringIO()))
    config.set_main_option("script_location", "adapters.postgres:migrations")
    newest = ScriptDirectory.from_config(config).get_current_head()
    if present == newest:
        return ""
    try:
        command.upgrade(config, "head" if present is None else f"{present}:head", sql=True)
    except CommandError as unknown:
        raise SchemaUnusable(
            f"the schema is at step {present}, which this program does not know: run a newer one ({unknown})"
        ) from unknown
    return written.getvalue()


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
