"""One server after another, each driven for a while by as many connections, on one PostgreSQL."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import uvloop

from benchmarks.city import MeasuredCity
from benchmarks.contenders import Served
from benchmarks.costs import Meter, per_request
from benchmarks.load import HOST, drive
from benchmarks.servers import baseline, free_port, ours, running

WARM_UP_SECONDS: Final = 4.0
"""Long enough for a server to have met every licence of the city."""

Requests = Sequence[Iterator[bytes]]
"""A sequence without end for each connection; what one round has not sent the next one goes on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Measures servers in a folder of the benchmark's own, against the database that runs there."""

    folder: Path
    url: str
    postmaster: int
    seconds: float
    filled: set[str] = field(default_factory=set)

    def ours(self, requests: Requests) -> Served:
        """Measure Guanjia for one round."""
        port = free_port()
        with running(ours(port, self.folder / "data"), port, {}, self.folder / "ours.log") as pid:
            return self._driven(port, pid, requests)

    def baseline(self, module: str, requests: Requests, city: MeasuredCity | None = None) -> Served:
        """Measure a baseline for one round; with a city, its licences are there before the first one."""
        port = free_port()
        environment = {"BENCH_DATABASE_URL": self.url}
        with running(baseline(module, port), port, environment, self.folder / f"{module}.log") as pid:
            if city is not None and module not in self.filled:
                _fill(port, city)
                self.filled.add(module)
            return self._driven(port, pid, requests)

    def _driven(self, port: int, pid: int, requests: Requests) -> Served:
        meter = Meter(server=pid, postmaster=self.postmaster)

        async def drive_twice() -> Served:
            await drive(port, requests, seconds=WARM_UP_SECONDS)
            before = meter.read()
            answered = await drive(port, requests, seconds=self.seconds)
            return Served(answered, per_request(before, meter.read(), len(answered.latencies)))

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(drive_twice())


def _fill(port: int, city: MeasuredCity) -> None:
    page = {"holder": {"name": "张三"}, "status": "registered"}
    with httpx.Client(base_url=f"http://{HOST}:{port}") as client:
        for licence in city.licences:
            client.put(f"/v1/licences/{licence}", json=page).raise_for_status()
