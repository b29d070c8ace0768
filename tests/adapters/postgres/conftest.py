"""A server of every version at hand, and for each test a new schema with a store on it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import SERVERS, Server, server_called


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that runs and stays."""
    with server_called(request.param) as running:
        yield running


@pytest.fixture
async def log(server: Server) -> AsyncIterator[Bench]:
    """A store on a schema of its own."""
    async with Bench(server.url) as bench:
        yield bench
