"""Service zones over HTTP: their size, their manager, and the notices at the entrances."""

from urllib.parse import quote

import pytest

from tests.journeys.answers import Json
from tests.journeys.city import City, types
from tests.journeys.clerk import Clerk, service_zone
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

WANG = {"subject": "wang", "name": "王五"}


async def zones(clerk: Clerk, project: str) -> list[Json]:
    shown: list[Json] = (await clerk.reads(f"/projects/{project}"))["zones"]
    return shown


async def test_a_zone_stands_on_the_page_of_its_project(city: City, clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    before = await city.last_position()
    body = service_zone(area_m2=75_000.5, units=["3", "4-2"], zone_manager=WANG)
    receipt = await clerk.does(f"/projects/{project}/zones", body)
    assert (receipt.id, receipt.version) == (project, 3)
    events = await city.events(after=before)
    assert types(events) == ["project.zone-defined", "project.zone-manager-named"]
    assert receipt.position == events[-1]["position"]
    page = await clerk.reads(f"/projects/{project}")
    assert (page["version"], page["zones"]) == (3, [{**body, "reason": None, "notices": []}])
    listed = await clerk.items("/projects")
    assert [each["zones"] for each in listed if each["id"] == project] == [page["zones"]]


async def test_a_manager_is_shown_as_given_by_name_or_with_a_subject(clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    for manager in ("王五", WANG, "赵六"):
        await clerk.does(f"/projects/{project}/zones", service_zone(zone_manager=manager))
        assert [zone["zone_manager"] for zone in await zones(clerk, project)] == [manager]


@pytest.mark.parametrize("manager", [None, "", "  ", 12, True, [], ["王五"], "长" * 201], ids=repr)
async def test_a_manager_is_a_name_or_an_object(clerk: Clerk, manager: Json) -> None:
    project = await clerk.project(await clerk.company())
    problem = await clerk.fails(422, f"/projects/{project}/zones", service_zone(zone_manager=manager))
    assert problem.pointers == {"/zone_manager"}


async def test_a_second_zone_outside_the_bounds_needs_a_reason(clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    path = f"/projects/{project}/zones"
    await clerk.does(path, service_zone("一区", area_m2=30_000, households=150))
    for odd in ({"area_m2": 69_999.99}, {"area_m2": 80_000.01}, {"households": 319}, {"households": 481}):
        assert await clerk.is_refused(path, service_zone("二区", **odd)) == {"zone.size-without-reason"}
    for households in (199, 301):
        villas = service_zone("二区", kind="villa", households=households, area_m2=1_000_000)
        assert await clerk.is_refused(path, villas) == {"zone.size-without-reason"}
    await clerk.does(path, service_zone("二区", kind="villa", households=250, area_m2=1_000_000))
    await clerk.does(path, service_zone("三区", area_m2=90_000, reason="地块狭长"))
    assert [(zone["name"], zone["reason"]) for zone in await zones(clerk, project)] == [
        ("一区", None),
        ("二区", None),
        ("三区", "地块狭长"),
    ]


async def test_the_same_again_is_nothing_to_do_and_another_manager_is_named_alone(city: City, clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    path = f"/projects/{project}/zones"
    first = await clerk.does(path, service_zone())
    before = await city.last_position()
    assert (await clerk.does(path, service_zone(units=[]))).version == first.version
    assert await city.last_position() == before
    assert (await clerk.does(path, service_zone(hotline="0514-80000002"))).version == first.version + 1
    assert types(await city.events(after=before)) == ["project.zone-manager-named"]
    assert [zone["hotline"] for zone in await zones(clerk, project)] == ["0514-80000002"]


async def test_a_unit_belongs_to_one_zone(clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    path = f"/projects/{project}/zones"
    await clerk.does(path, service_zone("一区", units=["3"]))
    assert await clerk.is_refused(path, service_zone("二区", units=["3"])) == {"zone.unit-in-another-zone"}
    await clerk.does(path, service_zone("二区", units=["3-2"]))
    problem = await clerk.fails(422, path, service_zone("三区", units=["4", "3-"]))
    assert problem.pointers == {"/units/1"}


async def test_a_notice_goes_out_of_date_with_manager_or_hotline(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        project = await clerk.project(await clerk.company())
        path = f"/projects/{project}/zones"
        await clerk.does(path, service_zone())
        for entrance in ("3幢1单元", "3幢2单元"):
            await clerk.does(f"{path}/一区/notices", {"entrance": entrance})
        again = await clerk.does(f"{path}/一区/notices", {"entrance": "3幢1单元"})
        assert again.version == (await clerk.reads(f"/projects/{project}"))["version"]
        await clerk.does(path, service_zone(area_m2=76_000))
        assert await notices(clerk, project) == [
            {"entrance": "3幢1单元", "posted_on": "2026-11-24", "out_of_date": False},
            {"entrance": "3幢2单元", "posted_on": "2026-11-24", "out_of_date": False},
        ]
        await clerk.does(path, service_zone(area_m2=76_000, zone_manager=WANG))
        assert [notice["out_of_date"] for notice in await notices(clerk, project)] == [True, True]
    async with place.at("2026-11-25T00:30:00+08:00") as city:
        clerk = city.clerk()
        await clerk.does(f"{path}/一区/notices", {"entrance": "3幢2单元"})
        assert await notices(clerk, project) == [
            {"entrance": "3幢1单元", "posted_on": "2026-11-24", "out_of_date": True},
            {"entrance": "3幢2单元", "posted_on": "2026-11-25", "out_of_date": False},
        ]
        await clerk.does(path, service_zone(area_m2=76_000, zone_manager=WANG, hotline="0514-80000002"))
        assert [notice["out_of_date"] for notice in await notices(clerk, project)] == [True, True]
        # What hung there first shows the right manager and hotline again.
        await clerk.does(path, service_zone(area_m2=76_000))
        assert [notice["out_of_date"] for notice in await notices(clerk, project)] == [False, True]


async def notices(clerk: Clerk, project: str) -> list[Json]:
    (zone,) = await zones(clerk, project)
    found: list[Json] = zone["notices"]
    return found


async def test_a_zone_is_found_by_its_name_whatever_that_is(clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    path = f"/projects/{project}/zones"
    await clerk.fails(404, f"{path}/一区/notices", {"entrance": "东门"})
    for name in ("一区/东", "A 区?", "zones", "notices", "100%"):
        await clerk.does(path, service_zone(name))
        await clerk.does(f"{path}/{quote(name, safe='')}/notices", {"entrance": "东门"})
    assert [(zone["name"], len(zone["notices"])) for zone in await zones(clerk, project)] == [
        ("一区/东", 1),
        ("A 区?", 1),
        ("zones", 1),
        ("notices", 1),
        ("100%", 1),
    ]


async def test_a_withdrawn_project_keeps_its_zones_as_they_were(clerk: Clerk) -> None:
    project = await clerk.project(await clerk.company())
    path = f"/projects/{project}/zones"
    await clerk.does(path, service_zone())
    await clerk.does(f"/projects/{project}/withdrawal", {"reason": "撤管"})
    assert await clerk.is_refused(path, service_zone(hotline="1")) == {"project.not-active"}
    assert await clerk.is_refused(f"{path}/一区/notices", {"entrance": "东门"}) == {"project.not-active"}
    assert [zone["hotline"] for zone in await zones(clerk, project)] == ["0514-80000001"]
