"""The weekly analysis and the monthly summary of a project's service, and what freezes them."""

from typing import Final

import pytest

from application.kernel.callers import Role
from tests.journeys.answers import Json, Problem
from tests.journeys.city import City, types
from tests.journeys.clerk import Clerk
from tests.journeys.desk import DONE, Desk
from tests.journeys.misfits import NOBODY

pytestmark = pytest.mark.asyncio(loop_scope="module")

WEEK: Final = "2026-W47"
"""16 to 22 November: the week before the one in which the city begins."""


async def a_week_of_service(city: City) -> Desk:
    """Have a project's week: a repair in time and visited, one too late, a complaint, and two outside the week."""
    desk = await Desk.of(city)

    async def repaired(day: str, start: str, outcome: str) -> str:
        path = await desk.reported(by=desk.office, channel="hotline", occurred_at=f"{day}T09:00:00+08:00")
        for step, body, at in (
            ("dispatch", {"assignee": desk.assignee}, "09:05"),
            ("start", {}, start),
            ("completion", DONE, "16:00"),
        ):
            await desk.office.does(f"{path}/{step}", {**body, "occurred_at": f"{day}T{at}:00+08:00"})
        await desk.visited(path, outcome, rating=5, occurred_at=f"{day}T17:00:00+08:00")
        return path

    await repaired("2026-11-16", "09:30", "satisfied")
    await repaired("2026-11-22", "09:31", "satisfied")
    await desk.reported("complaint", by=desk.office, channel="visit", occurred_at="2026-11-22T23:59:59+08:00")
    await desk.reported("suggestion", by=desk.office, occurred_at="2026-11-15T23:59:59+08:00")
    await desk.reported("suggestion", by=desk.office, occurred_at="2026-11-23T00:00:00+08:00")
    return desk


def analysis(desk: Desk) -> str:
    return f"/projects/{desk.project}/service-requests/analysis"


async def test_a_week_is_counted_by_the_city_s_own_days(city: City) -> None:
    desk = await a_week_of_service(city)
    page = await desk.office.reads(f"{analysis(desk)}?week={WEEK}")
    assert (page["id"], page["week"], page["month"]) == (desk.project, WEEK, None)
    assert (page["first_day"], page["last_day"], page["frozen"]) == ("2026-11-16", "2026-11-22", None)
    figures = page["figures"]
    assert figures["received"] == 3
    assert figures["by_kind"] == {"repair": 2, "complaint": 1}
    assert figures["by_category"] == {"minor": 2, "complaint": 1}
    assert figures["by_channel"] == {"hotline": 2, "visit": 1}
    # Half past nine is in time, a minute later is not, and nobody has answered the complaint within its day.
    assert (figures["response"]["due"], figures["response"]["on_time"]) == (3, 1)
    assert (figures["resolution"]["due"], figures["resolution"]["on_time"]) == (2, 2)
    assert figures["return_visits"] == {"completed": 2, "visited": 2, "rate": 1.0}
    assert figures["satisfaction"] == {
        "satisfied": 2,
        "unsatisfied": 0,
        "rate": 1.0,
        "rated": 2,
        "average_rating": 5.0,
    }
    month = await desk.office.reads(f"{analysis(desk)}?month=2026-11")
    assert (month["first_day"], month["last_day"], month["figures"]["received"]) == ("2026-11-01", "2026-11-30", 5)
    empty = (await desk.office.reads(f"{analysis(desk)}?week=2026-W40"))["figures"]
    assert (empty["received"], empty["by_kind"], empty["response"]["rate"]) == (0, {}, None)


async def test_a_review_freezes_what_was_seen(city: City, clerk: Clerk) -> None:
    desk = await a_week_of_service(city)
    version = (await clerk.reads(f"/projects/{desk.project}"))["version"]
    seen = (await desk.office.reads(f"{analysis(desk)}?week={WEEK}"))["figures"]
    before = await city.last_position()
    receipt = await desk.manager.does(f"{analysis(desk)}/review", {"week": WEEK})
    assert (receipt.id, receipt.version) == (desk.project, version)
    assert types(await city.events(after=before)) == ["service-analysis.weekly-analysis-reviewed"]
    # What comes in afterwards changes today's figures, and not the frozen ones.
    await desk.reported("consultation", by=desk.office, occurred_at="2026-11-18T10:00:00+08:00")
    page = await desk.office.reads(f"{analysis(desk)}?week={WEEK}")
    assert page["figures"]["received"] == seen["received"] + 1
    assert page["frozen"]["figures"] == seen
    assert page["frozen"]["position"] <= receipt.position
    assert page["frozen"]["by"]["role"] == "manager"
    again = await desk.office.fails(409, f"{analysis(desk)}/review", {"week": WEEK})
    assert again.broken == {"analysis.already-reviewed"}
    assert (await clerk.items(f"/projects/{desk.project}/refusals"))[0]["position"] == again.position
    assert await desk.office.is_refused(f"{analysis(desk)}/review", {"week": "2026-W48"}) == {"analysis.week-not-over"}


