"""Servers that stand side by side on one PostgreSQL and are driven in turn, each for a while by as many connections."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import uvloop

from benchmarks.city import MeasuredCity
from benchmarks.contenders import Served
from benchmarks.costs import Meter, per_request
from benchmarks.load import HOST, drive
from benchmarks.servers import baseline, free_port, ours, running

WARM_UP_SECONDS: Final = 1.0
"""Long enough for a server to have met every licence of the city, and for the read models to have followed the last."""

Requests = Sequence[Iterator[bytes]]
"""A sequence without end for each connection; what one round has not sent the next one goes on with."""


class Standing(NamedTuple):
    """A server that runs until the end: where it answers, and its process."""

    port: int
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Measures servers in a folder of the benchmark's own, against the database that runs there.

    A server is started for its first round and stands until `servers` is closed: turns can be short, so that what
    happens on the machine meanwhile happens to all. One that is not asked does next to nothing.
    """

    folder: Path
    url: str
    postmaster: int
    seconds: float
    servers: ExitStack
    standing: dict[str, Standing] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    def ours(self, requests: Requests) -> Served:
        """Measure Guanjia for one round."""
        return self._driven(self._server("ours", lambda port: ours(port, self.folder / "data")), requests)

    def baseline(self, module: str, requests: Requests, city: MeasuredCity | None = None) -> Served:
        """Measure a baseline for one round; with a city, its licences are there before the first one."""
        server = self._server(module, lambda port: baseline(module, port))
        if city is not None and module not in self.filled:
            _fill(server.port, city)
            self.filled.add(module)
        return self._driven(server, requests)

    def _server(self, name: str, command: Callable[[int], list[str]]) -> Standing:
        if name not in self.standing:
            port = free_port()
            environment = {"BENCH_DATABASE_URL": self.url}
            pid = self.servers.enter_context(running(command(port), port, environment, self.folder / f"{name}.log"))
            self.standing[name] = Standing(port, pid)
        return self.standing[name]

    def _driven(self, server: Standing, requests: Requests) -> Served:
        meter = Meter(server=server.pid, postmaster=self.postmaster)

        async def drive_twice() -> Served:
            await drive(server.port, requests, seconds=WARM_UP_SECONDS)
            before = meter.read()
            answered = await drive(server.port, requests, seconds=self.seconds)
            return Served(answered, per_request(before, meter.read(), len(answered.latencies)))

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(drive_twice())


def _fill(port: int, city: MeasuredCity) -> None:
    page = {"holder": {"name": "张三"}, "status": "registered"}
    with httpx.Client(base_url=f"http://{HOST}:{port}") as client:
        for licence in city.licences:
            client.put(f"/v1/licences/{licence}", json=page).raise_for_status()
