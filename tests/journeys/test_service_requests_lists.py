"""Lists of service requests: filters, pages, what is overdue by now, the board of a project, exports."""

from urllib.parse import quote

import pytest

from application.kernel.callers import Role
from tests.api.exporting.readers import READERS
from tests.journeys.answers import Json
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, service_zone
from tests.journeys.client import Client
from tests.journeys.desk import DONE, Desk
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def listed(client: Client, query: str) -> list[str]:
    """Answer the paths of the requests in a list."""
    return [f"/service-requests/{item['id']}" for item in await client.items(f"/service-requests?{query}")]


async def test_filters_pass_what_they_say_newest_first(city: City, clerk: Clerk) -> None:
    desk, elsewhere = await Desk.of(city), await Desk.of(city)
    leak = await desk.reported(description="主卧卫生间漏水，已关总阀")
    noise = await desk.completed("complaint", description="深夜施工噪声")
    light = await desk.dispatched(unit="7-1-302", description="楼道灯不亮")
    other = await elsewhere.reported(description="地下室漏水")
    here = f"project_id={desk.project}"
    assert await listed(clerk, here) == [light, noise, leak]
    assert await listed(clerk, f"{here}&status=received") == [leak]
    assert await listed(clerk, f"{here}&status=completed&kind=complaint") == [noise]
    assert await listed(clerk, f"{here}&kind=repair") == [light, leak]
    assert await listed(clerk, f"{here}&kind=suggestion") == []
    assert await listed(clerk, f"{here}&overdue=true") == []
    assert await listed(clerk, f"{here}&overdue=false") == [light, noise, leak]
    assert (await listed(clerk, f"q={quote('漏水')}"))[:1] == [other]
    assert await listed(clerk, f"{here}&q={quote('漏水')}") == [leak]
    assert await listed(clerk, f"{here}&q={quote('水')}&status=received&kind=repair&overdue=false") == [leak]
    assert await listed(clerk, f"{here}&q=7-1-302") == [light]
    assert await listed(clerk, f"{here}&q={(await clerk.reads(noise))['number']}") == [noise]
    for wild in ("%", "_", "\\", "'"):
        assert await listed(clerk, f"{here}&q={quote(wild)}") == []
    for private in ("王芳", "13800001111"):
        assert await listed(clerk, f"{here}&q={quote(private)}") == []


async def test_a_list_shows_each_as_its_own_page_does(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    path = await desk.completed()
    await desk.visited(path, "unsatisfied", note="仍漏", rating=1)
    (item,) = await clerk.items(f"/service-requests?project_id={desk.project}")
    assert item == await clerk.reads(path)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("status=open", "/status"),
        ("status=Closed", "/status"),
        ("status=", "/status"),
        ("kind=leak", "/kind"),
        ("overdue=1", "/overdue"),
        ("overdue=True", "/overdue"),
        ("project_id=x", "/project_id"),
        ("project_id=none", "/project_id"),
        ("q=", "/q"),
        ("q=%20", "/q"),
        ("q=%00", "/q"),
        ("q=" + "a" * 201, "/q"),
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("cursor=x", "/cursor"),
        ("status=closed&status=received", "/status"),
        ("category=minor", "/category"),
    ],
)
async def test_a_parameter_that_does_not_fit_is_named(clerk: Clerk, query: str, pointer: str) -> None:
    problem = await clerk.cannot_read(422, f"/service-requests?{query}")
    assert problem.pointers == {pointer}


