"""A city that runs in this process: the whole application on a schema of its own, and the read models beside it."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx

from api.compose import issuer, open_city, prepare, verifying
from api.composing.http import http_app
from api.composing.read_models import run_read_models
from api.settings import Settings
from tests.journeys.city import City
from tests.journeys.client import Heard
from tests.postgres import drop

NOW: Final = "2026-11-24T12:00:00+08:00"
"""A Tuesday at noon: the instant at which a city begins unless a journey says otherwise."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database and the city code under which one city is kept in it, over as many restarts as a journey needs."""

    url: str
    data_dir: Path
    code: str = field(default_factory=lambda: str(random.randrange(100_000, 1_000_000)))
    heard: Heard = field(default_factory=Heard)

    def settings(self, now: str | None) -> Settings:
        """Answer the settings of one process; without `now` it keeps real time."""
        instant = None if now is None else datetime.fromisoformat(now)
        return Settings(_env_file=None, city=self.code, data_dir=self.data_dir, now=instant, env="development")

    @asynccontextmanager
    async def at(self, now: str | None = NOW) -> AsyncIterator[City]:
        """Run the city from an instant on, in a process that has just started as far as anybody can see."""
        settings = self.settings(now)
        await prepare(settings, self.url)
        stop = asyncio.Event()
        following = asyncio.create_task(run_read_models(settings, self.url, stop))
        app = http_app(settings, self.url)
        try:
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as http,
            ):
                await _until_ready(http)
                yield City(http, issuer(settings), self.heard)
        finally:
            stop.set()
            await following

    async def demolish(self) -> None:
        """Check the whole log, as `guanjia verify` does, and drop the schema."""
        async with open_city(self.settings(None), self.url) as city:
            verify = verifying(city)
            report = await verify(await verify.log.ends(), lambda _: None)
        assert report.findings == ()
        await drop(self.url, f"city_{self.code}")


async def _until_ready(http: httpx.AsyncClient) -> None:
    """Wait as an operator does: until then what asks the read models may be told to come again."""
    async with asyncio.timeout(30):
        while (await http.get("/readyz")).status_code != httpx.codes.OK:  # noqa: ASYNC110 - it is asked over HTTP
            await asyncio.sleep(0.01)
