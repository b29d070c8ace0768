"""A city's database as an operator finds it: the server, the schema, the log and the walls around it, read models."""

import time
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

from adapters.postgres.connection import Connection, Database
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.schema import SchemaUnusable, WrongKey, check_keys, steps_after
from application.kernel.diagnosis import Diagnosis, broken, doubtful, well

_MOST_SKEW_SECONDS: Final = 5.0
_DOUBTFUL_SKEW_SECONDS: Final = 1.0
_MUCH_LAG: Final = 10_000
_SERVE: Final = "start guanjia serve"

_SERVER: Final = """
    select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
        current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
        current_setting('synchronous_commit') as synchronous_commit, to_regclass('alembic_version') is not null as begun
"""
_STEP: Final = "select version_num from alembic_version"
_CLOCK: Final = "select extract(epoch from clock_timestamp())::float8"
_LOG: Final = """
    select h.position as head, (select coalesce(max(position), 0) from events) as last, (
        select t.tgenabled::text from pg_trigger as t
        where t.tgrelid = 'events'::regclass and t.tgname = 'events_are_never_changed'
    ) as trigger, current_user as role,
        has_table_privilege('events', 'update') or has_table_privilege('events', 'delete')
            or has_table_privilege('events', 'truncate') as may_change,
        (select rolsuper from pg_roles where rolname = current_user) as is_superuser
    from log_head as h
"""
_READ_MODELS: Final = """
    select c.name, c.shape, h.position - c.position as lag from checkpoints as c cross join log_head as h
    where c.state = 'live'
"""
_RUNNERS: Final = """
    select count(*) from pg_stat_activity
    where application_name = 'guanjia read models' and datname = current_database()
"""


async def require_current_schema(database: Database) -> None:
    """Refuse a schema that is not there yet or lacks a step; nothing is changed.

    Raises: SchemaUnusable, Unavailable.
    """
    async with database.reading() as connection:
        step = await _step(connection)
    if step is None:
        raise SchemaUnusable(f"there is no city in schema {database.schema} yet: guanjia serve begins one")
    if steps_after(step):
        raise SchemaUnusable(f"the schema is at step {step}, an older one than this program's: {_SERVE} once")


async def look_at_database(
    database: Database, keys: Mapping[str, bytes], *, clock_is_moved: bool
) -> AsyncIterator[Diagnosis]:
    """Look at everything in turn; `keys` are those that can be had of master and identity.

    Raises: Unavailable.
    """
    async with database.reading() as connection:
        (server,) = await connection.fetch(_SERVER)
        for each in _server(dict(server)):
            yield each
        yield _clock(await _skew(connection), is_moved=clock_is_moved)
        if not server["begun"]:
            yield doubtful("schema", f"there is no city in schema {database.schema} yet", _SERVE)
            return
        schema = _schema(database.schema, await connection.fetchval(_STEP))
        yield schema
        if schema.advice is not None:
            return
        (log,) = await connection.fetch(_LOG)
        for each in (*_log(dict(log)), *await _read_models(connection)):
            yield each
        known = {row["name"] for row in await connection.fetch("select name from settings")}
    for name, key in keys.items():
        if f"{name} key check" in known:
            yield await _key(database, name, key)


async def _step(connection: Connection) -> str | None:
    (server,) = await connection.fetch(_SERVER)
    step: str | None = await connection.fetchval(_STEP) if server["begun"] else None
    return step


def _server(server: Mapping[str, Any]) -> Iterator[Diagnosis]:
    says = f"PostgreSQL {server['version']}, {server['encoding']}"
    if server["encoding"] == "UTF8":
        yield well("database", says)
    else:
        yield broken("database", says, "create the database with encoding 'UTF8'")
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if server[name] == "off"]
    if off:
        yield broken("durability", f"{', '.join(off)} off: a power cut may cost what was committed", "switch it on")
    else:
        yield well("durability", "what is committed is on the disk")


async def _skew(connection: Connection) -> float:
    """Answer by how many seconds the database's clock is ahead of ours, the way there and back taken out."""
    before = time.time()
    theirs: float = await connection.fetchval(_CLOCK)
    return theirs - (before + time.time()) / 2


def _clock(skew: float, *, is_moved: bool) -> Diagnosis:
    says = f"the database's clock is {abs(skew):.2f} s {'ahead of' if skew > 0 else 'behind'} ours"
    if is_moved:
        return doubtful("clock", "GUANJIA_NOW moves the clock of this process", "for demonstrations only: unset it")
    if abs(skew) > _MOST_SKEW_SECONDS:
        return broken("clock", f"{says}: writing is refused", "set both clocks by the same source (NTP)")
    if abs(skew) > _DOUBTFUL_SKEW_SECONDS:
        return doubtful("clock", says, "set both clocks by the same source (NTP)")
    return well("clock", says)


def _schema(name: str, step: str) -> Diagnosis:
    try:
        behind = bool(steps_after(step))
    except SchemaUnusable as unknown:
        return broken("schema", str(unknown), "run the newer program")
    if behind:
        return doubtful("schema", f"{name} is at step {step}, an older one than this program's", f"{_SERVE} once")
    return well("schema", f"{name} at step {step}")


def _log(log: Mapping[str, Any]) -> Iterator[Diagnosis]:
    if log["head"] == log["last"]:
        yield well("log", f"{log['head']} events")
    else:
        says = f"its head is at position {log['head']}, its last event at {log['last']}"
        yield broken("log", says, "guanjia verify says more; restore what is missing")
    match log["trigger"]:
        case "A":
            yield well("wall: trigger", "changing an event is refused")
        case "O" | "R":
            yield doubtful(
                "wall: trigger",
                "does not act in every session",
                "alter table events enable always trigger events_are_never_changed",
            )
        case _:
            says = "missing or disabled: whoever may write to the table can change events"
            yield broken("wall: trigger", says, "find out who took it away; guanjia verify; then bring it back")
    if log["may_change"] or log["is_superuser"]:
        who = "a superuser" if log["is_superuser"] else "the owner of the log"
        yield doubtful(
            "wall: privileges",
            f"{log['role']} is {who}: only the trigger stands in the way",
            "serve as a role of its own with select and insert on events; migrate as the owner",
        )
    else:
        yield well("wall: privileges", f"{log['role']} may not change events")


async def _read_models(connection: Connection) -> list[Diagnosis]:
    live = {(row["name"], row["shape"]): row["lag"] for row in await connection.fetch(_READ_MODELS)}
    runners = await connection.fetchval(_RUNNERS)
    missing = [model.name for model in READ_MODELS if (model.name, model.shape) not in live]
    lag = max(live.values(), default=0)
    says = f"{len(READ_MODELS) - len(missing)} of {len(READ_MODELS)}, at most {lag} events behind, {runners} runners"
    if missing:
        return [doubtful("read models", f"{says}; {', '.join(missing)} yet to be built", _SERVE)]
    if lag > _MUCH_LAG or (lag and not runners):
        return [doubtful("read models", says, _SERVE if not runners else "see the log of guanjia serve")]
    return [well("read models", says)]


async def _key(database: Database, name: str, key: bytes) -> Diagnosis:
    subject = f"{name} key in use"
    try:
        await check_keys(database, {name: key})
    except WrongKey as wrong:
        return broken(subject, str(wrong), "bring the right one back")
    return well(subject, "the one that the city was begun with")
