"""Builds the read model `deductions` of a city from nothing, as `guanjia rebuild` does; a process of its own."""

import asyncio
import time

from adapters.postgres import checkpoints
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.versions import table_of
from api.compose import City, city_to_read, rebuild_read_model
from api.settings import Settings
from benchmarks.rebuilds import tell


async def rebuild(settings: Settings) -> None:
    """Forget what the last round has built, build it, and tell how long it took, indexes and switch included."""
    async with city_to_read(settings) as city:
        await _forget(city)
        began = time.perf_counter()
        await rebuild_read_model(city, DEDUCTIONS.name, lambda _: None)
        took = time.perf_counter() - began
        ((rows,),) = await city.database.fetch("select count(*) from deductions")
    tell(rows, took)


async def _forget(city: City) -> None:
    async with city.database.reading() as connection:
        await connection.execute("drop view if exists deductions")
        for version in await checkpoints.all_of(connection):
            if version.name == DEDUCTIONS.name:
                await table_of(DEDUCTIONS, version.version).drop(connection)
                await checkpoints.remove(connection, version)


if __name__ == "__main__":
    asyncio.run(rebuild(Settings()))