async def test_an_archive_freezes_a_month(city: City) -> None:
    desk = await Desk.of(city)
    await desk.reported("complaint", by=desk.office, occurred_at="2026-10-31T23:59:59+08:00")
    await desk.office.does(f"{analysis(desk)}/archive", {"month": "2026-10"})
    page = await desk.office.reads(f"{analysis(desk)}?month=2026-10")
    assert page["frozen"]["figures"] == page["figures"]
    assert page["figures"]["received"] == 1
    assert await desk.office.is_refused(f"{analysis(desk)}/archive", {"month": "2026-10"}) == {
        "analysis.already-archived"
    }
    assert await desk.office.is_refused(f"{analysis(desk)}/archive", {"month": "2026-11"}) == {
        "analysis.month-not-over"
    }


@pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "2026-W00", "2026-47", "2026W47", "2026-w47", "", "今周"])
async def test_what_is_no_week_is_pointed_at(city: City, week: str) -> None:
    desk = await Desk.of(city)
    assert (await desk.office.cannot_read(422, f"{analysis(desk)}?week={week}")).pointers == {"/week"}
    assert (await desk.office.fails(422, f"{analysis(desk)}/review", {"week": week})).pointers == {"/week"}


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "202611", "2026-11-01", "1899-12", "3000-01", ""])
async def test_what_is_no_month_is_pointed_at(city: City, month: str) -> None:
    desk = await Desk.of(city)
    assert (await desk.office.cannot_read(422, f"{analysis(desk)}?month={month}")).pointers == {"/month"}
    assert (await desk.office.fails(422, f"{analysis(desk)}/archive", {"month": month})).pointers == {"/month"}


@pytest.mark.parametrize("body", [{}, {"week": 47}, {"week": None}, {"month": "2026-10"}], ids=str)
async def test_a_review_names_a_week(city: City, body: Json) -> None:
    desk = await Desk.of(city)
    problem = await desk.office.fails(422, f"{analysis(desk)}/review", body)
    assert "/week" in problem.pointers


async def test_exactly_one_of_week_and_month_is_given(city: City) -> None:
    desk = await Desk.of(city)
    for query in ("", f"?week={WEEK}&month=2026-11"):
        problem = await desk.office.cannot_read(422, f"{analysis(desk)}{query}")
        assert problem.pointers == {"/week", "/month"}
    assert (await desk.office.cannot_read(422, f"{analysis(desk)}?day=2026-11-24")).pointers == {"/day"}
    for odd in ("2026-W53", "1900-W01", "2999-W52"):
        assert (await desk.office.reads(f"{analysis(desk)}?week={odd}"))["figures"]["received"] == 0


async def test_who_may_see_and_who_may_freeze(city: City, clerk: Clerk) -> None:
    desk, elsewhere = await Desk.of(city), await Desk.of(city, district="321003")
    committee = city.neighbour(Role.OWNERS_COMMITTEE, desk.project)
    path = f"{analysis(desk)}?week={WEEK}"
    for reader in (clerk, city.auditor(), city.officer(), desk.office, desk.manager, committee):
        await reader.reads(path)
    for stranger in (elsewhere.office, elsewhere.manager, city.officer("321003"), desk.resident, desk.repairer):
        await stranger.cannot_read(403, path)
    await city.neighbour(Role.OWNERS_COMMITTEE, elsewhere.project).cannot_read(404, path)
    await clerk.cannot_read(404, f"/projects/{NOBODY}/service-requests/analysis?week={WEEK}")
    for reader in (clerk, city.officer(), committee, desk.resident, elsewhere.office, city.auditor()):
        for step, body in (("review", {"week": WEEK}), ("archive", {"month": "2026-10"})):
            assert Problem.of(await reader.post(f"{analysis(desk)}/{step}", body)).status == 403
