"""Every refusal of a rule is on record, under every thing that the request named."""

from datetime import datetime

import pytest

from tests.journeys.answers import Json
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, certificate, charge, code, estate, holder

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def last(clerk: Clerk, thing: str) -> Json:
    """Answer the newest refusal under a thing."""
    return (await clerk.reads(f"{thing}/refusals?limit=1"))["items"][0]


async def test_an_appointment_is_found_under_project_and_licence(clerk: Clerk) -> None:
    company = await clerk.company()
    licence, project = await clerk.applicant(), await clerk.project(company)
    problem = await clerk.fails(409, f"/projects/{project}/manager", {"licence_id": licence})
    found = await last(clerk, f"/projects/{project}")
    assert found == await last(clerk, f"/licences/{licence}")
    assert found.keys() == {"position", "command", "asked", "broken", "by", "recorded_at"}
    assert found["position"] == problem.position
    assert found["command"] == "appoint-manager"
    assert found["asked"] == {"project_id": project, "licence_id": licence}
    assert found["by"] == {"subject": "clerk", "role": "municipal"}
    assert datetime.fromisoformat(found["recorded_at"]).utcoffset() is not None
    assert found["broken"] == problem.document["broken"]
    chinese = (await clerk.get(f"/projects/{project}/refusals", language="zh-CN")).json()["items"][0]
    assert [rule["code"] for rule in chinese["broken"]] == [rule["code"] for rule in found["broken"]]
    assert chinese["broken"] != found["broken"]
    assert await clerk.items(f"/companies/{company}/refusals") == []


async def test_a_request_is_found_under_everything_that_it_named(clerk: Clerk) -> None:
    company, other = await clerk.company(), await clerk.company()
    manager, successor = await clerk.manager(company), await clerk.manager(other)
    project = await clerk.project(company)
    await clerk.appoint(manager, project)
    licences, projects = f"/licences/{manager}", f"/projects/{project}"
    for path, body, things in (
        (
            f"{projects}/manager/replacement",
            {"licence_id": successor, "reason": "轮岗"},
            (projects, f"/licences/{successor}"),
        ),
        (f"{projects}/company", {"company_id": other}, (projects, f"/companies/{other}")),
        (f"{projects}/withdrawal", {"reason": "撤管"}, (projects,)),
        (f"{projects}/area", {"building_area_m2": 200_001, "reason": "复核"}, (projects,)),
        (f"{licences}/registration", {"company_id": other}, (licences, f"/companies/{other}")),
        (f"{licences}/deregistration", {"reason": "调动"}, (licences,)),
        (f"{licences}/deductions", charge("V99", project_id=project), (licences, projects)),
        (f"{licences}/certificates/none/withdrawal", {"reason": "误录"}, (licences,)),
        (f"{licences}/revocation", {"reason": "吊销"}, (licences,)),
        (f"{licences}/annual-inspections", {"year": 2026}, (licences,)),
        (f"/companies/{company}/closure", {"reason": "注销"}, (f"/companies/{company}",)),
    ):
        problem = await clerk.fails(409, path, body)
        for thing in things:
            assert (await last(clerk, thing))["position"] == problem.position, path


async def test_a_refused_creation_is_found_under_what_stands_in_its_way(clerk: Clerk) -> None:
    person, unified = holder(), code()
    licence = (await clerk.does("/licences", {"holder": person})).id
    problem = await clerk.fails(409, "/licences", {"holder": person})
    assert problem.broken == {"licence.already-opened"}
    found = await last(clerk, f"/licences/{licence}")
    assert found["position"] == problem.position
    assert person["id_number"] not in str(found)
    assert person["phone"] not in str(found)
    assert person["name"] not in str(found)

    company = (await clerk.does("/companies", {"name": "甲", "uscc": unified})).id
    problem = await clerk.fails(409, "/companies", {"name": "乙", "uscc": unified})
    assert problem.broken == {"company.already-registered"}
    assert (await last(clerk, f"/companies/{company}"))["position"] == problem.position

    body = estate(company)
    project = (await clerk.does("/projects", body)).id
    problem = await clerk.fails(409, "/projects", body)
    assert (await last(clerk, f"/projects/{project}"))["position"] == problem.position


async def test_a_refused_section_or_project_is_found_under_parent_and_company(clerk: Clerk) -> None:
    company, closed = await clerk.company(), await clerk.company()
    parent = await clerk.project(company, 100_000)
    problem = await clerk.fails(409, "/projects", estate(company, 100_001, section_of=parent))
    assert problem.broken == {"project.sections-exceed-area"}
    assert (await last(clerk, f"/projects/{parent}"))["position"] == problem.position
    await clerk.does(f"/companies/{closed}/closure", {"reason": "注销"})
    problem = await clerk.fails(409, "/projects", estate(closed))
    assert problem.broken == {"project.company-closed"}
    assert (await last(clerk, f"/companies/{closed}"))["position"] == problem.position


async def test_a_certificate_in_another_file_is_refused(clerk: Clerk) -> None:
    first, second = await clerk.applicant(), await clerk.applicant()
    body = certificate()
    await clerk.does(f"/licences/{first}/certificates", body)
    assert await clerk.is_refused(f"/licences/{second}/certificates", body) == {"certificate.number-in-use"}
    await clerk.does(f"/licences/{second}/certificates", {**body, "issuer": "另一机关"})


async def test_what_is_malformed_or_not_allowed_is_not_on_record(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    before = await city.last_position()
    await clerk.fails(422, f"/licences/{licence}/registration", {})
    await city.officer().fails(403, f"/licences/{licence}/registration", {"company_id": company})
    await clerk.fails(412, f"/licences/{licence}/registration", {"company_id": company}, if_match=1)
    assert await city.last_position() == before
    assert await clerk.items(f"/licences/{licence}/refusals") == []


async def test_the_feed_tells_refusals_by_what_was_asked_for(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence, project = await clerk.applicant(), await clerk.project(company)
    before = await city.last_position()
    for path, body in (
        (f"/companies/{company}/closure", {"reason": "注销"}),
        (f"/licences/{licence}/deregistration", {"reason": "调动"}),
        (f"/projects/{project}/manager/relief", {"reason": "调离"}),
    ):
        await clerk.is_refused(path, body)
    told = await city.events(after=before)
    assert [event["type"] for event in told] == [
        "company.request-refused",
        "licence.request-refused",
        "project.request-refused",
    ]
    assert await city.events(after=before, type="licence.request-refused") == [told[1]]


async def test_a_refusal_says_in_which_role_it_was_asked(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence, project = await clerk.manager(company), await clerk.project(company, 200_001)
    await city.employee(company).fails(409, f"/projects/{project}/manager", {"licence_id": licence})
    assert (await last(clerk, f"/projects/{project}"))["by"] == {"subject": f"of {company}", "role": "company"}
