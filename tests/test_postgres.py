"""The database of the test run is shared, and its schemas are not."""

import asyncio

import asyncpg

from tests.postgres import schema_on


async def ask(dsn: str, statement: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_a_test_can_make_its_schema(database_dsn: str, fresh_schema: str) -> None:
    await ask(database_dsn, f"CREATE SCHEMA {fresh_schema}")
    assert await ask(database_dsn, f"SELECT to_regnamespace('{fresh_schema}')::text") == fresh_schema


def test_a_schema_is_dropped_with_all_that_is_in_it(database_dsn: str) -> None:
    with schema_on(database_dsn) as name:
        asyncio.run(ask(database_dsn, f"CREATE SCHEMA {name} CREATE TABLE kept (answer int)"))
        assert asyncio.run(ask(database_dsn, f"SELECT to_regclass('{name}.kept') IS NOT NULL"))
    assert asyncio.run(ask(database_dsn, f"SELECT to_regnamespace('{name}') IS NULL"))


def test_every_schema_has_a_name_of_its_own(database_dsn: str, fresh_schema: str) -> None:
    with schema_on(database_dsn) as another:
        assert another != fresh_schema
