"""A small log as the benchmark fills large ones, on the database of the test run."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.logs import Log, log_of

EVENTS = 2_200


@pytest.fixture
async def log(database_dsn: str, tmp_path: Path) -> AsyncIterator[Log]:
    """A log of whole lives in two batches, the second of which is not full."""
    async with log_of(f"{uuid4().int % 10**6:06}", tmp_path, database_dsn) as log:
        await log.grow(EVENTS // 2)
        await log.grow(EVENTS)
        yield log
