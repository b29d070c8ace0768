"""What is asked of service requests: the page, lists, the board, analyses, and what is kept for supervision."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import asyncpg
import msgspec

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Rulebook, Views, slice_of
from adapters.postgres.read_models.service_boards import board_of
from adapters.postgres.read_models.service_figures import CountedService, shown
from adapters.postgres.read_models.service_records import (
    case_of,
    entry_of,
    noted_overdue,
    service_of_manager,
    training_cases,
)
from adapters.postgres.read_models.service_request_lists import LAST, Listing
from adapters.postgres.read_models.service_request_pages import PAGE, page_of, thing_of_request
from application.kernel.callers import Role
from application.kernel.pages import Actor, Slice
from application.kernel.permissions import Thing
from application.service_requests.analyses import AnalysisPage, FrozenAnalysis
from application.service_requests.boards import ProjectBoard
from application.service_requests.pages import ServiceRequestOnFile, ServiceRequestPage
from application.service_requests.queries import OverdueFilter, ServiceRequestFilter
from application.service_requests.records import OverdueEntry, ServiceRecordPage, TrainingCase
from domain.kernel.identifiers import LicenceId, ProjectId, ServiceRequestId, Subject
from domain.service_requests.analysis import Seen
from domain.service_requests.analysis_events import MonthLabel, ServiceFigures, WeekLabel
from domain.service_requests.periods import days_of_month, days_of_week

_FIND: Final = f"{PAGE} where r.id = $1"
_ANALYSED: Final = """
    select p.version, p.name, a.figures, a.seen_at, a.subject, a.role, a.frozen_at
    from projects as p left join service_analyses as a on a.project_id = p.id and a.label = $2
    where p.id = $1
"""
_FIGURES: Final = msgspec.json.Decoder(ServiceFigures)


class PostgresServiceRequestQueries:
    """Answers from the read models."""

    def __init__(self, database: Database, rulebook: Rulebook) -> None:
        self._views = Views(database)
        self._clock = rulebook.clock
        self._counted = CountedService(self._views, rulebook)

    async def find(self, request_id: ServiceRequestId) -> ServiceRequestOnFile | None:
        """Answer one request.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_FIND, request_id)
        if not records:
            return None
        return ServiceRequestOnFile(page=page_of(records[0], self._clock.now()), thing=thing_of_request(records[0]))

    async def list(
        self, wanted: ServiceRequestFilter, *, before: int | None = None, limit: int
    ) -> Slice[ServiceRequestPage]:
        """Answer the requests that pass the filter, newest first.

        Raises: ReadModelBehind, Unavailable.
        """
        now = self._clock.now()
        listing = Listing(wanted=wanted, before=LAST if before is None else before, most=limit + 1, now=now)
        records: Sequence[asyncpg.Record] = ()
        for query in listing.queries:
            records = await self._views.fetch(query.sql, *query.arguments)
            if len(records) > limit:
                break
        return slice_of(records, [page_of(record, now) for record in records], limit, "received")

    async def scope(self, request_id: ServiceRequestId) -> Thing | None:
        """Answer whose request it is.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_FIND, request_id)
        return thing_of_request(records[0]) if records else None

    async def board(self, project_id: ProjectId) -> ProjectBoard | None:
        """Answer a project's board.

        Raises: ReadModelBehind, Unavailable.
        """
        return await board_of(self._views, project_id, self._clock.now())

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer the figures of some days as they stand, and the position that they were counted at.

        Raises: ReadModelBehind, Unavailable.
        """
        return await self._counted.seen(project_id, first_day, last_day)

    async def week(self, project_id: ProjectId, week: WeekLabel) -> AnalysisPage | None:
        """Answer the analysis of an ISO week.

        Raises: Unacceptable, ReadModelBehind, Unavailable.
        """
        return await self._analysis(project_id, week, None, days_of_week(week))

    async def month(self, project_id: ProjectId, month: MonthLabel) -> AnalysisPage | None:
        """Answer the summary of a calendar month.

        Raises: Unacceptable, ReadModelBehind, Unavailable.
        """
        return await self._analysis(project_id, None, month, days_of_month(month))

    async def _analysis(
        self, project_id: ProjectId, week: WeekLabel | None, month: MonthLabel | None, days: tuple[date, date]
    ) -> AnalysisPage | None:
        records = await self._views.fetch(_ANALYSED, project_id, week or month)
        if not records:
            return None
        frozen = None
        if records[0]["figures"] is not None:
            _, _, figures, seen_at, subject, role, frozen_at = records[0]
            frozen = FrozenAnalysis(
                figures=shown(_FIGURES.decode(figures)),
                position=seen_at,
                by=Actor(subject=Subject(subject), role=Role(role)),
                at=frozen_at,
            )
        seen = await self.seen(project_id, *days)
        return AnalysisPage(
            id=project_id,
            version=records[0]["version"],
            name=records[0]["name"],
            week=week,
            month=month,
            first_day=days[0],
            last_day=days[1],
            figures=shown(seen.figures),
            frozen=frozen,
        )

    async def overdue(self, wanted: OverdueFilter, *, before: int | None = None, limit: int) -> Slice[OverdueEntry]:
        """Answer the missed deadlines that were noted, newest first.

        Raises: ReadModelBehind, Unavailable.
        """
        query = noted_overdue(wanted, LAST if before is None else before, limit + 1)
        records = await self._views.fetch(query.sql, *query.arguments)
        return slice_of(records, [entry_of(record) for record in records], limit, "noted")

    async def training_cases(
        self, *, q: str | None = None, before: int | None = None, limit: int
    ) -> Slice[TrainingCase]:
        """Answer the training cases with `q` in their lesson, the last archived first.

        Raises: ReadModelBehind, Unavailable.
        """
        before = LAST if before is None else before
        records = await training_cases(self._views, q, before, limit + 1, self._clock.now())
        return slice_of(records, [case_of(record) for record in records], limit, "archived")

    async def service_record(self, licence_id: LicenceId, year: int | None = None) -> ServiceRecordPage | None:
        """Answer a manager's service record of a year, the present one in the city when it is None.

        Raises: ReadModelBehind, Unavailable.
        """
        now = self._clock.now()
        return await service_of_manager(self._views, licence_id, await self._counted.year(year), now)
