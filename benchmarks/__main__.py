"""`make bench`: every contender in turn, round by round; medians, ratios, and what is asked of them."""

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import uvloop

from adapters.embedded_postgres import EmbeddedPostgres
from benchmarks.city import CONNECTIONS, MeasuredCity, deductions, fill, measured_city, reads
from benchmarks.load import Answered, drive
from benchmarks.servers import ROOT, baseline, free_port, ours, running

WARM_UP_SECONDS: Final = 1.5
OURS: Final = "Guanjia"

Requests = Callable[[int], Iterator[bytes]]


@dataclass(slots=True)
class Contender:
    """One row of a table: its name, what must be reached against it, and what came of each round."""

    name: str
    must_reach: float | None = None
    rounds: list[Answered] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median of requests a second."""
        return statistics.median(answered.rate for answered in self.rounds)

    def latency(self, share: float) -> float:
        """The median over the rounds of a percentile, in milliseconds."""
        return statistics.median(answered.percentile(share) for answered in self.rounds)


class Bench:
    """Measures against one PostgreSQL server, one contender at a time."""

    def __init__(self, folder: Path, url: str, seconds: float) -> None:
        self._folder = folder
        self._url = url
        self._seconds = seconds
        self.city = self._prepared()

    def _prepared(self) -> MeasuredCity:
        data_dir = self._folder / "data"
        port = free_port()
        with running(ours(port, data_dir), port, {}, self._folder / "prepare.log"):
            return measured_city(port, data_dir)

    def ours(self, contender: Contender, requests: Requests) -> None:
        """Measure Guanjia for one round."""
        port = free_port()
        with running(ours(port, self._folder / "data"), port, {}, self._folder / "ours.log"):
            contender.rounds.append(self._driven(port, requests))

    def baseline(self, contender: Contender, module: str, requests: Requests, *, filled: bool = False) -> None:
        """Measure a baseline for one round; `filled` opens every licence there first."""
        port = free_port()
        environment = {"BENCH_DATABASE_URL": self._url}
        with running(baseline(module, port), port, environment, self._folder / f"{module}.log"):
            if filled:
                self._fill(port, module)
            contender.rounds.append(self._driven(port, requests))

    def _driven(self, port: int, requests: Requests) -> Answered:
        async def drive_twice() -> Answered:
            sequences = [requests(number) for number in range(CONNECTIONS)]
            await drive(port, sequences, seconds=WARM_UP_SECONDS)
            return await drive(port, sequences, seconds=self._seconds)

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            answered = runner.run(drive_twice())
        refused = {status: count for status, count in answered.statuses.items() if status >= 300}  # noqa: PLR2004 - HTTP
        if refused:
            raise RuntimeError(f"requests were refused: {refused}")
        return answered

    def _fill(self, port: int, module: str) -> None:
        page = {"holder": {"name": "张三"}, "status": "registered"} if module == "plain" else None
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            for licence in self.city.licences:
                if client.put(f"/v1/licences/{licence}", json=page or {}).status_code >= 300:  # noqa: PLR2004 - HTTP
                    raise RuntimeError("the baseline could not be filled")

    def deductions_of_baseline(self, connection: int) -> Iterator[bytes]:
        """Send what ours is sent, to the same licences."""
        return deductions(self.city.licences, connection)

    def reads_of_baseline(self, connection: int) -> Iterator[bytes]:
        """Read what ours reads."""
        return reads(self.city.licences, connection)


def measure(rounds: int, seconds: float) -> str:
    """Measure every contender in turn, round by round; answers the report."""
    with tempfile.TemporaryDirectory(prefix="guanjia-bench-") as folder:
        data_dir = Path(folder) / "data"
        with EmbeddedPostgres(data_dir) as server:
            fill(data_dir)
            bench = Bench(Path(folder), server.dsn, seconds)
            commands = (
                Contender(OURS),
                Contender("no database: validates and answers", 0.6),
                Contender("plain: validates and inserts one row", 1.2),
                Contender("stock `eventsourcing` application", 8),
            )
            mixture = Contender("Guanjia, mixed commands")
            lookups = Contender(OURS), Contender("plain SELECT", 0.8)
            for number in range(rounds):
                say(f"round {number + 1} of {rounds}")
                bench.ours(commands[0], bench.city.deductions)
                bench.baseline(commands[1], "no_op", bench.deductions_of_baseline)
                bench.baseline(commands[2], "plain", bench.deductions_of_baseline)
                bench.baseline(commands[3], "stock", bench.deductions_of_baseline, filled=number == 0)
                bench.ours(mixture, bench.city.mixture)
                bench.ours(lookups[0], bench.city.reads)
                bench.baseline(lookups[1], "plain", bench.reads_of_baseline, filled=number == 0)
    return report(rounds, seconds, [*commands, mixture], lookups)


def report(rounds: int, seconds: float, commands: Sequence[Contender], lookups: Sequence[Contender]) -> str:
    """Write the tables as a page."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL 18"
    told = (
        f"`make bench`: {rounds} rounds of {seconds:g} s, every contender in turn in each round, each server with one "
        f"worker on the same durable PostgreSQL; {CONNECTIONS} connections from another process; {machine}. "
        "Ratios of medians count; absolute figures are this machine's on that day, and no promise."
    )
    commands_page = ("## Commands: one deduction a request", "", *table(commands), "")
    return "\n".join(
        ("# Benchmarks", "", told, "", *commands_page, "## Reads: one licence a request", "", *table(lookups), "")
    )


def table(contenders: Sequence[Contender]) -> Iterator[str]:
    """Write one table; the first contender is what the others are compared with."""
    yield "| contender | requests/s | p50 ms | p99 ms | ours is | must reach | |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    first = contenders[0]
    for each in contenders:
        ratio = first.rate / each.rate
        asked = "" if each.must_reach is None else f"{each.must_reach:g}×"
        verdict = "" if each.must_reach is None else ("reached" if ratio >= each.must_reach else "**not reached**")
        shown = "" if each is first else f"{ratio:.2f}×"
        yield (
            f"| {each.name} | {each.rate:,.0f} | {each.latency(0.5):.1f} | {each.latency(0.99):.1f} "
            f"| {shown} | {asked} | {verdict} |"
        )


def say(what: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{what} …\n")


def main() -> None:
    """Measure, print the report, and keep it in docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--keep", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    page = measure(asked.rounds, asked.seconds)
    sys.stdout.write(page)
    if asked.keep:
        (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
