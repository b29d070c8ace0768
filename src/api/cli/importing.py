"""`guanjia import projects`: take over companies and projects from a table."""

import asyncio
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failures import Failed
from api.cli.options import AsJson, DataDir
from domain.kernel.area import Area

if TYPE_CHECKING:
    from api.importing.estates import Terms
    from api.importing.mapping import ColumnMapping
    from api.importing.projects import Report
    from api.importing.tables import Table
    from api.settings import Settings

importing = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Take over what others have in tables.")
MOST_REASONS_SHOWN = 20


def _square_metres(written: str) -> Decimal:
    try:
        number = Decimal(written)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise typer.BadParameter("must be a number of square metres, more than zero")
    return number


@importing.command("projects")
def import_projects(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8 with or without BOM, or GB18030.")],
    *,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Which column holds what; see docs/operations.md.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be taken and what refused.")] = False,
    area_per_household: Annotated[
        Decimal | None,
        typer.Option(
            metavar="M2",
            parser=_square_metres,
            help="Estimate a missing building area from the households, so much each.",
        ),
    ] = None,
    unmanaged: Annotated[
        bool, typer.Option("--unmanaged", help="Take estates that no company manages, as unmanaged.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write row, column and reason of everything refused.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import projects and their companies; run again, it goes on where it was and doubles nothing.

    Exit code 0 when the table was read, rows refused or not; the report names them.
    """
    from api.cli.settings import settings_from
    from api.importing.estates import Terms
    from api.importing.mapping import UnusableMapping, read_mapping
    from api.importing.tables import UnreadableTable, read_table

    settings = settings_from(data_dir)
    try:
        columns, table = read_mapping(mapping), read_table(file)
    except (UnusableMapping, UnreadableTable) as wrong:
        raise Failed(str(wrong)) from wrong
    terms = Terms(area_per_household=area_per_household, unmanaged=unmanaged)
    took = asyncio.run(_import(settings, table, columns, terms, dry_run=dry_run))
    if report is not None:
        _write(report, took)
    _tell(took, as_json=as_json, dry_run=dry_run)


async def _import(
    settings: "Settings", table: "Table", columns: "ColumnMapping", terms: "Terms", *, dry_run: bool
) -> "Report":
    from api.cli.progress import progress_bars
    from api.compose import SYSTEM, city_beside
    from api.importing.projects import ImportingProjects
    from application.kernel.submission import Submission

    async with city_beside(settings) as city:
        rules, _ = await city.queries.rule_sets.current()
        importing_projects = ImportingProjects(
            commands=city.commands, store=city.store, sent=Submission(caller=SYSTEM), most_area=Area(rules.max_area_m2)
        )
        with progress_bars() as advance:
            return await importing_projects(
                table,
                columns,
                terms,
                dry_run=dry_run,
                progress=lambda rows: advance("rows", rows, total=len(table.rows)),
            )


def _tell(took: "Report", *, as_json: bool, dry_run: bool) -> None:
    from api.cli.printing import print_json, print_table

    refused = [{"row": entry.row, "column": entry.column, "reason": entry.reason} for entry in took.refused]
    counts = {
        "rows": took.rows,
        "taken": took.taken,
        "there_already": took.there_already,
        "refused": took.rows_refused,
        "companies": took.companies,
        "unmanaged": took.unmanaged,
        "estimated_areas": took.estimated_areas,
        "too_large_for_one_manager": took.too_large_for_one_manager,
    }
    if as_json:
        print_json({**counts, "dry_run": dry_run, "refusals": refused})
        return
    print_table(("what", "rows"), list(counts.items()), right=("rows",))
    if refused:
        print_table(("row", "column", "reason"), [tuple(entry.values()) for entry in refused[:MOST_REASONS_SHOWN]])
    if len(refused) > MOST_REASONS_SHOWN:
        sys.stdout.write(f"… and {len(refused) - MOST_REASONS_SHOWN} more; --report FILE.csv writes them all\n")


def _write(file: Path, took: "Report") -> None:
    """Write the refusals as people open them: CSV that spreadsheets take for UTF-8."""
    import csv

    with file.open("w", encoding="utf-8-sig", newline="") as written:
        lines = csv.writer(written)
        lines.writerow(("row", "column", "reason"))
        lines.writerows((entry.row, entry.column, entry.reason) for entry in took.refused)
