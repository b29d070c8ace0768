"""`guanjia verify`: the whole log, checked again."""

import asyncio
import sys
from typing import TYPE_CHECKING

import typer

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.settings import Settings
    from application.processes.verifying.report import Report

MOST_SHOWN = 20


def verify(*, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check the whole log: positions, versions, hashes, every fold, and that no decision breaks an invariant.

    It only reads, beside a service or alone, and exits with 1 when anything is wrong.
    """
    from api.cli.printing import print_json
    from api.cli.settings import settings_from

    report = asyncio.run(_verify(settings_from(data_dir)))
    if as_json:
        print_json({"whole": report.is_whole, **_plain(report)})
    else:
        _tell(report)
    if not report.is_whole:
        sys.exit(1)


async def _verify(settings: "Settings") -> "Report":
    from api.cli.progress import progress_bars
    from api.compose import city_to_read, verifying

    async with city_to_read(settings) as city:
        verify_log = verifying(city)
        ends = await verify_log.log.ends()
        with progress_bars() as advance:
            return await verify_log(ends, lambda read: advance("events, twice", read, total=2 * ends.last))


def _tell(report: "Report") -> None:
    typer.echo(f"{report.events} events in {report.streams} streams, written by {report.commands} commands")
    for kind, count in sorted(report.foreign.items()):
        typer.echo(f"{count} foreign events of type {kind} were passed over")
    for finding in report.findings[:MOST_SHOWN]:
        place = "" if finding.stream is None else f" {finding.stream}"
        typer.echo(f"position {finding.position}{place}: {finding.what}")
    if report.found > MOST_SHOWN:
        typer.echo(f"… and {report.found - MOST_SHOWN} more")
    typer.echo("The log is whole." if report.is_whole else f"{report.found} findings: the log is not whole.")


def _plain(report: "Report") -> dict[str, object]:
    return {
        "events": report.events,
        "streams": report.streams,
        "commands": report.commands,
        "foreign": dict(report.foreign),
        "found": report.found,
        "findings": [{"position": each.position, "stream": each.stream, "what": each.what} for each in report.findings],
    }
