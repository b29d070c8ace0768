"""The weekly analysis is reviewed and the monthly summary archived (每周分析, 每月存档, Text 4), once each."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import Rule, check
from domain.service_requests.analysis_events import (
    ANALYSIS_NAMES,
    AnalysisEvent,
    MonthLabel,
    MonthlySummaryArchived,
    ServiceFigures,
    WeekLabel,
    WeeklyAnalysisReviewed,
)
from domain.service_requests.periods import days_of_month, days_of_week


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


@dataclass(frozen=True, slots=True)
class Seen:
    """The figures that were seen, and the log position that they were counted at."""

    figures: ServiceFigures
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which weeks of a project were reviewed and which months archived."""

    weeks: frozenset[WeekLabel] = field(default_factory=frozenset)
    months: frozenset[MonthLabel] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezing:
    """The case of a review or an archive."""

    last_day: date
    today: date
    is_frozen: bool


week_is_over: Final = Rule[Freezing](
    code="analysis.week-not-over",
    zh="该周尚未结束",
    en="the week is not over",
    cites="Text 4, 每周客户服务受理分析表",
    is_broken_by=lambda case: case.last_day >= case.today,
)
week_is_reviewed_once: Final = Rule[Freezing](
    code="analysis.already-reviewed",
    zh="该周的分析已审核",
    en="the analysis of this week was reviewed already",
    cites="Text 4, 每周客户服务受理分析表",
    is_broken_by=lambda case: case.is_frozen,
)
month_is_over: Final = Rule[Freezing](
    code="analysis.month-not-over",
    zh="该月尚未结束",
    en="the month is not over",
    cites="Text 4, 客户服务单汇总表",
    is_broken_by=lambda case: case.last_day >= case.today,
)
month_is_archived_once: Final = Rule[Freezing](
    code="analysis.already-archived",
    zh="该月的汇总已存档",
    en="the summary of this month was archived already",
    cites="Text 4, 客户服务单汇总表",
    is_broken_by=lambda case: case.is_frozen,
)


def review_week(kept: Kept | None, asked: ReviewWeek, seen: Seen, *, today: date) -> list[AnalysisEvent]:
    """Freeze the figures of a finished week that were seen, once.

    Raises: RulesBroken; Unacceptable for what is no week.
    """
    _, sunday = days_of_week(asked.week)
    case = Freezing(last_day=sunday, today=today, is_frozen=kept is not None and asked.week in kept.weeks)
    check(case, week_is_over, week_is_reviewed_once)
    return [
        WeeklyAnalysisReviewed(
            project_id=asked.project_id, week=asked.week, figures=seen.figures, position=seen.position
        )
    ]


def archive_month(kept: Kept | None, asked: ArchiveMonth, seen: Seen, *, today: date) -> list[AnalysisEvent]:
    """Freeze the figures of a finished month that were seen, once.

    Raises: RulesBroken; Unacceptable for what is no month.
    """
    _, last_day = days_of_month(asked.month)
    case = Freezing(last_day=last_day, today=today, is_frozen=kept is not None and asked.month in kept.months)
    check(case, month_is_over, month_is_archived_once)
    return [
        MonthlySummaryArchived(
            project_id=asked.project_id, month=asked.month, figures=seen.figures, position=seen.position
        )
    ]


def _evolve(state: Kept | None, event: AnalysisEvent) -> Kept:
    kept = state or Kept()
    match event:
        case WeeklyAnalysisReviewed(week=week):
            return replace(kept, weeks=kept.weeks | {week})
        case MonthlySummaryArchived(month=month):
            return replace(kept, months=kept.months | {month})
        case _:
            assert_never(event)


SERVICE_ANALYSIS: Final = Aggregate[Kept, AnalysisEvent](name="service-analysis", events=ANALYSIS_NAMES, evolve=_evolve)
"""What was frozen of a project, in a stream under the project's id."""
