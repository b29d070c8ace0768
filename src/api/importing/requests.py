"""Importing service requests: every row replayed through the use cases at the times it tells, twice as once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice
from typing import Any, Final

from api.importing.refusing import Reason, RowRefused, reasons_of
from api.importing.replaying import Replaying
from api.importing.request_report import RequestsReport
from api.importing.request_rows import ReadingRows, Told
from api.importing.seen import FirstLines
from api.importing.streaming import LongTable
from api.importing.tables import Row
from application.kernel.ports import EventStore, OutcomeUnknown, TooMany, Unavailable
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ProjectId, ServiceRequestId
from domain.kernel.rules import RulesBroken, check
from domain.projects.project import PROJECT
from domain.projects.rules import Case, project_is_on_register
from domain.service_requests.folding import SERVICE_REQUEST

AT_ONCE: Final = 256
"""So many rows are on their way at once: enough to fill a commit, few enough for nobody to wait long."""
PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""So many seconds a database that cannot be reached is given, each time that rows are tried again."""
_MOST_PROJECTS: Final = 10_000


class Outcome(Enum):
    """What became of a row that could be taken."""

    TAKEN = auto()
    CONTINUED = auto()
    THERE_ALREADY = auto()


Refusal = tuple[Reason, ...]
ProvideKeys = Callable[[Collection[str]], Awaitable[object]]
"""Makes the keys that reporters are sealed under, named by the streams of requests: all of a page in one go."""

_FOR_NOW: Final = (Unavailable, OutcomeUnknown, TooMany)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportingRequests:
    """Imports a table into a city; run again it finds what is on file already and goes on with the rest.

    A newer table takes requests further that an older one left open.
    """

    store: EventStore
    replaying: Replaying
    reading: ReadingRows
    provide_keys: ProvideKeys
    _projects: dict[ProjectId, Refusal] = field(default_factory=dict)

    async def __call__(
        self, table: LongTable, report: RequestsReport, *, dry_run: bool, progress: Callable[[int], None]
    ) -> None:
        """Import every row that can be taken, in the memory of few; a dry run only tells which those are.

        Raises: UnreadableTable, Unavailable, OutcomeUnknown, TooMany; run again, it goes on where it was.
        """
        rows = iter(table)
        with FirstLines() as lines:
            while page := list(islice(rows, AT_ONCE)):
                for row, told, outcome in await self._page(page, lines, dry_run=dry_run):
                    _count(report, row, told, outcome)
                progress(len(page))

    async def _page(
        self, page: Sequence[Row], lines: FirstLines, *, dry_run: bool
    ) -> Sequence[tuple[Row, Told | None, Outcome | Refusal]]:
        """Take some rows side by side; answers what became of each, in their order."""
        read = [(row, self._read(row, lines)) for row in page]
        became: dict[object, Outcome | Refusal] = {}
        wanted = [told for _, told in read if isinstance(told, Told)]
        new: set[ServiceRequestId] = set()
        for pause in (*PAUSES, None):
            outcomes = await self._side_by_side(wanted, new, dry_run=dry_run)
            again = []
            for told, outcome in zip(wanted, outcomes, strict=True):
                if isinstance(outcome, _FOR_NOW) and pause is not None:
                    again.append(told)
                elif isinstance(outcome, BaseException):
                    raise outcome
                else:
                    is_taken = isinstance(outcome, Outcome) and told.request_id in new
                    became[told.request_id] = Outcome.TAKEN if is_taken else outcome
            if not again or pause is None:
                break
            await asyncio.sleep(pause)
            wanted = again
        return [
            (row, told, became[told.request_id]) if isinstance(told, Told) else (row, None, told) for row, told in read
        ]

    async def _side_by_side(
        self, wanted: Sequence[Told], new: set[ServiceRequestId], *, dry_run: bool
    ) -> Sequence[Outcome | Refusal | BaseException]:
        """Take rows as far as they go, those without a stream from their beginning; one that is tried again goes on."""
        try:
            streams = {told.request_id: SERVICE_REQUEST.stream(told.request_id) for told in wanted}
            heads, _ = await self.store.heads(streams.values())
            missing = {request_id: stream for request_id, stream in streams.items() if not heads[stream]}
            new |= missing.keys()
            await self._look_up({told.filed.project_id for told in wanted if told.request_id in missing})
            if missing and not dry_run:
                await self.provide_keys(missing.values())
        except Unavailable as unreached:
            return [unreached] * len(wanted)
        return await asyncio.gather(
            *(self._take(told, is_new=told.request_id in missing, dry_run=dry_run) for told in wanted),
            return_exceptions=True,
        )

    def _read(self, row: Row, lines: FirstLines) -> Told | Refusal:
        try:
            told = self.reading(row)
        except RowRefused as refusal:
            return refusal.reasons
        if (line := lines.first(told.request_id.bytes, row.number)) != row.number:
            return (Reason(self.reading.mapping.columns.reference, f"stands in line {line} already"),)
        return told

    async def _take(self, told: Told, *, is_new: bool, dry_run: bool) -> Outcome | Refusal:
        try:
            if is_new:
                if refusal := self._projects[told.filed.project_id]:
                    return refusal
                if not dry_run:
                    await self.replaying(told)
                return Outcome.TAKEN
            if not (steps := await self.replaying.remaining(told)):
                return Outcome.THERE_ALREADY
            if not dry_run:
                await self.replaying.go_on(told, steps)
        except RulesBroken as refusal:
            return reasons_of(refusal)
        except Unacceptable as wrong:
            return (Reason("", f"{wrong.pointer}: {wrong.en}"),)
        return Outcome.CONTINUED

    async def _look_up(self, projects: Collection[ProjectId]) -> None:
        """Find out of each project, once, whether requests can be filed with it."""
        if len(self._projects) > _MOST_PROJECTS:
            self._projects.clear()
        for project_id in projects - self._projects.keys():
            self._projects[project_id] = await self._why_not(project_id)

    async def _why_not(self, project_id: ProjectId) -> Refusal:
        recorded = await self.store.load(PROJECT.stream(project_id))
        events: list[Any] = [entry.event for entry in recorded if entry.event is not None]
        project = PROJECT.fold(events)
        if project is None:
            column = self.reading.mapping.columns.project if self.reading.project_id is None else ""
            return (Reason(column, "there is no such project on the register"),)
        try:
            check(Case(project=project), project_is_on_register)
        except RulesBroken as refusal:
            return reasons_of(refusal)
        return ()


def _count(report: RequestsReport, row: Row, told: Told | None, outcome: Outcome | Refusal) -> None:
    match outcome:
        case Outcome.TAKEN:
            report.taken += 1
        case Outcome.CONTINUED:
            report.continued += 1
        case Outcome.THERE_ALREADY:
            report.there_already += 1
        case _:
            report.refuse(row.number, outcome)
    if told is not None and outcome in {Outcome.TAKEN, Outcome.CONTINUED}:
        report.stands(told)
