"""`guanjia demo`: fill a city through the real use cases."""

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.demo.filling import Filled
    from api.settings import Settings

MOST = 100_000


def demo(
    *,
    seed: Annotated[int, typer.Option(min=0, max=999_999, help="The same seed fills the same, and only once.")] = 1,
    managers: Annotated[int, typer.Option(min=0, max=MOST, help="How many managers.")] = 40,
    projects: Annotated[int, typer.Option(min=0, max=MOST, help="How many projects; large ones get sections.")] = 60,
    requests: Annotated[int, typer.Option(min=0, max=MOST, help="How many service requests, over a year.")] = 300,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing when anything is on the register.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Fill a city with made-up companies, managers, projects, points, zones and service requests."""
    from api.cli.printing import print_json, print_table
    from api.cli.settings import settings_from

    wanted = {"managers": managers, "projects": projects, "requests": requests}
    filled = asyncio.run(_fill(settings_from(data_dir), seed, wanted, if_empty=if_empty))
    if as_json:
        print_json(None if filled is None else asdict(filled))
    elif filled is None:
        typer.echo("The city is not empty: nothing was added.")
    else:
        print_table(("what", "number"), list(asdict(filled).items()), right=("number",))


async def _fill(settings: "Settings", seed: int, wanted: dict[str, int], *, if_empty: bool) -> "Filled | None":
    from api.cli.progress import progress_bars
    from api.compose import city_beside
    from api.demo.filling import FillingCity

    async with city_beside(settings) as city:
        _, position = await city.store.heads(())
        if if_empty and position > 1:
            return None
        rules, _ = await city.queries.rule_sets.current()
        now, zone = city.clock.now(), ZoneInfo(rules.timezone)
        with progress_bars() as advance:
            filling = FillingCity(commands=city.commands, seed=seed, now=now, zone=zone, progress=advance)
            return await filling(**wanted)
