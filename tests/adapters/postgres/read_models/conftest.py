"""A city on a schema of its own for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.postgres.read_models.town import Town
from tests.adapters.postgres.servers import Server


@pytest.fixture
async def town(server: Server) -> AsyncIterator[Town]:
    async with Town(server.url) as town:
        yield town
