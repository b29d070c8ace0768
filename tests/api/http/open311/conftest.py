"""The façade over a city in memory, fresh for every test."""

from collections.abc import AsyncIterator

import pytest

from tests.api.http.open311 import made_up


@pytest.fixture
async def desk() -> AsyncIterator[made_up.Desk]:
    async with made_up.desk() as opened:
        yield opened