async def test_pages_go_from_one_to_the_next(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    reported = [await desk.reported(description=f"第{number}件") for number in range(7)]
    query = f"/service-requests?project_id={desk.project}"
    page = await clerk.get(f"{query}&limit=3")
    assert page.headers["link"].endswith('rel="next"')
    assert [f"/service-requests/{item['id']}" for item in page.json()["items"]] == reported[:3:-1]
    # What comes in between pages moves nothing.
    await desk.reported()
    rest = await clerk.reads(f"{query}&limit=200&cursor={page.json()['next']}")
    assert [f"/service-requests/{item['id']}" for item in rest["items"]] == reported[3::-1]
    assert rest["next"] is None


@pytest.mark.parametrize("format_", ["csv", "xlsx", "parquet"])
async def test_requests_are_exported_as_they_are_listed(city: City, format_: str) -> None:
    desk, elsewhere = await Desk.of(city), await Desk.of(city)
    formula = await desk.reported(description="=1+1")
    closed = await desk.completed("consultation")
    await elsewhere.reported()
    answer = await desk.office.get(f"/service-requests?format={format_}")
    assert answer.status_code == 200
    assert int(answer.headers["x-log-position"]) > 0
    table = READERS[format_](answer.content)
    assert [f"/service-requests/{id_}" for id_ in table.column("id")] == [closed, formula]
    assert table.column("status") == ["completed", "received"]
    assert table.column("reporter.name") == ["王*", "王*"]
    assert table.column("description")[1] == ("'=1+1" if format_ == "csv" else "=1+1")
    assert "13800001111" not in str(table.rows)


@pytest.mark.parametrize("format_", ["csv", "xlsx", "parquet"])
async def test_what_stands_behind_a_request_is_exported_too(city: City, clerk: Clerk, format_: str) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("complaint")
    await desk.office.is_refused(f"{path}/closure", {})
    await desk.office.does(f"{path}/reply", {"text": "已处理"})
    await desk.office.does(f"{path}/closure", {})
    await desk.office.does(f"{path}/archive", {"lesson": f"早查 {desk.project}"})
    for list_, rows in (
        (f"{path}/history?", 7),
        (f"{path}/refusals?", 1),
        (f"/training-cases?q={desk.project}&", 1),
        (f"/overdue?project_id={desk.project}&", 0),
    ):
        answer = await clerk.get(f"{list_}format={format_}")
        assert answer.status_code == 200, answer.text
        assert len(READERS[format_](answer.content).rows) == rows, list_


async def test_what_is_overdue_follows_from_the_time(place: Place) -> None:
    async with place.at("2026-11-24T17:45:00+08:00") as city:
        desk = await Desk.of(city)
        minor, emergency = await desk.reported(), await desk.reported(category="emergency")
        answered = await desk.started()
        assert await listed(desk.office, "overdue=true") == []
    # Thirty minutes are over for the emergency, at any hour; of the service hours only fifteen have passed.
    async with place.at("2026-11-24T18:20:00+08:00") as city:
        office = city.employee(desk.company)
        assert await listed(office, "overdue=true") == [emergency]
        assert sorted(await listed(office, "overdue=false")) == sorted([minor, answered])
    async with place.at("2026-11-25T08:16:00+08:00") as city:
        office = city.employee(desk.company)
        assert sorted(await listed(office, "overdue=true")) == sorted([emergency, minor])
        page = await office.reads(minor)
        assert (page["overdue"], page["version"]) == (True, 1)
        assert page["deadlines"]["respond_by"].startswith("2026-11-25T00:15:0")
    async with place.at("2026-11-25T17:46:00+08:00") as city:
        office = city.employee(desk.company)
        assert len(await listed(office, "overdue=true")) == 3
        # What was missed stays missed, also when it is made good.
        repairer = city.neighbour(Role.STAFF, desk.project)
        await repairer.does(f"{answered}/completion", DONE)
        assert (await office.reads(answered))["overdue"] is True


async def test_the_board_counts_what_is_to_be_done(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    zones = f"/projects/{desk.project}/zones"
    await clerk.does(zones, service_zone("东区", units=["3"], zone_manager="赵六"))
    await clerk.does(zones, service_zone("西区", units=["5"], zone_manager="钱七"))
    await desk.reported(unit="3-1-101")
    await desk.completed(unit="5-1-101")
    await desk.completed("complaint", unit="5-1-102")
    late = await desk.reported(by=desk.office, unit="9-1-101", occurred_at="2026-11-20T09:00:00+08:00")
    gone = await desk.reported(unit="5-1-103")
    await desk.resident.does(f"{gone}/cancellation", {"reason": "误报"})
    for reader in (desk.office, desk.manager, clerk, city.officer(), city.auditor()):
        board = await reader.reads(f"/projects/{desk.project}/board")
        assert board["id"] == desk.project
        assert (board["open"], board["overdue"], board["waiting_for_visit"]) == (4, 1, 1)
        assert {zone["zone"]: _counts(zone) for zone in board["by_zone"]} == {
            "东区": (1, 0, 0),
            "西区": (2, 0, 1),
            None: (1, 1, 0),
        }
        assert f"/service-requests/{board['most_urgent'][0]['id']}" == late
    for stranger in (desk.resident, desk.repairer, city.employee(await clerk.company())):
        await stranger.cannot_read(403, f"/projects/{desk.project}/board")
    await clerk.cannot_read(404, "/projects/00000000-0000-4000-8000-000000000000/board")


def _counts(zone: Json) -> tuple[int, int, int]:
    return zone["open"], zone["overdue"], zone["waiting_for_visit"]


async def test_lessons_are_listed_without_saying_whose(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("complaint", unit="8-8-808", description="保安态度差")
    await desk.office.does(f"{path}/reply", {"text": "已处理"})
    await desk.office.does(f"{path}/closure", {})
    lesson = f"交接班须复述住户诉求 {desk.project}"
    await desk.office.does(f"{path}/archive", {"lesson": lesson})
    elsewhere = await Desk.of(city)
    for reader in (clerk, desk.manager, elsewhere.office):
        (case,) = await reader.items(f"/training-cases?q={quote(desk.project)}")
        assert (case["lesson"], case["kind"]) == (lesson, "complaint")
        assert "8-8-808" not in str(case)
        assert "保安" not in str(case)
    await desk.resident.cannot_read(403, "/training-cases")
