"""`make bench`: every contender in turn, round by round; medians, ratios, and what is asked of them."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgres
from benchmarks.budgets import Sizes, measure_budgets
from benchmarks.city import MeasuredCity, fill, measured_city
from benchmarks.rounds import Rounds
from benchmarks.sequences import CONNECTIONS
from benchmarks.served import measure_served
from benchmarks.servers import ROOT, free_port, ours, running
from benchmarks.worker_memory import measure_worker_memory

PAGE: Final = ROOT / "docs" / "benchmarks.md"
SERVED: Final = "served"
MEMORY: Final = "memory"
LOGS: Final = "logs"
PARTS: Final = (SERVED, MEMORY, LOGS)
LOG_ROUNDS: Final = 3


def measure(asked: argparse.Namespace) -> Iterator[str]:
    """Measure what was asked for; answers the page section by section."""
    yield _introduction(asked)
    with tempfile.TemporaryDirectory(prefix="guanjia-bench-") as made:
        folder = Path(made)
        data_dir = folder / "data"
        with EmbeddedPostgres(data_dir) as server:
            if {SERVED, MEMORY} & set(asked.parts):
                city = _city(folder, data_dir)
                if SERVED in asked.parts:
                    with ExitStack() as servers:
                        rounds = Rounds(
                            folder=folder,
                            url=server.dsn,
                            postmaster=server.pid,
                            seconds=asked.seconds,
                            servers=servers,
                        )
                        yield measure_served(rounds, city, asked.rounds, say)
                if MEMORY in asked.parts:
                    yield measure_worker_memory(folder, city, asked.memory_commands, say)
            if LOGS in asked.parts:
                sizes = Sizes(most=asked.events, fewest=asked.fewest_events)
                yield measure_budgets(data_dir, server.dsn, sizes, LOG_ROUNDS, say)


def _city(folder: Path, data_dir: Path) -> MeasuredCity:
    say("filling a city")
    fill(data_dir)
    port = free_port()
    with running(ours(port, data_dir), port, {}, folder / "prepare.log"):
        return measured_city(port, data_dir)


def _introduction(asked: argparse.Namespace) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL 18"
    told = (
        f"`make bench`: {asked.rounds} rounds of {asked.seconds:g} s, every contender in turn in each round and "
        "another one first in each, all servers standing, each with one worker on the same durable PostgreSQL; "
        f"{CONNECTIONS} connections from another process; {machine}. A ratio is the median of those of the rounds; "
        f"rebuilds and appends have {LOG_ROUNDS}. Absolute figures are this machine's on that day, and no promise."
    )
    return f"# Benchmarks\n\n{told}\n"


def say(what: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{what} …\n")


def asked_for(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; by default it takes about ten minutes, with `--long` an hour or more."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help=f"of servers; logs have {LOG_ROUNDS}")
    parser.add_argument("--seconds", type=float, default=2.0, help="for which each server is driven in a round")
    parser.add_argument("--long", action="store_true", help="the sizes of the targets: 10 M events, 1 M commands")
    parser.add_argument("--events", type=int, help="in the longest log [1,000,000; with --long 10,000,000]")
    parser.add_argument("--fewest-events", type=int, default=100_000, help="in the shortest log [100,000]")
    parser.add_argument("--memory-commands", type=int, help="to one worker [40,000; with --long 1,000,000]")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="measure only these")
    parser.add_argument("--keep", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args(arguments)
    asked.events = asked.events or (10_000_000 if asked.long else 1_000_000)
    asked.memory_commands = asked.memory_commands or (1_000_000 if asked.long else 40_000)
    if asked.keep and set(asked.parts) != set(PARTS):
        parser.error("--keep writes the whole page: measure all parts")
    return asked


def main() -> None:
    """Measure, print the page as it grows, and keep it in docs/benchmarks.md when asked to."""
    asked = asked_for()
    sections = []
    for section in measure(asked):
        sys.stdout.write(f"{section}\n")
        sys.stdout.flush()
        sections.append(section)
    if asked.keep:
        PAGE.write_text("\n".join(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
