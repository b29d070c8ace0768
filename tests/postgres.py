"""The database of a test run: one server that all of its processes share, and for each test a schema of its own."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedPostgres

GIVEN = "GUANJIA_TEST_DATABASE_URL"
# Set by the run's first process; the workers that it starts find the same data dir, and so the same server.
RUN = "GUANJIA_TEST_RUN"


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        os.environ[RUN] = tempfile.mkdtemp(prefix="guanjia-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if is_worker(config):
        return
    data_dir = Path(os.environ.pop(RUN))
    if (data_dir / "postgres.pid").exists():
        # a worker was killed, and its server lives on: whoever joins it and leaves as the last one stops it
        with embedded(data_dir):
            pass
    shutil.rmtree(data_dir)


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def embedded(data_dir: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(data_dir, fast_for_tests=True)


@pytest.fixture(scope="session")
def database_dsn() -> Iterator[str]:
    """The address of the run's database, for asyncpg and psql: the one that is given, or an embedded server's."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    with embedded(Path(os.environ[RUN])) as server:
        yield server.dsn


@pytest.fixture
def fresh_schema(database_dsn: str) -> Iterator[str]:
    """The name of a schema that nobody else has; it is yet to be made, and is dropped after the test."""
    with schema_on(database_dsn) as name:
        yield name


@contextmanager
def schema_on(dsn: str) -> Iterator[str]:
    """Name a schema for the block, and drop what the block has made of it."""
    name = f"test_{uuid4().hex[:12]}"
    try:
        yield name
    finally:
        asyncio.run(drop(dsn, name))


async def drop(dsn: str, name: str) -> None:
    """Drop the schema; a test that left a transaction open fails here instead of hanging."""
    connection = await asyncpg.connect(dsn, server_settings={"lock_timeout": "10s", "client_min_messages": "warning"})
    try:
        await connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
    finally:
        await connection.close()
