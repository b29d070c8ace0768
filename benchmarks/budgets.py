"""The budgets of logs: how fast a read model is rebuilt, and what changes as a log grows."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import uvloop

from benchmarks.appends import APPENDS, Appending
from benchmarks.contenders import OURS, Contender, compared, take_turns
from benchmarks.growths import Growth, growths_table
from benchmarks.load import Answered
from benchmarks.logs import Log, log_of, require_room
from benchmarks.processes import MB
from benchmarks.rebuilds import Rebuilt, rebuilt_by
from benchmarks.sequences import CONNECTIONS

STOCK_EVENTS: Final = 5_000
CODES: Final = ("321901", "321902", "321903")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Events in the log: appends are compared at `most` and `fewest`, rebuilds at a half and a twentieth of `most`."""

    most: int
    fewest: int

    @property
    def in_all(self) -> int:
        """All that is written: the longest log, the shortest, and the short one of the rebuilds."""
        return self.most + self.fewest + self.most // 20


def measure_budgets(data_dir: Path, url: str, sizes: Sizes, rounds: int, say: Say) -> str:
    """Fill three logs and measure on them; answers two sections of the page."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        stack = AsyncExitStack()
        try:
            short, middling, long = [
                runner.run(stack.enter_async_context(log_of(code, data_dir, url))) for code in CODES
            ]
            runner.run(require_room(long, sizes.in_all))
            for log, events in ((short, sizes.fewest), (middling, sizes.most // 20), (long, sizes.most // 2)):
                say(f"filling a log with {events:,} events")
                runner.run(log.grow(events))
            rebuilds, of_middling = _rebuilds(long, url), Contender(f"{OURS} on a short log", _rebuild(middling, url))
            take_turns([*rebuilds, of_middling], rounds, say)
            section = list(_rebuilds_section(rebuilds, long))
            memory = _memory(of_middling, middling, rebuilds[0], long)
            say(f"filling it up to {sizes.most:,} events")
            runner.run(long.grow(sizes.most))
            appends = [_appending(runner, log) for log in (short, long)]
            take_turns(appends, rounds, say)
            return "\n".join((*section, *_growths_section([*_latencies(appends, short, long), memory])))
        finally:
            runner.run(stack.aclose())


def _rebuild(log: Log, url: str) -> Callable[[], Rebuilt]:
    environment = {
        "GUANJIA_DATA_DIR": str(log.settings.data_dir),
        "GUANJIA_CITY": log.settings.city,
        "GUANJIA_DATABASE_URL": url,
    }
    return partial(rebuilt_by, "benchmarks.ours_rebuilt", environment)


def _rebuilds(log: Log, url: str) -> Sequence[Contender[Rebuilt]]:
    of_stock = {"BENCH_DATABASE_URL": url, "BENCH_STOCK_EVENTS": str(STOCK_EVENTS)}
    of_bare = {"GUANJIA_DATABASE_URL": url, "GUANJIA_CITY": log.settings.city}
    return (
        Contender(OURS, _rebuild(log, url)),
        Contender(
            "stock `ProjectionRunner` writing the same table",
            partial(rebuilt_by, "benchmarks.baselines.stock_projection", of_stock),
            60,
        ),
        Contender(
            "the bare loop: fetch, decode, COPY, no fold",
            partial(rebuilt_by, "benchmarks.baselines.bare_loop", of_bare),
            0.6,
        ),
    )


def _appending(runner: asyncio.Runner, log: Log) -> Contender[Answered]:
    appending = Appending(city=log.city, lives=log.lives, files=log.people)
    return Contender(f"appends at {log.events:,} events", lambda: runner.run(appending.round()))


def _latencies(appends: Sequence[Contender[Answered]], short: Log, long: Log) -> Iterator[Growth]:
    for name, share, at_most in (("p50", 0.5, 1.3), ("p99", 0.99, None)):
        at_short, at_long = (median(each.percentile(share) for each in log.rounds) for log in appends)
        yield Growth(
            what=f"append {name}, ms",
            short_events=short.events,
            short=at_short,
            long_events=long.events,
            long=at_long,
            at_most=at_most,
        )


def _memory(of_short: Contender[Rebuilt], short: Log, of_long: Contender[Rebuilt], long: Log) -> Growth:
    at_short, at_long = (median(each.memory for each in log.rounds) / MB for log in (of_short, of_long))
    return Growth(
        what="memory of a rebuild, MB",
        short_events=short.events,
        short=at_short,
        long_events=long.events,
        long=at_long,
        at_most=1.2,
    )


def _rebuilds_section(contenders: Sequence[Contender[Rebuilt]], log: Log) -> Iterator[str]:
    yield "## Rebuild of a read model: one row for each deduction"
    yield ""
    yield (
        f"Ours and the bare loop on one log of {log.events:,} events, ours from nothing to the switch with indexes;"
        f" the stock runner on {STOCK_EVENTS:,} events of its own application. Counted are deductions."
    )
    yield ""
    yield "| contender | events/s | seconds | ours is | must reach | |"
    yield "|---|--:|--:|--:|--:|---|"
    for each, told in zip(contenders, compared(contenders), strict=True):
        seconds = median(rebuilt.seconds for rebuilt in each.rounds)
        yield f"| {each.name} | {each.rate:,.0f} | {seconds:,.1f} | {' | '.join(told)} |"
    yield ""


def _growths_section(growths: Sequence[Growth]) -> Iterator[str]:
    yield "## What grows with the log"
    yield ""
    yield (
        f"Appends of one deduction each, {CONNECTIONS} at once through the store of the product, {APPENDS:,} a round"
        " on files chosen by chance; the memory of a rebuild is the most that its processes held."
    )
    yield ""
    yield from growths_table(growths)
    yield ""
