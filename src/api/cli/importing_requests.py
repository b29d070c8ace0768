"""`guanjia import requests`: replay service requests from a table of another system."""

import asyncio
import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.cli.failures import Failed
from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.importing.refusing import Refused
    from api.importing.request_mapping import RequestMapping
    from api.importing.request_report import RequestsReport
    from api.importing.streaming import LongTable
    from api.settings import Settings

MOST_REASONS_SHOWN = 20


def import_requests(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8 with or without BOM, or GB18030.")],
    *,
    project: Annotated[
        UUID | None, typer.Option(metavar="ID", help="The project of every row; else each row names its own.")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml",
            help="Which column holds what; else one that comes with the product, if it fits. See docs/operations.md.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be taken and what refused.")] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write row, column and reason of everything refused.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import service requests with the times at which things happened; run again, it doubles nothing and goes on.

    Exit code 0 when the table was read, rows refused or not; the report names them.
    """
    import uvloop

    from api.cli.settings import settings_from
    from api.importing.mapping import UnusableMapping
    from api.importing.request_mapping import mapping_for
    from api.importing.request_report import RequestsReport
    from api.importing.streaming import long_table
    from api.importing.tables import UnreadableTable

    settings = settings_from(data_dir)
    try:
        table = long_table(file)
        chosen = mapping_for(table.header, mapping)
        if project is None and chosen.mapping.columns.project not in table.header:
            raise Failed("say --project ID, or name the column of the project in the mapping")
        with _refusals_to(report) as tell:
            took = RequestsReport(rows=table.rows, tell=tell)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(_import(settings, table, chosen.mapping, project, took, dry_run=dry_run))
    except (UnusableMapping, UnreadableTable) as wrong:
        raise Failed(str(wrong)) from wrong
    _tell(took, as_json=as_json, dry_run=dry_run, mapping=chosen.name)


async def _import(
    settings: "Settings",
    table: "LongTable",
    mapping: "RequestMapping",
    project: UUID | None,
    report: "RequestsReport",
    *,
    dry_run: bool,
) -> None:
    from zoneinfo import ZoneInfo

    from api.cli.progress import progress_bars
    from api.compose import SYSTEM, city_beside
    from api.importing.replaying import Replaying
    from api.importing.request_rows import ReadingRows
    from api.importing.requests import ImportingRequests
    from api.importing.told_times import TimesTold
    from application.kernel.submission import Submission
    from domain.kernel.identifiers import ProjectId

    async with city_beside(settings) as city:
        rules, _ = await city.queries.rule_sets.current()
        reading = ReadingRows(
            mapping=mapping,
            times=TimesTold.of(mapping, ZoneInfo(rules.timezone)),
            now=city.clock.now(),
            project_id=None if project is None else ProjectId(project),
        )
        replaying = Replaying(commands=city.commands, store=city.store, sent=Submission(caller=SYSTEM))
        importing_requests = ImportingRequests(
            store=city.store, replaying=replaying, reading=reading, provide_keys=city.personal_keys.provide
        )
        with progress_bars() as advance:
            await importing_requests(
                table, report, dry_run=dry_run, progress=lambda rows: advance("rows", rows, total=table.rows)
            )


@contextmanager
def _refusals_to(file: Path | None) -> Iterator[Callable[["Refused"], None]]:
    """Write refusals as they come, as people open them: CSV that spreadsheets take for UTF-8."""
    if file is None:
        yield lambda _: None
        return
    try:
        opened = file.open("w", encoding="utf-8-sig", newline="")
    except OSError as refused:
        raise Failed(f"{file} cannot be written: {refused.strerror}") from refused
    with opened as written:
        lines = csv.writer(written)
        lines.writerow(("row", "column", "reason"))
        yield lambda refused: lines.writerow((refused.row, refused.column, refused.reason))


def _tell(took: "RequestsReport", *, as_json: bool, dry_run: bool, mapping: str) -> None:
    from api.cli.printing import print_json, print_table

    counts = {
        "rows": took.rows,
        "taken": took.taken,
        "continued": took.continued,
        "there_already": took.there_already,
        "refused": took.refused,
        "waiting_for_visit": took.waiting_for_visit,
        "waiting_for_reply": took.waiting_for_reply,
    }
    reasons = [
        {"column": reason.column, "reason": reason.sentence, "rows": rows}
        for reason, rows in took.reasons.most_common()
    ]
    if as_json:
        refusals = [{"row": each.row, "column": each.column, "reason": each.reason} for each in took.refusals]
        statuses = {status.value: rows for status, rows in sorted(took.statuses.items())}
        print_json(
            {
                **counts,
                "statuses": statuses,
                "mapping": mapping or None,
                "dry_run": dry_run,
                "reasons": reasons,
                "refusals": refusals,
            }
        )
        return
    print_table(("what", "rows"), list(counts.items()), right=("rows",))
    if reasons:
        print_table(("column", "reason", "rows"), [tuple(each.values()) for each in reasons[:MOST_REASONS_SHOWN]])
    if took.refused:
        sys.stdout.write("--report FILE.csv writes the line of each row that was refused, and why\n")
