"""A folder of its own for every city under pressure, which the embedded server's account can reach."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="guanjia-pressure-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def seed() -> int:
    """What all chance of a run comes from; fixed, so that every run draws the same orders and kills."""
    return 321_000
