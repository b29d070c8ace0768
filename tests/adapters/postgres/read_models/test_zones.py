"""Zones as people look them up on the page of their project."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.read_models.zones import ZONES
from api.http.encoding import encode
from domain.kernel.identifiers import ProjectId
from domain.projects.events import ProjectEvent
from domain.projects.project import PROJECT
from domain.projects.zone_events import ZoneManager, ZoneNoticePosted
from tests.adapters.postgres.read_models.told import rows, told
from tests.adapters.postgres.read_models.town import Town
from tests.domain.projects.builders import EAST, ESTATE, registered, section
from tests.domain.projects.zoning import HOTLINE, WANG, ZHAO, ask, defined, named, zone

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def posted(
    entrance: str, manager: ZoneManager = WANG, *, on: date = MONDAY, name: str = "一区", hotline: str = HOTLINE
) -> ZoneNoticePosted:
    return ZoneNoticePosted(name=name, entrance=entrance, posted_on=on, zone_manager=manager, hotline=hotline)


@pytest.fixture
async def estate(town: Town) -> Town:
    await town.build()
    await town.tell(PROJECT, ESTATE, registered())
    await town.follow()
    return town


async def read(town: Town, project_id: ProjectId = ESTATE) -> Any:
    page = await town.projects.find(project_id)
    assert page is not None
    return json.loads(encode(page))


async def then(town: Town, *events: ProjectEvent) -> Any:
    await town.tell(PROJECT, ESTATE, *events)
    await town.follow()
    return (await read(town))["zones"]


async def test_a_zone_is_shown_with_all_that_it_has(estate: Town) -> None:
    assert await then(estate, *zone(area="75000.50", units=("3", "4-2")), posted("3幢2单元")) == [
        {
            "name": "一区",
            "kind": "general",
            "area_m2": 75000.5,
            "households": 400,
            "units": ["3", "4-2"],
            "zone_manager": {"subject": "wang", "name": "王五"},
            "hotline": HOTLINE,
            "reason": None,
            "notices": [{"entrance": "3幢2单元", "posted_on": "2026-11-23", "out_of_date": False}],
        }
    ]
    assert (await read(estate))["version"] == 4


async def test_an_area_has_one_spelling(estate: Town) -> None:
    await then(estate, *zone(area="80000.00"))
    page = await estate.projects.find(ESTATE)
    assert page is not None
    assert str(page.zones[0].area_m2) == "80000"


async def test_a_manager_without_a_subject_is_a_name(estate: Town) -> None:
    (shown,) = await then(estate, *zone(zone_manager=ZHAO))
    assert shown["zone_manager"] == "赵六"


async def test_zones_stand_in_the_order_in_which_they_were_first_defined(estate: Town) -> None:
    shown = await then(estate, *zone("乙"), *zone("甲"), defined(ask("乙", area=76_000, reason="地块狭长")))
    assert [(each["name"], each["area_m2"], each["reason"]) for each in shown] == [
        ("乙", 76000, "地块狭长"),
        ("甲", 75000, None),
    ]
    assert shown[0]["hotline"] == HOTLINE


async def test_every_project_has_its_own(estate: Town) -> None:
    await estate.tell(PROJECT, EAST, section(), *zone(hotline="1"))
    await then(estate, *zone(hotline="2"))
    assert [(await read(estate, each))["zones"][0]["hotline"] for each in (EAST, ESTATE)] == ["1", "2"]


async def test_a_zone_shows_once_its_manager_is_named(estate: Town) -> None:
    assert await then(estate, defined()) == []
    assert [each["name"] for each in await then(estate, named())] == ["一区"]


async def test_notices_go_out_of_date_and_are_posted_anew(estate: Town) -> None:
    await then(estate, *zone(), *zone("二区"), posted("甲门"), posted("乙门"), posted("甲门", name="二区"))
    shown = await then(estate, named(ask(hotline="1")), posted("甲门", hotline="1", on=TUESDAY))
    assert [each["notices"] for each in shown] == [
        [
            {"entrance": "甲门", "posted_on": "2026-11-24", "out_of_date": False},
            {"entrance": "乙门", "posted_on": "2026-11-23", "out_of_date": True},
        ],
        [{"entrance": "甲门", "posted_on": "2026-11-23", "out_of_date": False}],
    ]
    shown = await then(estate, named(ask(zone_manager=ZHAO, hotline="1")))
    assert [notice["out_of_date"] for notice in shown[0]["notices"]] == [True, True]
    shown = await then(estate, named())
    assert [notice["out_of_date"] for notice in shown[0]["notices"]] == [True, False]


async def test_built_anew_the_rows_are_the_same(estate: Town) -> None:
    await then(estate, *zone(units=("3",)), posted("甲门"), *zone("二区", zone_manager=ZHAO), named(ask(hotline="1")))
    before, page = await estate.rows(ZONES), await read(estate)
    await estate.build(ZONES)
    assert (await estate.rows(ZONES), await read(estate)) == (before, page)


_NAMES = st.sampled_from(["一区", "二区"])
_EVENTS = st.one_of(
    st.builds(lambda name, area: defined(ask(name, area=area)), _NAMES, st.sampled_from([70_000, 80_000])),
    st.builds(lambda name, manager: named(ask(name, zone_manager=manager)), _NAMES, st.sampled_from([WANG, ZHAO])),
    st.builds(lambda name, gate: posted(gate, name=name), _NAMES, st.sampled_from(["甲门", "乙门"])),
)


@given(st.lists(_EVENTS, max_size=12))
def test_zones_stand_as_decisions_see_them(events: list[ProjectEvent]) -> None:
    life = [registered(), *zone("一区"), *zone("二区"), *events]
    decided = PROJECT.fold(life)
    assert decided is not None
    found = {row.name: row for row in rows(ZONES, told(PROJECT, ESTATE, *life))}
    assert list(found) == list(decided.zones)
    for name, each in decided.zones.items():
        row = found[name]
        assert (row.kind, row.area_m2, row.households) == (
            each.size.kind,
            each.size.area_m2.square_metres,
            each.size.households,
        )
        assert each.contact is not None
        assert (row.zone_manager, row.hotline) == (each.contact.zone_manager, each.contact.hotline)
        assert {hung.entrance: (hung.posted_on, hung.zone_manager, hung.hotline) for hung in row.notices} == {
            entrance: (notice.posted_on, notice.shows.zone_manager, notice.shows.hotline)
            for entrance, notice in each.notices.items()
        }
