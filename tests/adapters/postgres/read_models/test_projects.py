"""Projects as people look them up."""

import json
from datetime import date
from typing import Any, Final
from uuid import UUID

import pytest

from api.http.encoding import encode
from application.projects.queries import ProjectFilter
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import ProjectId
from domain.licensing.folding import LICENCE
from domain.projects.events import (
    AreaAmended,
    CompanyChanged,
    ContractRenewed,
    ManagerLeftOffice,
    ManagerTookOffice,
    OverLimitTolerated,
    ProjectEvent,
    ProjectKind,
    ProjectWithdrawn,
    SectionAdded,
    SectionWithdrawn,
    Stage,
    StageEntered,
)
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.practice import LICENCE_ID, NUMBER, OTHER, opened
from tests.domain.licensing.practice import registered as practice_registered
from tests.domain.projects.builders import EAST, ESTATE, WEST, registered, section

FIRM = OTHER


@pytest.fixture
async def estate(town: Town) -> Town:
    await town.build()
    await town.tell(COMPANY, FIRM, CompanyRegistered(name="蓝天物业", uscc=None))
    await town.tell(LICENCE, LICENCE_ID, opened(), practice_registered(FIRM))
    await town.tell(PROJECT, ESTATE, registered("120000.5", company_id=FIRM))
    await town.follow()
    return town


async def read(town: Town, project_id: ProjectId = ESTATE) -> Any:
    found = await town.projects.find(project_id)
    assert found is not None
    return json.loads(encode(found))


async def then(town: Town, *events: ProjectEvent) -> Any:
    await town.tell(PROJECT, ESTATE, *events)
    await town.follow()
    return await read(town)


async def test_the_page_is_that_of_the_contract(estate: Town) -> None:
    assert await read(estate) == {
        "id": str(ESTATE),
        "version": 1,
        "name": "江畔花园",
        "district": "420102",
        "address": "沿江大道 1 号",
        "kind": "residential",
        "building_area_m2": 120000.5,
        "area_estimated": False,
        "households": 1000,
        "company": {"id": str(FIRM), "name": "蓝天物业"},
        "contract": {"starts_on": "2026-01-01", "ends_on": "2028-12-31"},
        "stage": "regular",
        "status": "active",
        "section_of": None,
        "sections": [],
        "manager": None,
        "replacement_due": None,
        "over_limit_until": None,
        "tenures": [],
        "zones": [],
    }


async def test_every_tenure_is_shown_in_its_order(estate: Town) -> None:
    took = ManagerTookOffice(licence_id=LICENCE_ID, since=date(2026, 1, 5))
    left = ManagerLeftOffice(
        licence_id=LICENCE_ID, until=date(2026, 2, 1), reason="离职", replacement_due=date(2026, 3, 3)
    )
    again = ManagerTookOffice(licence_id=LICENCE_ID, since=date(2026, 2, 10))
    page = await then(estate, took)
    who = {"licence_id": str(LICENCE_ID), "name": "张三"}
    assert page["manager"] == who | {"licence_number": NUMBER, "since": "2026-01-05"}
    assert page["tenures"] == [who | {"since": "2026-01-05", "until": None}]
    page = await then(estate, left)
    assert (page["manager"], page["replacement_due"]) == (None, "2026-03-03")
    page = await then(estate, again)
    assert (page["manager"]["since"], page["replacement_due"]) == ("2026-02-10", None)
    assert page["tenures"] == [
        who | {"since": "2026-01-05", "until": "2026-02-01"},
        who | {"since": "2026-02-10", "until": None},
    ]
    await estate.erase(LICENCE_ID)
    await estate.follow()
    page = await read(estate)
    assert page["manager"]["name"] is None
    assert {tenure["name"] for tenure in page["tenures"]} == {None}


