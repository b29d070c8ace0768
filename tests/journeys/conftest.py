"""A database for all journeys of one process, and a city of its own for each file of them."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.embedded_postgres import EmbeddedPostgres
from tests.journeys.city import City
from tests.journeys.clerk import Clerk
from tests.journeys.in_process import Place


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A server for tests, or the one that is given from outside."""
    given = os.environ.get("GUANJIA_TEST_DATABASE_URL")
    if given:
        yield given
        return
    data_dir = Path(tempfile.mkdtemp(prefix="guanjia-journeys-"))
    try:
        with EmbeddedPostgres(data_dir, fast_for_tests=True) as server:
            yield server.dsn
    finally:
        shutil.rmtree(data_dir)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def city(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """A city that the tests of one file share."""
    place = Place(database_url, tmp_path_factory.mktemp("city"))
    async with place.at() as running:
        yield running
    await place.demolish()


@pytest_asyncio.fixture(loop_scope="module")
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    """Where a city of its own can run, for one journey over several starts."""
    somewhere = Place(database_url, tmp_path)
    yield somewhere
    await somewhere.demolish()


@pytest.fixture
def clerk(city: City) -> Clerk:
    """A municipal clerk of the city."""
    return city.clerk()
