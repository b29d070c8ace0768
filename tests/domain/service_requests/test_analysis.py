"""Finished weeks are reviewed and finished months archived, once each, with the figures that were seen."""

from datetime import date

import pytest

from domain.kernel.errors import Unacceptable
from domain.service_requests.analysis import (
    SERVICE_ANALYSIS,
    ArchiveMonth,
    ReviewWeek,
    Seen,
    archive_month,
    month_is_archived_once,
    month_is_over,
    review_week,
    week_is_over,
    week_is_reviewed_once,
)
from domain.service_requests.analysis_events import (
    MonthLabel,
    MonthlySummaryArchived,
    ServiceFigures,
    WeekLabel,
    WeeklyAnalysisReviewed,
)
from domain.service_requests.periods import days_of_month, days_of_week
from tests.domain.service_requests.builders import ESTATE
from tests.spec import Given

analysis = Given(SERVICE_ANALYSIS)

FIGURES = ServiceFigures(
    received=3,
    by_kind={"repair": 2, "complaint": 1},
    by_category={"minor": 2, "complaint": 1},
    by_channel={"app": 3},
    responses_due=3,
    responses_on_time=2,
    resolutions_due=2,
    resolutions_on_time=2,
    repairs_completed=2,
    repairs_visited=1,
    satisfied=1,
    unsatisfied=0,
    rated=1,
    rating_sum=5,
)
SEEN = Seen(FIGURES, 7)
WEEK, MONTH = WeekLabel("2026-W47"), MonthLabel("2026-11")
REVIEW, ARCHIVE = ReviewWeek(project_id=ESTATE, week=WEEK), ArchiveMonth(project_id=ESTATE, month=MONTH)
REVIEWED = WeeklyAnalysisReviewed(project_id=ESTATE, week=WEEK, figures=FIGURES, position=7)
ARCHIVED = MonthlySummaryArchived(project_id=ESTATE, month=MONTH, figures=FIGURES, position=7)


def test_a_week_is_reviewed_from_the_monday_after() -> None:
    analysis().when(review_week, REVIEW, SEEN, today=date(2026, 11, 23)).then(REVIEWED)
    analysis().when(review_week, REVIEW, SEEN, today=date(2026, 11, 22)).breaks(week_is_over)


def test_a_week_is_reviewed_once() -> None:
    again = analysis(REVIEWED).when(review_week, REVIEW, SEEN, today=date(2026, 12, 1))
    again.breaks(week_is_reviewed_once)
    other = WeekLabel("2026-W46")
    expected = WeeklyAnalysisReviewed(project_id=ESTATE, week=other, figures=FIGURES, position=7)
    asked = ReviewWeek(project_id=ESTATE, week=other)
    analysis(REVIEWED, ARCHIVED).when(review_week, asked, SEEN, today=date(2026, 12, 1)).then(expected)


def test_a_month_is_archived_from_the_first_of_the_next() -> None:
    analysis(REVIEWED).when(archive_month, ARCHIVE, SEEN, today=date(2026, 12, 1)).then(ARCHIVED)
    analysis(REVIEWED).when(archive_month, ARCHIVE, SEEN, today=date(2026, 11, 30)).breaks(month_is_over)


def test_a_month_is_archived_once() -> None:
    again = analysis(ARCHIVED).when(archive_month, ARCHIVE, SEEN, today=date(2026, 12, 2))
    again.breaks(month_is_archived_once)


@pytest.mark.parametrize(
    ("week", "monday", "sunday"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_a_week_has_seven_days_also_over_new_year(week: str, monday: date, sunday: date) -> None:
    assert days_of_week(WeekLabel(week)) == (monday, sunday)


@pytest.mark.parametrize("week", ["2025-W53", "2026-W00", "2026-W54", "2026-47", "2026W47", "", "W47", "0000-W01"])
def test_what_is_no_week_is_pointed_at(week: str) -> None:
    asked = ReviewWeek(project_id=ESTATE, week=WeekLabel(week))
    analysis().when(review_week, asked, SEEN, today=date(2027, 1, 1)).raises(Unacceptable, pointer="/week")


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_its_last_day(month: str, first: date, last: date) -> None:
    assert days_of_month(MonthLabel(month)) == (first, last)


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "2026", "", "2026-W11", "9999-12"])
def test_what_is_no_month_is_pointed_at(month: str) -> None:
    asked = ArchiveMonth(project_id=ESTATE, month=MonthLabel(month))
    analysis().when(archive_month, asked, SEEN, today=date(2027, 1, 1)).raises(Unacceptable, pointer="/month")