async def test_what_is_amended_is_shown(estate: Town) -> None:
    page = await then(
        estate,
        AreaAmended(building_area_m2=Area.of("130000"), reason="测绘"),
        OverLimitTolerated(licence_id=LICENCE_ID, over_limit_until=date(2026, 12, 1)),
        StageEntered(stage=Stage.SHOW_AREA),
        ContractRenewed(starts_on=date(2027, 1, 1), ends_on=date(2029, 12, 31)),
    )
    assert (page["version"], page["building_area_m2"], page["over_limit_until"]) == (5, 130000, "2026-12-01")
    assert (page["stage"], page["contract"]["starts_on"]) == ("show_area", "2027-01-01")
    page = await then(
        estate,
        AreaAmended(building_area_m2=Area.of("110000"), reason="复测"),
        CompanyChanged(company_id=FIRM),
        ProjectWithdrawn(reason="到期", withdrawn_on=date(2026, 11, 24)),
    )
    assert (page["over_limit_until"], page["status"]) == (None, "withdrawn")


async def test_sections_stand_on_the_page_of_the_whole(estate: Town) -> None:
    await estate.tell(PROJECT, EAST, section(60_000, name="东区", company_id=FIRM))
    await estate.tell(PROJECT, WEST, section("50000.25", name="西区", company_id=FIRM))
    area = Area.of("50000.25")
    page = await then(estate, SectionAdded(section_id=EAST, building_area_m2=Area.of(60_000)))
    page = await then(estate, SectionAdded(section_id=WEST, building_area_m2=area))
    assert page["sections"] == [
        {"id": str(EAST), "name": "东区", "building_area_m2": 60000},
        {"id": str(WEST), "name": "西区", "building_area_m2": 50000.25},
    ]
    assert (await read(estate, EAST))["section_of"] == str(ESTATE)
    withdrawn = ProjectWithdrawn(reason="到期", withdrawn_on=date(2026, 11, 24))
    await estate.tell(PROJECT, EAST, withdrawn)
    page = await then(estate, SectionWithdrawn(section_id=EAST))
    assert [entry["name"] for entry in page["sections"]] == ["西区"]
    assert (await read(estate, EAST))["version"] == 2
    await estate.tell(PROJECT, WEST, withdrawn)
    page = await then(estate, withdrawn)
    assert [entry["name"] for entry in page["sections"]] == ["西区"]


async def test_there_is_no_project_that_was_never_registered(estate: Town) -> None:
    assert await estate.projects.find(ProjectId(UUID(int=99))) is None


@pytest.fixture
async def three(estate: Town) -> Town:
    await estate.tell(
        PROJECT,
        WEST,
        registered(name="西湖_苑", district=District("420103"), company_id=None, kind=ProjectKind.VILLA),
        ManagerTookOffice(licence_id=LICENCE_ID, since=date(2026, 1, 5)),
    )
    await estate.tell(PROJECT, EAST, section(name="东区", company_id=FIRM, address="100% 路"))
    await estate.follow()
    return estate


FILTERED: Final = (
    (ProjectFilter(), [ESTATE, WEST, EAST]),
    (ProjectFilter(district=District("420103")), [WEST]),
    (ProjectFilter(company_id=FIRM), [ESTATE, EAST]),
    (ProjectFilter(without_company=True), [WEST]),
    (ProjectFilter(unmanaged=True), [ESTATE, EAST]),
    (ProjectFilter(unmanaged=False), [WEST]),
    (ProjectFilter(q="江畔"), [ESTATE]),
    (ProjectFilter(q="沿江"), [ESTATE, WEST]),
    (ProjectFilter(q="_"), [WEST]),
    (ProjectFilter(q="%"), [EAST]),
    (ProjectFilter(within=ESTATE), [ESTATE, EAST]),
    (ProjectFilter(within=EAST), [EAST]),
    (ProjectFilter(company_id=FIRM, q="东区"), [EAST]),
)


async def test_lists_are_filtered(three: Town) -> None:
    for wanted, found in FILTERED:
        assert [project.id for project in (await three.projects.list(wanted, limit=9)).items] == found, wanted


async def test_pages_follow_one_another_without_a_gap(three: Town) -> None:
    first = await three.projects.list(ProjectFilter(), limit=2)
    second = await three.projects.list(ProjectFilter(), after=first.next, limit=2)
    assert [project.id for project in (*first.items, *second.items)] == [ESTATE, WEST, EAST]
    assert second.next is None
