"""`make bench-requests`: fill a log with requests, build their read models, look everything up."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.postgres.facts import Facts
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.rebuilding import rebuild
from api.compose import City, open_city, prepare
from api.settings import Settings
from benchmarks.filling import settle
from benchmarks.requests.estates import Estates
from benchmarks.requests.filling import fill
from benchmarks.requests.lives import RequestLives
from benchmarks.requests.looking import ITEMS, Looked, Looking
from benchmarks.requests.searches import searches
from benchmarks.servers import ROOT
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID

PAGE: Final = ROOT / "docs" / "benchmarks-requests.md"
BUILT: Final = ("service_requests", "service_request_texts")

_SIZES: Final = """
    select relname, pg_size_pretty(pg_relation_size(oid)) from pg_class
    where relnamespace = current_schema()::regnamespace
        and regexp_replace(relname, '_[0-9]+(_grams)?$', '') = any($1::text[]) and relkind in ('r', 'i')
    order by relname
"""


async def measure(asked: argparse.Namespace, data_dir: Path, url: str) -> AsyncIterator[str]:
    """Measure; answers the page section by section."""
    settings = Settings(data_dir=data_dir)
    await prepare(settings, url)
    async with open_city(settings, url) as city:
        lives = await lives_of(city, asked.requests)
        say(f"appending {asked.requests:,} requests")
        began = time.perf_counter()
        events = await fill(city, lives)
        seconds = time.perf_counter() - began
        yield _introduction(asked.requests, events, len(lives.estates.projects))
        yield _rate("appended", events, asked.requests, seconds)
        await settle(city)
        for model in READ_MODELS:
            say(f"building {model.name}")
            began = time.perf_counter()
            await rebuild(city.database, Facts(city.codec, city.personal_keys), model)
            if model.name in BUILT:
                yield _rate(f"built `{model.name}`", events, asked.requests, time.perf_counter() - began)
        await _settled(city)
        yield await _sizes(city)
        say("looking for words that nobody has used")
        sought = await searches(city.database, asked.times)
        async for looked in Looking(city, lives.estates, asked.times).all(sought):
            yield _line(looked)


async def lives_of(city: City, requests: int) -> RequestLives:
    """Answer the lives that a city's requests have had up to now."""
    known = await city.ledger.states.catch_up(RULEBOOK, RULEBOOK.stream(RULEBOOK_ID))
    if known.state is None:
        raise LookupError("the city has not begun")
    now = city.clock.now()
    return RequestLives(
        city=city.settings.city,
        rule_sets=known.state,
        estates=await Estates.registered(city.commands, requests, known.state.today(now)),
        requests=requests,
        now=now,
    )


async def _settled(city: City) -> None:
    """Have the database look at the tables now, which it would do some time later."""
    connection = await city.database.connect(purpose="guanjia bench", patience=None)
    try:
        for record in await connection.fetch("select name, version from checkpoints where state = 'live'"):
            await connection.execute(f'vacuum (analyze) "{record["name"]}_{record["version"]}"')
        await connection.execute("checkpoint")
    finally:
        await connection.close()


def _introduction(requests: int, events: int, projects: int) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL 18"
    return (
        f"# Benchmarks of service requests\n\n`make bench-requests REQUESTS={requests}`: {requests:,} made-up requests "
        f"of two years in {projects:,} projects, {events:,} events that the rules decided, sealed and encoded by the "
        "product's codec and appended by its append function; read models built by a rebuild; then everything looked "
        f"up one after the other, {ITEMS} items a list, by one client of the queries, without HTTP. {machine}. "
        "Figures are this machine's on that day, and no promise.\n\n"
        "| what | seconds | events/s | requests/s |\n|---|--:|--:|--:|"
    )


def _rate(what: str, events: int, requests: int, seconds: float) -> str:
    return f"| {what} | {seconds:,.1f} | {events / seconds:,.0f} | {requests / seconds:,.0f} |"


async def _sizes(city: City) -> str:
    """Tell how large what is searched has become."""
    told = [f"{name}: {size}" for name, size in await city.database.fetch(_SIZES, list(BUILT))]
    return f"\nOn disk: {'; '.join(told)}.\n\n| looked up | times | p50 ms | p99 ms |\n|---|--:|--:|--:|"


def _line(looked: Looked) -> str:
    return f"| {looked.what} | {looked.times} | {looked.p50:,.1f} | {looked.p99:,.1f} |"


def say(what: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{what} …\n")


def asked_for(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench-requests", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000, help="how many [100,000]")
    parser.add_argument("--times", type=int, default=200, help="how often each thing is looked up [200]")
    parser.add_argument("--keep", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--data-dir", type=Path, help="keep the city there, to look at it afterwards")
    return parser.parse_args(arguments)


async def _main(asked: argparse.Namespace, data_dir: Path) -> None:
    lines = []
    with EmbeddedPostgres(data_dir) as server:
        async for line in measure(asked, data_dir, server.dsn):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
            lines.append(f"{line}\n")
    if asked.keep:
        PAGE.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Measure, print the page as it grows, and keep it in docs/benchmarks-requests.md when asked to."""
    asked = asked_for()
    if asked.data_dir is not None:
        asyncio.run(_main(asked, asked.data_dir))
        return
    with tempfile.TemporaryDirectory(prefix="guanjia-bench-") as made:
        asyncio.run(_main(asked, Path(made) / "data"))


if __name__ == "__main__":
    main()
