"""A city behind real `guanjia serve` processes on one database."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import httpx

from api.compose import issuer
from tests.journeys.city import City
from tests.journeys.in_process import Place

COMMAND: Final = Path(sys.executable).with_name("guanjia")
READY_SECONDS: Final = 60.0
END_SECONDS: Final = 15.0
CONNECTIONS: Final = httpx.Limits(max_connections=200, max_keepalive_connections=200)


@asynccontextmanager
async def served(place: Place, count: int = 2, *, now: str | None = None) -> AsyncIterator[list[City]]:
    """Start so many services at the same moment, and answer the city as each of them shows it.

    What one has heard of its position is heard by all, so that every read includes what was written through any.
    """
    async with AsyncExitStack() as stack:
        addresses = await asyncio.gather(
            *(stack.enter_async_context(_service(place, number, now)) for number in range(count))
        )
        tokens = issuer(place.settings(now))
        cities = []
        for address in addresses:
            http = httpx.AsyncClient(base_url=address, limits=CONNECTIONS, timeout=30, trust_env=False)
            cities.append(City(await stack.enter_async_context(http), tokens, place.heard))
        yield cities


@asynccontextmanager
async def _service(place: Place, number: int, now: str | None) -> AsyncIterator[str]:
    said = place.data_dir / f"service-{number}.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUANJIA_")}
    environment |= {"GUANJIA_DATABASE_URL": place.url, "GUANJIA_CITY": place.code} | (
        {"GUANJIA_NOW": now} if now else {}
    )
    with said.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "serve", "--port", "0", "--data-dir", place.data_dir,
            stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=log, env=environment, cwd=place.data_dir,
        )  # fmt: skip
    try:
        address = await _address(process)
        assert address, said.read_text()
        yield address
    finally:
        if process.returncode is None:
            process.terminate()
        assert await asyncio.wait_for(process.wait(), END_SECONDS) == 0, said.read_text()


async def _address(process: Process) -> str:
    """Answer the address of the line that says that it is ready; nothing when it has ended instead."""
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)).decode()
    assert not line or "http://127.0.0.1:" in line
    return line.split()[-1] if line else ""
