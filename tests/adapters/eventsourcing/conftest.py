"""A server of every version at hand, and for each test a city's log that the library may open too."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from adapters.eventsourcing import Factory
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import SERVERS, Server, server_called
from tests.conformance.cities import City


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that runs and stays."""
    with server_called(request.param) as running:
        yield running


@pytest.fixture
async def log(server: Server) -> AsyncIterator[Bench]:
    """A store on the log, and a way around it."""
    async with Bench(server.url, City(server.url, uuid4().hex[:12]).schema) as log:
        yield log


@pytest.fixture
def settings(log: Bench) -> dict[str, str]:
    return dict(City(log.url, log.schema.removeprefix("city_")).settings)


@pytest.fixture
def factory(settings: dict[str, str]) -> Iterator[Factory]:
    with Factory(settings) as factory:
        yield factory
