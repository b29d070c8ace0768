"""The weekly analysis and the monthly summary of a project's service, as they stand and as they were seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from application.kernel.pages import Actor
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis_events import MonthLabel, WeekLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """How many deadlines are judged, how many were kept, and the share, None where none is judged."""

    due: int
    on_time: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCoverage:
    """How many repairs were completed, of how many the resident was visited, and the share (回访覆盖率)."""

    completed: int
    visited: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """What residents said at return visits; `rate` is the share of satisfied ones, `average_rating` 1 to 5."""

    satisfied: int
    unsatisfied: int
    rate: float | None
    rated: int
    average_rating: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresShown:
    """The figures of requests received in a period; names without any are left out of the counts."""

    received: int
    by_kind: Mapping[str, int]
    by_category: Mapping[str, int]
    by_channel: Mapping[str, int]
    response: OnTime
    resolution: OnTime
    return_visits: VisitCoverage
    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenAnalysis:
    """The figures that were seen when a week was reviewed or a month archived, and the log position they stood at."""

    figures: FiguresShown
    position: int
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisPage:
    """The analysis of a week or a month of a project's service: the figures as they stand, beside the frozen ones.

    One of `week` and `month` is given; `first_day` and `last_day` are in the city's time zone, both included.
    """

    id: ProjectId
    version: int
    name: str
    week: WeekLabel | None
    month: MonthLabel | None
    first_day: date
    last_day: date
    figures: FiguresShown
    frozen: FrozenAnalysis | None
