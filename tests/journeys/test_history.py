"""The log as it is read: events by their promised names, under the names of the contract, by whom and when."""

from collections import Counter
from datetime import datetime
from typing import Final

import pytest

from tests.journeys.answers import Json
from tests.journeys.calls import Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, charge, code, estate, holder

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVENT: Final = {"position", "stream", "version", "type", "data", "by", "recorded_at"}
TOLD: Final = {"position", "version", "type", "data", "by", "recorded_at"}


async def happened(clerk: Clerk, thing: str) -> dict[str, Json]:
    """Answer the data of the newest event of each type."""
    history = await clerk.items(f"{thing}/history")
    assert all(event.keys() == TOLD for event in history)
    return {event["type"]: event["data"] for event in history}


def holds(data: Json, said: Json) -> bool:
    """Tell whether an event says all that the command said, under the same names."""
    return all(data[name] == value for name, value in said.items())


async def test_an_event_says_what_was_asked_and_what_was_decided(clerk: Clerk) -> None:
    things = await Things.of(clerk)
    body = charge("V21", 5, on="2026-11-24", project_id=things.project, basis="contract")
    receipt = await clerk.does(f"/licences/{things.licence}/deductions", body)
    data = (await happened(clerk, f"/licences/{things.licence}"))["licence.points-deducted"]
    assert holds(data, body)
    assert data["deduction_id"] == receipt.details["deduction_id"]
    assert data["cycle"] == "2026"
    assert data["served_on"] == "2026-11-24"
    assert data["object_by"] == data["rectify_by"] == "2026-12-09"
    number = (await clerk.reads(f"/licences/{things.licence}"))["licence_number"]
    assert data["notice_number"].startswith(number)


async def test_projects_and_companies_tell_their_story(clerk: Clerk) -> None:
    company = (await clerk.does("/companies", {"name": "甲企业"})).id
    unified = code()
    await clerk.does(f"/companies/{company}/identification", {"uscc": unified})
    await clerk.does(f"/companies/{company}/name", {"name": "乙企业"})
    body = estate(company)
    project = (await clerk.does("/projects", body)).id
    licence = await clerk.manager(company)
    await clerk.appoint(licence, project)
    await clerk.does(f"/projects/{project}/area", {"building_area_m2": 90_000.5, "reason": "重新测绘"})
    await clerk.does(f"/projects/{project}/stage", {"stage": "show_area"})
    contract = {"starts_on": "2026-06-01", "ends_on": "2030-05-31"}
    await clerk.does(f"/projects/{project}/contract", contract)
    await clerk.does(f"/projects/{project}/manager/relief", {"reason": "调离"})
    await clerk.does(f"/projects/{project}/withdrawal", {"reason": "撤管"})

    told = await happened(clerk, f"/companies/{company}")
    assert told["company.registered"]["name"] == "甲企业"
    assert told["company.identified"]["uscc"] == unified
    assert told["company.renamed"]["name"] == "乙企业"

    told = await happened(clerk, f"/projects/{project}")
    assert holds(told["project.registered"], body)
    assert told["project.manager-took-office"]["licence_id"] == licence
    assert holds(told["project.area-amended"], {"building_area_m2": 90_000.5, "reason": "重新测绘"})
    assert told["project.stage-entered"]["stage"] == "show_area"
    assert contract in (told["project.contract-renewed"], told["project.contract-renewed"].get("contract"))
    assert told["project.manager-left-office"]["reason"] == "调离"
    assert told["project.withdrawn"]["reason"] == "撤管"

    told = await happened(clerk, f"/licences/{licence}")
    assert holds(told["licence.manager-appointed"], {"project_id": project, "building_area_m2": 80_000})
    assert holds(told["licence.appointed-area-changed"], {"project_id": project, "building_area_m2": 90_000.5})
    assert holds(told["licence.manager-relieved"], {"project_id": project, "reason": "调离"})


