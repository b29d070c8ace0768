"""A city's schema: any name, any number of processes at once, only the keys that it was written with."""

import asyncio
from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from adapters.postgres.connection import Database
from adapters.postgres.schema import SchemaUnusable, WrongKey, check_keys, migrate, newest_step, steps_after
from adapters.postgres.tables import METADATA
from application.kernel.ports import Unavailable
from tests.adapters.event_store_suite import receipt
from tests.adapters.notes import appending, new_note, signed, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import Server

_COLUMNS = """
    select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns
    where table_schema = current_schema() and table_name = any($1::text[])
"""
_TYPES = {
    sa.BigInteger: "bigint",
    sa.Integer: "integer",
    sa.Text: "text",
    sa.LargeBinary: "bytea",
    sa.TIMESTAMP: "timestamp with time zone",
    sa.Boolean: "boolean",
    sa.Uuid: "uuid",
    sa.JSON: "json",
}


@pytest.mark.parametrize("name", ["city_321000", 'Größe "7"; drop schema x', "武汉市", "select"])
async def test_a_schema_may_have_any_name(server: Server, name: str) -> None:
    async with Bench(server.url, name) as log:
        assert receipt(await log.store.append(appending(new_note(), signed()))).position == 1
        assert await log.sees("select current_schema()") == name
        await log.store.listener.listening.wait()


async def test_two_cities_on_one_database_know_nothing_of_each_other(log: Bench) -> None:
    async with Bench(log.url) as neighbour:
        for city in (log, neighbour):
            assert receipt(await city.store.append(appending(new_note(), written()))).position == 1


async def test_migrating_again_changes_nothing(log: Bench) -> None:
    await log.store.append(appending(new_note(), written()))
    await migrate(log.database)
    assert len(await log.rows()) == 1
    step = await log.sees("select version_num from alembic_version")
    assert (step, steps_after(step)) == (newest_step(), "")


async def test_processes_that_start_at_once_migrate_once(server: Server) -> None:
    bench = Bench(server.url)
    async with Database(server.url, bench.schema) as database:
        await asyncio.gather(*(migrate(database) for _ in range(5)))
        async with bench:
            assert await bench.sees("select count(*) from log_head") == 1


async def test_a_schema_that_is_there_already_is_used(server: Server) -> None:
    bench = Bench(server.url)
    async with Database(server.url, bench.schema) as database:
        connection = await database.connect()
        await connection.execute(f"create schema {bench.schema}")
        await connection.close()
        async with bench:
            assert await bench.rows() == []


async def test_a_schema_of_a_newer_program_is_refused(log: Bench) -> None:
    await log.direct.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(SchemaUnusable, match="step 9999, which this program does not know"):
        await migrate(log.database)


async def test_a_step_that_fails_leaves_nothing_behind(server: Server) -> None:
    bench = Bench(server.url)
    async with Database(server.url, bench.schema) as database:
        connection = await database.connect()
        await connection.execute(f"create schema {bench.schema}; create table {bench.schema}.receipts (unlike text)")
        with pytest.raises(Exception, match="already exists"):
            await migrate(database)
        assert await connection.fetchval("select to_regclass('events')") is None
        await connection.execute(f"drop schema {bench.schema} cascade")
        await connection.close()


async def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    async with Database(server.url, "city") as database:
        connection = await database.connect()
        await connection.execute(
            "create database latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'"
        )
        async with Database(server.database("latin"), "city") as latin:
            with pytest.raises(SchemaUnusable, match="must be in UTF8, not LATIN1"):
                await migrate(latin)
        await connection.execute("drop database latin with (force)")
        await connection.close()


async def test_a_database_out_of_reach_is_said_to_be_so() -> None:
    async with Database("postgresql://guanjia@/guanjia?host=/nowhere", "city") as database:
        with pytest.raises(Unavailable, match="cannot be reached"):
            await migrate(database)


async def test_the_tables_are_those_that_queries_are_written_for(log: Bench) -> None:
    found = {
        (row["table_name"], row["column_name"]): (row["data_type"], row["is_nullable"], row["collation_name"])
        for row in await log.direct.fetch(_COLUMNS, list(METADATA.tables))
    }
    described = {
        (table.name, column.name): (
            _TYPES[type(column.type)],
            "YES" if column.nullable else "NO",
            column.type.collation if isinstance(column.type, sa.Text) else None,
        )
        for table in METADATA.tables.values()
        for column in table.columns
    }
    assert found == described


async def test_the_indexes_are_those_that_are_described(log: Bench) -> None:
    indexes = await log.direct.fetch(
        "select indexname from pg_indexes where schemaname = current_schema() and tablename = any($1::text[])",
        list(METADATA.tables),
    )
    described: set[str] = set()
    for table in METADATA.tables.values():
        described |= {f"{table.name}_pkey", *(str(index.name) for index in table.indexes)}
        described |= {str(one.name) for one in table.constraints if isinstance(one, sa.UniqueConstraint)}
    assert {row["indexname"] for row in indexes} == described


KEYS: Mapping[str, bytes] = {"master": b"m" * 32, "identity": b"i" * 32}


async def test_the_first_keys_are_the_keys(log: Bench) -> None:
    await check_keys(log.database, KEYS)
    await check_keys(log.database, KEYS)
    assert await log.sees("select count(*) from settings") == 2
    values = [bytes(row["value"]) for row in await log.direct.fetch("select value from settings")]
    assert not set(values) & set(KEYS.values())


@pytest.mark.parametrize("name", ["master", "identity"])
async def test_another_key_is_refused(log: Bench, name: str) -> None:
    await check_keys(log.database, KEYS)
    with pytest.raises(WrongKey, match=f"the {name} key is not the one .* GUANJIA_{name.upper()}_KEY"):
        await check_keys(log.database, {**KEYS, name: b"x" * 32})
