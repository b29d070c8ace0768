"""A server of every version at hand, and for each test a new schema with a store on it."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import VERSIONS, Server, server_of


@pytest.fixture(scope="session", params=VERSIONS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that runs; who stops it starts it again."""
    data_dir = Path(tempfile.mkdtemp(prefix="guanjia-log-"))
    try:
        with server_of(request.param, data_dir) as running:
            yield running
    finally:
        shutil.rmtree(data_dir)


@pytest.fixture
async def log(server: Server) -> AsyncIterator[Bench]:
    """A store on a schema of its own."""
    async with Bench(server.url) as bench:
        yield bench
