"""One city under pressure for all tests of this folder, never two at once."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.pressure.services import serves
from tests.pressure.town import Town, town

SEED = 321_000
"""All chance of a run comes from here; in which turn the clients draw from it is the machine's affair."""


@pytest.fixture(scope="package")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Wait until no other worker of this test run has a city under pressure: two would only measure each other."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "pressure.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="package")
def folder() -> Iterator[Path]:
    """A folder that the embedded server's account can reach."""
    made = Path(tempfile.mkdtemp(prefix="guanjia-pressure-"))
    yield made
    shutil.rmtree(made)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def people(alone: None, folder: Path) -> AsyncIterator[Town]:
    """The people of a city that two services with two workers each serve."""
    del alone
    async with serves(folder) as running, town(running, SEED) as around:
        yield around
