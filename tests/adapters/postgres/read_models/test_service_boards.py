"""What is asked of a project's service as a whole: the board, analyses, what was missed, and records of a year."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.http.encoding import encode
from application.service_requests.queries import OverdueFilter, RequestScope
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ServiceRequestNumber
from domain.licensing.folding import LICENCE
from domain.projects.events import CompanyChanged, ManagerLeftOffice, ManagerTookOffice
from domain.projects.project import PROJECT
from domain.service_requests.analysis import SERVICE_ANALYSIS
from domain.service_requests.analysis_events import MonthLabel, WeekLabel, WeeklyAnalysisReviewed
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE
from domain.service_requests.overdue_events import ResolutionOverdue, ResponseOverdue
from domain.service_requests.words import VisitOutcome
from tests.adapters.postgres.read_models.desk import BLUE, GREEN, LAKE, NORTH, RIVER, SOUTH, ZHANG, file_all, settle_in
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.practice import opened
from tests.domain.projects.zoning import zone
from tests.domain.service_requests.builders import (
    DONE,
    LEAK,
    OTHER_LEAK,
    RESIDENT,
    at,
    closed,
    completed,
    dispatched,
    received,
    reopened,
    started,
    unreachable,
    visited,
)

WEEK = WeekLabel("2026-W48")
MONTH = MonthLabel("2026-11")


@pytest.fixture
async def desk(town: Town) -> Town:
    await town.adopt()
    await town.build()
    for company, name in ((GREEN, "绿水物业"), (BLUE, "蓝天物业")):
        await town.tell(COMPANY, company, CompanyRegistered(name=name, uscc=None))
    await town.tell(LICENCE, ZHANG, opened())
    await settle_in(town)
    return town


async def follow(town: Town, hours: float = 40) -> None:
    await town.follow()
    town.clock.instant = at(hours)


def shown(page: object) -> Any:
    assert page is not None
    return json.loads(encode(page))


async def test_the_board_counts_what_is_open_by_zone_and_shows_what_presses_most(desk: Town) -> None:
    await desk.tell(PROJECT, LAKE, *zone("二区"), *zone("一区"))
    await file_all(desk)
    await follow(desk)
    board = shown(await desk.requests.board(LAKE))
    assert {name: board[name] for name in ("name", "open", "overdue", "waiting_for_visit")} == {
        "name": "湖景苑",
        "open": 7,
        "overdue": 6,
        "waiting_for_visit": 1,
    }
    assert [(each["zone"], each["zone_manager"], each["open"]) for each in board["by_zone"]] == [
        ("二区", "王五", 0),
        ("一区", "王五", 1),
        (None, None, 6),
    ]
    dues = [card["due"] for card in board["most_urgent"] if card["due"] is not None]
    assert dues == sorted(dues)
    assert len(board["most_urgent"]) == 7
    assert await desk.requests.board(LEAK) is None  # type: ignore[arg-type] # no project


async def test_figures_of_a_week_are_those_of_what_was_received_in_it(desk: Town) -> None:
    late = (received(project_id=LAKE), dispatched(0.6), started(0.7), completed(25))
    await desk.tell(SERVICE_REQUEST, LEAK, *late, visited(rating=5, hours=26), closed(27))
    again = (unreachable(4), visited(VisitOutcome.UNSATISFIED, 5, rating=2), reopened(5))
    await desk.tell(SERVICE_REQUEST, OTHER_LEAK, received(project_id=LAKE), *DONE[1:], *again)
    await follow(desk, 5.1)
    figures = shown(await desk.requests.week(LAKE, WEEK))["figures"]
    assert figures == {
        "received": 2,
        "by_kind": {"repair": 2},
        "by_category": {"minor": 2},
        "by_channel": {"app": 2},
        # The one that was reopened was answered in time; its completion in time was undone, and none is due yet.
        "response": {"due": 2, "on_time": 1, "rate": 0.5},
        "resolution": {"due": 1, "on_time": 0, "rate": 0.0},
        "return_visits": {"completed": 2, "visited": 2, "rate": 1.0},
        "satisfaction": {"satisfied": 1, "unsatisfied": 1, "rate": 0.5, "rated": 2, "average_rating": 3.5},
    }


@pytest.mark.parametrize(
    ("hours", "counted"), [(-24 * 1 - 12.1, 0), (-24 * 1 - 12, 1), (24 * 5 + 11.9, 1), (24 * 5 + 12, 0)]
)
async def test_a_week_begins_and_ends_at_midnight_in_the_city(desk: Town, hours: float, counted: int) -> None:
    """Noon on Tuesday in Shanghai is a day and a half after Monday began, five and a half before Sunday ends."""
    await desk.tell(SERVICE_REQUEST, LEAK, received(project_id=LAKE, occurred_at=at(hours)))
    await follow(desk)
    assert shown(await desk.requests.week(LAKE, WEEK))["figures"]["received"] == counted


async def test_without_requests_there_are_no_rates(desk: Town) -> None:
    await follow(desk)
    page = shown(await desk.requests.month(LAKE, MONTH))
    assert (page["first_day"], page["last_day"], page["month"], page["week"]) == (
        "2026-11-01",
        "2026-11-30",
        MONTH,
        None,
    )
    assert page["figures"]["received"] == 0
    assert page["figures"]["response"] == {"due": 0, "on_time": 0, "rate": None}
    assert page["frozen"] is None


async def test_what_is_no_week_or_month_cannot_be_analysed(desk: Town) -> None:
    with pytest.raises(Unacceptable):
        await desk.requests.week(LAKE, WeekLabel("2026-W54"))
    with pytest.raises(Unacceptable):
        await desk.requests.month(LAKE, MonthLabel("2026-13"))


async def test_reviewed_figures_stay_beside_those_of_today(desk: Town) -> None:
    position = await desk.tell(SERVICE_REQUEST, LEAK, received(project_id=LAKE))
    await follow(desk, 0.1)
    seen = await desk.requests.seen(LAKE, date(2026, 11, 23), date(2026, 11, 29))
    assert seen.position == position
    reviewed = WeeklyAnalysisReviewed(project_id=LAKE, week=WEEK, figures=seen.figures, position=seen.position)
    await desk.tell(SERVICE_ANALYSIS, LAKE, reviewed, at=at(168))
    await follow(desk, 168)
    page = shown(await desk.requests.week(LAKE, WEEK))
    assert page["frozen"]["position"] == position
    assert page["frozen"]["by"] == {"subject": "clerk", "role": "municipal"}
    assert page["frozen"]["at"] == "2026-12-01T04:00:00Z"
    assert page["frozen"]["figures"]["response"]["due"] == 0
    assert page["figures"]["response"] == {"due": 1, "on_time": 0, "rate": 0.0}
    assert shown(await desk.requests.month(LAKE, MONTH))["frozen"] is None


async def _note(town: Town, request: Any, project: Any, district: Any, company: Any) -> None:
    place = {"project_id": project, "district": district, "company_id": company, "licence_id": ZHANG}
    notes = (ResponseOverdue(due=at(0.5), **place), ResolutionOverdue(due=at(24), **place))
    await town.tell(OVERDUE, request, *notes)


async def test_missed_deadlines_are_listed_newest_first_by_who_answered_for_them(desk: Town) -> None:
    await desk.tell(SERVICE_REQUEST, LEAK, received(project_id=LAKE))
    other = received(project_id=RIVER, number=ServiceRequestNumber("SR-321000-20261124-0000000004"))
    await desk.tell(SERVICE_REQUEST, OTHER_LEAK, other)
    await _note(desk, LEAK, LAKE, SOUTH, BLUE)
    await _note(desk, OTHER_LEAK, RIVER, NORTH, GREEN)
    await follow(desk)

    async def noted(wanted: OverdueFilter) -> list[tuple[str, str]]:
        found = shown((await desk.requests.overdue(wanted, limit=10)).items)
        return [(entry["project"]["name"], entry["clock"]) for entry in found]

    south = [("湖景苑", "resolution"), ("湖景苑", "response")]
    north = [("江畔花园", "resolution"), ("江畔花园", "response")]
    assert await noted(OverdueFilter()) == [*north, *south]
    assert await noted(OverdueFilter(within=RequestScope(district=SOUTH))) == south
    assert await noted(OverdueFilter(within=RequestScope(company_id=GREEN))) == north
    assert await noted(OverdueFilter(within=RequestScope(licence_id=ZHANG))) == [*north, *south]
    assert await noted(OverdueFilter(within=RequestScope(project_id=RIVER))) == north
    assert await noted(OverdueFilter(project_id=LAKE)) == south
    assert await noted(OverdueFilter(within=RequestScope(project_id=LAKE, reporter=RESIDENT))) == south
    first = await desk.requests.overdue(OverdueFilter(), limit=3)
    assert first.next is not None
    rest = await desk.requests.overdue(OverdueFilter(), before=first.next, limit=3)
    assert (len(first.items), len(rest.items), rest.next) == (3, 1, None)


async def test_a_company_answers_for_what_was_received_while_it_managed(desk: Town) -> None:
    visit = visited(hours=4)
    await desk.tell(SERVICE_REQUEST, LEAK, received(project_id=LAKE), *DONE[1:], visit, at=at(10))
    await desk.tell(PROJECT, LAKE, CompanyChanged(company_id=GREEN), at=at(48))
    later = received(project_id=LAKE, occurred_at=at(50), respond_by=at(50.5), resolve_by=at(74))
    await desk.tell(SERVICE_REQUEST, OTHER_LEAK, later, at=at(51))
    await follow(desk, 52)
    before, after = [shown(await desk.companies.credit_file(company, 2026)) for company in (BLUE, GREEN)]
    names = ("requests", "overdue_requests", "overdue_share", "repairs_completed", "return_visit_coverage")
    assert [before[name] for name in names] == [1, 0, 0.0, 1, 1.0]
    assert [after[name] for name in names] == [1, 1, 1.0, 0, None]
    assert shown(await desk.companies.credit_file(GREEN, 2025))["requests"] == 0


async def test_a_manager_answers_for_what_was_received_on_days_in_office(desk: Town) -> None:
    """Took office on 24 November and left on the 26th: both days are included."""
    left = ManagerLeftOffice(
        licence_id=ZHANG, until=date(2026, 11, 26), reason="离职", replacement_due=date(2027, 1, 25)
    )
    await desk.tell(PROJECT, LAKE, left, at=at(50))
    on_the_last_day, on_the_next = at(48 + 11.9), at(48 + 12)
    for nth, instant in enumerate((on_the_last_day, on_the_next), start=1):
        due = {"respond_by": instant, "resolve_by": instant}
        number = ServiceRequestNumber(f"SR-321000-20261124-000000000{nth}")
        filed = received(project_id=LAKE, occurred_at=instant, number=number, **due)
        await desk.tell(SERVICE_REQUEST, (LEAK, OTHER_LEAK)[nth - 1], filed)
    await _note(desk, LEAK, LAKE, SOUTH, BLUE)
    await follow(desk, 100)
    record = shown(await desk.requests.service_record(ZHANG))
    assert record == {
        "id": str(ZHANG),
        "version": 1,
        "year": 2026,
        "requests": 1,
        "overdue": 1,
        "overdue_share": 1.0,
        "repairs_completed": 0,
        "repairs_visited": 0,
        "return_visit_coverage": None,
        "noted": {"resolution": 1, "response": 1},
    }
    assert shown(await desk.requests.service_record(ZHANG, 2025))["requests"] == 0
    assert await desk.requests.service_record(LEAK) is None  # type: ignore[arg-type] # no licence


async def test_a_tenure_that_was_taken_up_again_counts_again(desk: Town) -> None:
    left = ManagerLeftOffice(
        licence_id=ZHANG, until=date(2026, 11, 24), reason="离职", replacement_due=date(2027, 1, 23)
    )
    await desk.tell(PROJECT, LAKE, left, ManagerTookOffice(licence_id=ZHANG, since=date(2026, 11, 26)))
    for nth, hours in enumerate((0, 24, 48)):
        filed = received(project_id=LAKE, occurred_at=at(hours), respond_by=at(99), resolve_by=at(99))
        await desk.tell(SERVICE_REQUEST, UUID(int=900 + nth), filed)
    await follow(desk, 60)
    record = await desk.requests.service_record(ZHANG)
    assert record is not None
    assert (record.requests, record.overdue) == (2, 0)
