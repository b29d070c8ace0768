"""The runner: one at work, others standing by; woken by the log; builds what is missing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from adapters.postgres.beginning import begin
from adapters.postgres.projection_runner import ProjectionRunner, run_projections
from adapters.postgres.projections import PostgresProjections
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_positions import ReadPositions
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from tests.adapters.postgres.read_models.town import Town, reshaped
from tests.adapters.postgres.waiting import until

GREEN = UUID(int=11)
HARDLY_EVER = 60.0


@asynccontextmanager
async def running(town: Town, **options: Any) -> AsyncIterator[asyncio.Task[None]]:
    """A runner in the background, stopped at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_projections(town.database, town.codec, town.keys, stop=stop, **options))
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await task


def all_live(town: Town) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        live = await town.direct.fetchval("select count(*) from checkpoints where state = 'live'")
        return bool(live == len(READ_MODELS))

    return look


async def test_what_is_missing_is_built_and_the_log_wakes_the_runner(town: Town) -> None:
    async with running(town, poll_seconds=HARDLY_EVER), ReadPositions(town.database) as positions:
        await until(all_live(town))
        for number in range(3):
            event = CompanyRenamed(name=f"{number}") if number else CompanyRegistered(name="0", uscc=None)
            await positions.caught_up(await town.tell(COMPANY, GREEN, event))
            assert [row.name for row in await town.rows(COMPANIES)] == [f"{number}"]


async def test_one_is_at_work_and_the_other_takes_over(town: Town) -> None:
    first, second = (ProjectionRunner(town.database, town.facts, poll_seconds=0.02) for _ in range(2))
    stop_first, stop_second = asyncio.Event(), asyncio.Event()
    working = asyncio.create_task(first.run(stop_first))
    await first.elected.wait()
    standing_by = asyncio.create_task(second.run(stop_second))
    await until(all_live(town))
    position = await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await ReadPositions(town.database).caught_up(position)
    assert not second.elected.is_set()
    stop_first.set()
    await working
    await second.elected.wait()
    assert not first.elected.is_set()
    position = await town.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"))
    await ReadPositions(town.database).caught_up(position)
    assert [row.name for row in await town.rows(COMPANIES)] == ["绿城服务"]
    stop_second.set()
    await standing_by


async def test_a_runner_that_is_cut_off_comes_back(town: Town) -> None:
    async with running(town, poll_seconds=0.05):
        await until(all_live(town))
        await town.direct.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guanjia read models'"
        )
        position = await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
        await ReadPositions(town.database).caught_up(position)
    assert len(await town.rows(COMPANIES)) == 1


async def test_a_rebuild_that_was_asked_for_is_taken_up(town: Town) -> None:
    projections = PostgresProjections(town.database)
    async with running(town, poll_seconds=0.02):
        await until(all_live(town))
        await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
        before = {entry.name: entry for entry in await projections.list()}
        assert await projections.start_rebuild("companies")
        assert not await projections.start_rebuild("nothing")
        await until(lambda: version_is(projections, 2))
        after = {entry.name: entry for entry in await projections.list()}
        assert after["licences"].version == 1
        assert after["companies"].last_rebuild is not None
        assert before["companies"].last_rebuild is not None
        assert after["companies"].last_rebuild > before["companies"].last_rebuild
        await until(lambda: no_lag(projections))
    assert [entry.name for entry in await projections.list()] == sorted(model.name for model in READ_MODELS)


async def test_an_interrupted_rebuild_is_gone_on_with(town: Town) -> None:
    await town.build()
    await begin(town.direct, COMPANIES)
    async with running(town, poll_seconds=0.02):
        await until(lambda: version_is(PostgresProjections(town.database), 2))


async def test_a_newer_shape_is_built_beside_the_one_in_use(town: Town) -> None:
    await town.build()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    newer = [reshaped(model) if model is COMPANIES else model for model in READ_MODELS]
    async with running(town, models=newer, poll_seconds=0.02):
        await until(lambda: version_is(PostgresProjections(town.database), 2))
        position = await town.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"))
        await ReadPositions(town.database).caught_up(position)
    assert [row.name for row in await town.rows(COMPANIES)] == ["绿城服务"]


async def version_is(projections: PostgresProjections, version: int) -> bool:
    return any((entry.name, entry.version) == ("companies", version) for entry in await projections.list())


async def no_lag(projections: PostgresProjections) -> bool:
    return {entry.lag for entry in await projections.list()} == {0}
