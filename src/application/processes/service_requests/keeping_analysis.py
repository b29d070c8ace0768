"""Reviewing the weekly analysis of a project and archiving its monthly summary, with the figures as they are seen."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from application.service_requests.figures import CountingService
from domain.kernel.identifiers import ProjectId
from domain.projects.project import PROJECT
from domain.service_requests.analysis import (
    SERVICE_ANALYSIS,
    ArchiveMonth,
    Kept,
    ReviewWeek,
    archive_month,
    review_week,
)
from domain.service_requests.periods import days_of_month, days_of_week


@dataclass(frozen=True, slots=True)
class ReviewingWeek:
    """Freeze the figures of a finished week."""

    counting: CountingService
    command: ClassVar[str] = "review-week"

    async def __call__(self, dossier: Dossier, asked: ReviewWeek) -> None:
        """Decide on the dossier."""
        kept, today = await _kept(dossier, asked.project_id)
        seen = await self.counting.seen(asked.project_id, *days_of_week(asked.week))
        dossier.add(SERVICE_ANALYSIS, asked.project_id, review_week(kept, asked, seen, today=today))


@dataclass(frozen=True, slots=True)
class ArchivingMonth:
    """Freeze the figures of a finished month."""

    counting: CountingService
    command: ClassVar[str] = "archive-month"

    async def __call__(self, dossier: Dossier, asked: ArchiveMonth) -> None:
        """Decide on the dossier."""
        kept, today = await _kept(dossier, asked.project_id)
        seen = await self.counting.seen(asked.project_id, *days_of_month(asked.month))
        dossier.add(SERVICE_ANALYSIS, asked.project_id, archive_month(kept, asked, seen, today=today))


async def _kept(dossier: Dossier, project_id: ProjectId) -> tuple[Kept | None, date]:
    """Open the project in the path; what is kept of it stands beside it and leaves its version as it is."""
    project = await dossier.open(PROJECT, project_id)
    await dossier.admit(
        Operation.KEEP_SERVICE_ANALYSIS, project_thing(project_id, project), reading=Operation.READ_PROJECTS
    )
    return await dossier.read(SERVICE_ANALYSIS, project_id), await dossier.today()
