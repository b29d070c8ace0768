"""A city for each file of journeys, and places for cities that start anew."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.city import City
from tests.journeys.clerk import Clerk
from tests.journeys.in_process import Place


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def city(database_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """A city that the tests of one file share."""
    place = Place(database_dsn, tmp_path_factory.mktemp("city"))
    async with place.at() as running:
        yield running
    await place.demolish()


@pytest_asyncio.fixture(loop_scope="module")
async def place(database_dsn: str, tmp_path: Path) -> AsyncIterator[Place]:
    """Where a city of its own can run, for one journey over several starts."""
    somewhere = Place(database_dsn, tmp_path)
    yield somewhere
    await somewhere.demolish()


@pytest.fixture
def clerk(city: City) -> Clerk:
    """A municipal clerk of the city."""
    return city.clerk()
