"""Waiting for what other processes do, and holding the head of the log so that appends queue."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg

from tests.adapters.postgres.bench import Bench

_TICK = 0.005
_PATIENCE = 20.0

_WAITING = (
    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'guanjia writer'"
)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Look again and again until it is so; only the database knows when."""
    async with asyncio.timeout(_PATIENCE):
        while not await condition():  # noqa: ASYNC110 - the database sets no event of ours
            await asyncio.sleep(_TICK)


async def until_writers_wait(log: Bench, writers: int = 1) -> None:
    """Wait until so many writers wait for the head's lock."""
    await until(lambda: _count(log, writers))


async def _count(log: Bench, writers: int) -> bool:
    return bool(await log.sees(_WAITING) == writers)


@asynccontextmanager
async def head_held(log: Bench) -> AsyncIterator[asyncpg.Connection]:
    """Hold the lock under which everything is appended, as another process in the midst of a commit does."""
    holder = await log.database.connect(purpose="test holder")
    try:
        async with holder.transaction():
            await holder.execute("select from log_head for update")
            yield holder
    finally:
        await holder.close()


async def queued() -> None:
    """Let the tasks that were just made run until they wait."""
    for _ in range(5):
        await asyncio.sleep(0)
