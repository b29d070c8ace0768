"""The weekly analysis is reviewed and the monthly summary archived (每周分析, 每月存档, Text 4), once each."""

from dataclasses import dataclass

from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis_events import MonthLabel, WeekLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWeek:
    """Say that the analysis of a finished week was reviewed."""

    project_id: ProjectId
    week: WeekLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMonth:
    """Archive the summary of a finished month."""

    project_id: ProjectId
    month: MonthLabel
