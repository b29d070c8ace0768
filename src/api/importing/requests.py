"""Importing service requests: every row replayed through the use cases at the times it tells, twice as once."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
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
from application.kernel.ports import EventStore
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import RulesBroken, check
from domain.projects.project import PROJECT
from domain.projects.rules import Case, project_is_on_register
from domain.service_requests.folding import SERVICE_REQUEST

AT_ONCE: Final = 512
"""So many rows are on their way at once: enough to fill a commit, few enough to wait for."""
_MOST_PROJECTS: Final = 10_000


class Outcome(Enum):
    """What became of a row that could be taken."""

    TAKEN = auto()
    CONTINUED = auto()
    THERE_ALREADY = auto()


Refusal = tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportingRequests:
    """Imports a table into a city; run again it finds what is on file already and goes on with the rest.

    A newer table takes requests further that an older one left open.
    """

    store: EventStore
    replaying: Replaying
    reading: ReadingRows
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
        wanted = [told for _, told in read if isinstance(told, Told)]
        heads, _ = await self.store.heads([SERVICE_REQUEST.stream(told.request_id) for told in wanted])
        new = [told for told in wanted if not heads[SERVICE_REQUEST.stream(told.request_id)]]
        await self._look_up({told.filed.project_id for told in new})
        is_new = {told.request_id for told in new}
        outcomes = await asyncio.gather(
            *(self._take(told, is_new=told.request_id in is_new, dry_run=dry_run) for told in wanted),
            return_exceptions=True,
        )
        became: Mapping[object, Outcome | Refusal] = {
            told.request_id: _expected(outcome) for told, outcome in zip(wanted, outcomes, strict=True)
        }
        return [
            (row, told, became[told.request_id]) if isinstance(told, Told) else (row, None, told) for row, told in read
        ]

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


def _expected(outcome: Outcome | Refusal | BaseException) -> Outcome | Refusal:
    """Answer what was to be expected; raise anything else, now that the others of its page have come to their end."""
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


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
