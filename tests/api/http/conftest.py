"""The made-up application, fresh for every test."""

from collections.abc import AsyncIterator

import pytest

from tests.api.http.made_up import City


@pytest.fixture
async def city() -> AsyncIterator[City]:
    city = City()
    async with city.client:
        yield city
