"""The imports over a city in memory."""

import csv
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from api.commands import commands_over
from api.importing.projects import ImportingProjects
from api.importing.replaying import Replaying
from api.importing.request_mapping import RequestMapping
from api.importing.request_report import RequestsReport
from api.importing.request_rows import ReadingRows
from api.importing.requests import ImportingRequests
from api.importing.streaming import long_table
from api.importing.told_times import TimesTold
from api.settings import Settings
from api.watching import Watch
from application.kernel.attachments import NoAttachments
from application.kernel.ports import EventStore
from application.kernel.submission import Submission
from application.use_cases import Commands
from domain.kernel.area import Area
from domain.kernel.identifiers import ProjectId
from tests.application.city import SYSTEM, City
from tests.application.counting import NothingCounted


def commands(city: City) -> Commands:
    """Answer the commands of a city."""
    watch = Watch(CollectorRegistry())
    return commands_over(city.ledger, Settings(), city.identities, city.keys, NoAttachments(), NothingCounted(), watch)


def importing(city: City) -> ImportingProjects:
    """Answer the import of projects into a city."""
    return ImportingProjects(
        commands=commands(city), store=city.store, sent=Submission(caller=SYSTEM), most_area=Area.of(200_000)
    )


def reading(city: City, mapping: RequestMapping, project_id: ProjectId | None = None) -> ReadingRows:
    """Answer how rows of requests are read in a city."""
    times = TimesTold.of(mapping, ZoneInfo("Asia/Shanghai"))
    return ReadingRows(mapping=mapping, times=times, now=city.clock.now(), project_id=project_id)


async def import_requests(
    city: City,
    file: Path,
    mapping: RequestMapping,
    project_id: ProjectId | None = None,
    *,
    dry_run: bool = False,
    store: EventStore | None = None,
) -> RequestsReport:
    """Import requests into a city; `store` stands in for the city's own in what the import looks up."""
    table, store = long_table(file), store or city.store
    report, progressed = RequestsReport(rows=table.rows), 0

    def progress(rows: int) -> None:
        nonlocal progressed
        progressed += rows

    importing_requests = ImportingRequests(
        store=store,
        replaying=Replaying(commands=commands(city), store=store, sent=Submission(caller=SYSTEM)),
        reading=reading(city, mapping, project_id),
        provide_keys=city.keys.provide,
    )
    await importing_requests(table, report, dry_run=dry_run, progress=progress)
    assert progressed == report.rows == report.taken + report.continued + report.there_already + report.refused
    return report


def written(file: Path, *rows: Mapping[str, str]) -> Path:
    """Write rows as a table with every column that any of them has."""
    header = list(dict.fromkeys(column for row in rows for column in row))
    with file.open("w", encoding="utf-8", newline="") as text:
        lines = csv.DictWriter(text, header, restval="")
        lines.writeheader()
        lines.writerows(rows)
    return file
