"""A server of every version at hand, and for each test two cities of its own that the library's settings name."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.adapters.postgres.servers import SERVERS, Server, server_called
from tests.conformance.cities import City, city_on


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that runs and stays."""
    with server_called(request.param) as running:
        yield running


@pytest.fixture
def city(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """The log that the environment names; the library's projection `Counters` has another one for itself."""
    with ExitStack() as stack:
        city, other = (stack.enter_context(city_on(server.url)) for _ in range(2))
        for name, value in city.settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("COUNTERS_GUANJIA_CITY", other.code)
        yield city
