"""Two real services on one database, for all files here."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.city import City
from tests.journeys.in_process import Place
from tests.journeys.services.served import served


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cities(database_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[City]]:
    """One city as two services show it, shared by all files that need services of their own."""
    place = Place(database_dsn, tmp_path_factory.mktemp("served"))
    async with served(place) as both:
        yield both
    await place.demolish()
