"""`guanjia replay`: what has happened to a thing, who did it, when, by which rule set, and the state after it."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.cli.replaying import Replayed
    from api.settings import Settings
    from domain.kernel.aggregate import StreamName


def replay(
    called: Annotated[
        str,
        typer.Argument(metavar="LICENCE_OR_STREAM", help="A licence number, the id of anything, or a stream's name."),
    ],
    *,
    as_of: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Stop at the end of this day.")
    ] = None,
    position: Annotated[int | None, typer.Option(metavar="N", min=1, help="Stop after this position.")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Replay every event of a thing, with the state after it; personal values are masked."""
    from api.cli.printing import print_json
    from api.cli.settings import settings_from

    if as_of is not None and position is not None:
        raise typer.BadParameter("say --as-of or --position, not both", param_hint="--position")
    settings = settings_from(data_dir)
    stream, replayed, note = asyncio.run(_replay(settings, called, as_of, position))
    if as_json:
        print_json({"stream": stream, "events": [each.as_json() for each in replayed]})
    else:
        _tell(stream, replayed, ZoneInfo(settings.timezone))
        if note:
            typer.echo(note)


async def _replay(
    settings: "Settings", called: str, as_of: datetime | None, position: int | None
) -> "tuple[StreamName, list[Replayed], str]":
    from api.cli.replaying import Replay
    from api.compose import AGGREGATES, city_to_read
    from domain.companies.company import COMPANY
    from domain.licensing.folding import LICENCE
    from domain.projects.project import PROJECT

    async with city_to_read(settings) as city:
        # An id that several kinds of thing share is first of all the thing's own.
        replaying = Replay(city, {each.name: each for each in (LICENCE, PROJECT, COMPANY, *AGGREGATES)})
        stream = await replaying.stream_of(called)
        until = None if as_of is None else as_of.date()
        replayed = [each async for each in replaying.events(stream, as_of=until, position=position)]
        beside, count = await replaying.refusals_beside(stream)
    return stream, replayed, f"\nRefused requests: {count}, see guanjia replay {beside}" if count else ""


def _tell(stream: "StreamName", replayed: "list[Replayed]", zone: ZoneInfo) -> None:
    import orjson

    from api.cli.spelling import changes

    typer.echo(stream)
    before: object = None
    for each in replayed:
        recorded, origin = each.recorded, each.recorded.origin
        who = "not one of ours" if origin is None else f"by {origin.subject} ({origin.role}), {origin.command}"
        rules = "" if each.rule_set is None else f", rule set {each.rule_set}"
        typer.echo(f"\nposition {recorded.position}, version {recorded.version}: {recorded.type}")
        typer.echo(f"  {recorded.recorded_at.astimezone(zone).isoformat(timespec='seconds')} {who}{rules}")
        if recorded.data is not None:
            typer.echo(f"  {orjson.dumps(recorded.data).decode()}")
        for change in changes(before, each.state):
            typer.echo(f"    {change}")
        before = each.state
