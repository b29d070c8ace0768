"""Read your writes: a reader who names a position waits for it, and no longer than it may."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_models.licences import LICENCES
from adapters.postgres.read_positions import ReadPositions
from adapters.postgres.rebuilding import rebuild
from application.kernel.refusals import ReadModelBehind
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from tests.adapters.postgres.read_models.town import Town

GREEN = UUID(int=11)
FAR_TOO_LONG = 60.0


@pytest.fixture
async def positions(town: Town) -> AsyncIterator[ReadPositions]:
    await town.build()
    async with ReadPositions(town.database) as positions:
        yield positions


async def register(town: Town) -> int:
    return await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))


async def test_what_has_been_reached_keeps_nobody_waiting(town: Town, positions: ReadPositions) -> None:
    position = await register(town)
    await town.follow()
    await positions.reached(["companies"], position, timeout=0)
    await positions.caught_up(position)
    await positions.caught_up(None)


async def test_who_waits_is_told_when_the_position_is_reached(town: Town, positions: ReadPositions) -> None:
    position = await register(town)
    waiting = [asyncio.create_task(positions.reached(["companies"], position, FAR_TOO_LONG)) for _ in range(3)]
    await asyncio.sleep(0)
    await town.follow()
    async with asyncio.timeout(5):
        await asyncio.gather(*waiting)
    assert [company.name for company in (await town.companies.list(limit=10)).items] == ["绿城物业"]


async def test_who_hears_nothing_looks(town: Town) -> None:
    await town.build()
    deaf = ReadPositions(town.database)
    position = await register(town)
    waiting = asyncio.create_task(deaf.reached(["companies"], position, FAR_TOO_LONG))
    await asyncio.sleep(0)
    await town.follow()
    async with asyncio.timeout(5):
        await waiting


async def test_a_read_model_that_is_behind_is_told_so(town: Town, positions: ReadPositions) -> None:
    position = await register(town)
    await town.follow(town.following(LICENCES))
    await positions.reached(["licences"], position, timeout=0)
    with pytest.raises(ReadModelBehind):
        await positions.reached(["licences", "companies"], position, timeout=0.01)


async def test_a_position_beyond_the_log_is_never_reached(town: Town, positions: ReadPositions) -> None:
    position = await register(town)
    await town.follow()
    with pytest.raises(ReadModelBehind):
        await positions.reached(["companies"], position + 1, timeout=0.01)


async def test_a_read_model_that_was_never_built_is_behind(town: Town) -> None:
    async with ReadPositions(town.database) as positions:
        with pytest.raises(ReadModelBehind):
            await positions.reached(["companies"], 0, timeout=0.01)
    with pytest.raises(ReadModelBehind):
        await town.companies.list(limit=10)


async def test_a_position_that_was_reached_stays_so_while_versions_are_switched(
    town: Town, positions: ReadPositions
) -> None:
    position = await register(town)
    await town.follow()
    await rebuild(town.database, town.facts, COMPANIES)
    await ReadPositions(town.database).reached(["companies"], position, timeout=0)
    await positions.reached(["companies"], position, timeout=0)