async def test_a_licence_tells_its_story_under_the_promised_names(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    other, officer = city.clerk("another clerk"), city.officer()
    await clerk.project(company)
    charged = (await clerk.deduct(licence, "V03")).details["deduction_id"]
    await clerk.object(licence, charged)
    await other.decide(licence, charged, upheld=True)
    again = (await officer.deduct(licence, "V03")).details["deduction_id"]
    await clerk.object(licence, again)
    await clerk.decide(licence, again, upheld=False)
    await clerk.does(f"/licences/{licence}/revocation", {"reason": "情节严重"})
    for _ in range(3):
        await clerk.deduct(licence, "V29")
    await clerk.does(f"/licences/{licence}/annual-inspections", {"year": 2025})
    types = Counter(event["type"] for event in await clerk.items(f"/licences/{licence}/history"))
    assert types == {
        "licence.file-opened": 1,
        "licence.certificate-recorded": 2,
        "licence.practice-registered": 1,
        "licence.points-deducted": 5,
        "licence.warning-issued": 4,
        "licence.revoked": 2,
        "licence.objection-filed": 2,
        "licence.objection-upheld": 1,
        "licence.deduction-rescinded": 1,
        "licence.reinstated": 1,
        "licence.warning-withdrawn": 2,
        "licence.revocation-proposed": 1,
        "licence.objection-rejected": 1,
        "licence.repeat-offence-flagged": 1,
        "licence.annual-inspection-failed": 1,
    }


async def test_per_case_items_are_not_flagged_as_repeated(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    for _ in range(4):
        await clerk.deduct(licence, "V21", 1)
    assert "licence.repeat-offence-flagged" not in await happened(clerk, f"/licences/{licence}")


async def test_personal_values_are_masked_everywhere(city: City, clerk: Clerk) -> None:
    person = holder("司马相如", phone="13912345678")
    licence = (await clerk.does("/licences", {"holder": person})).id
    shown = str(await clerk.items(f"/licences/{licence}/history")) + str(await city.events())
    assert person["id_number"] not in shown
    assert person["phone"] not in shown
    assert "司马相如" not in shown
    page = await clerk.reads(f"/licences/{licence}")
    assert page["holder"]["name"] == "司马相如"
    assert person["id_number"] not in str(page)
    assert person["phone"] not in str(page)


async def test_the_feed_says_who_when_and_at_which_version(city: City, clerk: Clerk) -> None:
    things = await Things.of(city.clerk("registrar"))
    events = await city.events()
    assert all(event.keys() >= EVENT for event in events)
    assert all(datetime.fromisoformat(str(event["recorded_at"])).utcoffset() is not None for event in events)
    versions: dict[object, int] = {}
    for event in events:
        versions[event["stream"]] = versions.get(event["stream"], 0) + 1
        assert event["version"] == versions[event["stream"]]
        assert isinstance(event["data"], dict)
    (opened,) = [event for event in events if things.licence in str(event["stream"]) and event["version"] == 1][:1]
    assert opened["by"] == {"subject": "registrar", "role": "municipal"}
    history = await clerk.items(f"/licences/{things.licence}/history")
    of_the_file = {event["position"]: event for event in events if event["stream"] == opened["stream"]}
    assert [{key: of_the_file[event["position"]][key] for key in TOLD} for event in history] == history


async def test_the_first_event_is_the_regulation(city: City) -> None:
    first = (await city.auditor().reads("/events?limit=1"))["items"][0]
    assert (first["position"], first["type"]) == (1, "rule-set.adopted")
    assert first["data"]["revocation_points"] == 25
    assert first["by"]["role"] == "system"


async def test_read_models_say_how_far_they_are(city: City, clerk: Clerk) -> None:
    await clerk.company()
    last = await city.last_position()
    await clerk.reads("/companies")
    listed = (await city.auditor().reads("/projections"))["items"]
    assert {"companies", "licences", "projects", "refusals"} <= {entry["name"] for entry in listed}
    for entry in listed:
        assert entry.keys() >= {"name", "position", "lag", "version", "last_rebuild"}
        assert (entry["position"], entry["lag"]) == (last, 0)


async def test_a_read_model_that_is_rebuilt_shows_the_same(clerk: Clerk) -> None:
    things = await Things.of(clerk)
    paths = ("/companies?limit=200", "/licences?limit=200", "/projects?limit=200", f"/licences/{things.licence}")
    before = [await clerk.reads(path) for path in paths]
    versions = {entry["name"]: entry["version"] for entry in (await clerk.reads("/projections"))["items"]}
    for name in versions:
        answer = await clerk.ask("POST", f"/projections/{name}/rebuild")
        assert answer.status_code == 202
    rebuilt: set[str] = set()
    while rebuilt != set(versions):
        entries = (await clerk.reads("/projections"))["items"]
        rebuilt = {entry["name"] for entry in entries if entry["version"] > versions[entry["name"]]}
        assert [await clerk.reads(path) for path in paths] == before
    await clerk.company()
    assert len(await clerk.items("/companies")) == len(before[0]["items"]) + 1
