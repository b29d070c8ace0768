"""Which figures of a project's service were seen: the weekly analysis and the monthly summary, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

from domain.kernel.identifiers import ProjectId

WeekLabel = NewType("WeekLabel", str)
"""An ISO week, `2026-W47`."""

MonthLabel = NewType("MonthLabel", str)
"""A calendar month, `2026-11`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """What a week or a month of a project's service comes to, in whole numbers; rates are for the reader to divide.

    Counted are the requests received in the period: by kind, category and channel (names without any are left out). Of
    their responses and resolutions, `…_due` are those whose deadline has passed or that were answered before it,
    `…_on_time` those of them that were in time. `repairs_completed` are the repairs completed, `repairs_visited` those
    of them whose resident was reached or tried three times (回访覆盖率). `satisfied` and `unsatisfied` count the return
    visits that reached the resident, `rated` how many gave a rating and `rating_sum` the ratings together.
    """

    received: int
    by_kind: Mapping[str, int]
    by_category: Mapping[str, int]
    by_channel: Mapping[str, int]
    responses_due: int
    responses_on_time: int
    resolutions_due: int
    resolutions_on_time: int
    repairs_completed: int
    repairs_visited: int
    satisfied: int
    unsatisfied: int
    rated: int
    rating_sum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyAnalysisReviewed:
    """The analysis of a finished week was reviewed, with these figures, as the log stood at `position`."""

    project_id: ProjectId
    week: WeekLabel
    figures: ServiceFigures
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlySummaryArchived:
    """The summary of a finished month was archived, with these figures, as the log stood at `position`."""

    project_id: ProjectId
    month: MonthLabel
    figures: ServiceFigures
    position: int


AnalysisEvent = WeeklyAnalysisReviewed | MonthlySummaryArchived

ANALYSIS_NAMES: Final[dict[str, type[AnalysisEvent]]] = {
    "service-analysis.weekly-analysis-reviewed": WeeklyAnalysisReviewed,
    "service-analysis.monthly-summary-archived": MonthlySummaryArchived,
}
