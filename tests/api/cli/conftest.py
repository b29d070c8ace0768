"""One service that the tests of a process share; whoever harms it sees it recover."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.cli.processes import Serving, serving


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder to run commands in."""
    made = Path(tempfile.mkdtemp(prefix="guanjia-cli-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def service(folder: Path) -> Iterator[Serving]:
    """`guanjia serve` from nothing: no data dir, no settings, two workers."""
    with serving(folder / "data", "--workers", "2", said=folder / "service.log") as running:
        yield running


@pytest.fixture
def data_dir(service: Serving) -> Path:
    """The data dir of the service."""
    return service.data_dir
