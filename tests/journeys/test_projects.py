"""Projects over their life: sections, areas and tolerance, companies, withdrawal; and the companies themselves."""

import pytest

from tests.journeys.answers import Json
from tests.journeys.clerk import HANJIANG, Clerk, code, estate
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = {
    "id",
    "version",
    "name",
    "district",
    "address",
    "kind",
    "building_area_m2",
    "area_estimated",
    "households",
    "company",
    "contract",
    "stage",
    "status",
    "section_of",
    "sections",
    "manager",
    "replacement_due",
    "over_limit_until",
    "tenures",
    "zones",
}


async def divided(clerk: Clerk, company: str) -> tuple[str, list[str]]:
    """Register a project too large for one manager, in two sections."""
    parent = await clerk.project(company, 300_000)
    return parent, [await clerk.project(company, 150_000, section_of=parent) for _ in range(2)]


async def amend(clerk: Clerk, project: str, area: float, **how: Json) -> frozenset[str]:
    body = {"building_area_m2": area, "reason": "重新测绘", **how}
    answer = await clerk.post(f"/projects/{project}/area", body)
    if answer.status_code == 200:
        return frozenset()
    return frozenset(await clerk.is_refused(f"/projects/{project}/area", body))


async def test_a_project_is_shown_as_it_was_registered(clerk: Clerk) -> None:
    company = await clerk.company("甲企业")
    body = estate(company, 1_234.5, area_estimated=True)
    project = (await clerk.does("/projects", body)).id
    page = await clerk.reads(f"/projects/{project}")
    assert page.keys() == PAGE
    assert {key: page[key] for key in body if key != "company_id"} == {
        key: value for key, value in body.items() if key != "company_id"
    }
    assert page["company"] == {"id": company, "name": "甲企业"}
    assert (page["status"], page["section_of"], page["sections"], page["tenures"]) == ("active", None, [], [])
    await clerk.does(f"/companies/{company}/name", {"name": "乙企业"})
    assert (await clerk.reads(f"/projects/{project}"))["company"]["name"] == "乙企业"


async def test_sections_fit_into_their_project_and_get_the_managers(clerk: Clerk) -> None:
    company = await clerk.company()
    parent, sections = await divided(clerk, company)
    page = await clerk.reads(f"/projects/{parent}")
    assert [(section["id"], section["building_area_m2"]) for section in page["sections"]] == [
        (section, 150_000) for section in sections
    ]
    assert (await clerk.reads(f"/projects/{sections[0]}"))["section_of"] == parent
    manager = await clerk.manager(company)
    assert await clerk.is_refused(f"/projects/{parent}/manager", {"licence_id": manager}) == {
        "appointment.project-has-sections",
        "appointment.area-exceeded",
    }
    await clerk.appoint(manager, sections[0])

    exceeds = {"project.sections-exceed-area"}
    assert await clerk.is_refused("/projects", estate(company, 0.01, section_of=parent)) == exceeds
    assert await amend(clerk, sections[1], 150_000.01) == exceeds
    assert await amend(clerk, parent, 299_999.99) == exceeds
    assert await amend(clerk, parent, 310_000) == frozenset()
    assert await amend(clerk, sections[1], 160_000) == frozenset()
    assert await clerk.is_refused("/projects", estate(company, 1, section_of=sections[0])) >= {"project.has-sections"}


async def test_a_project_with_a_manager_gets_no_sections(clerk: Clerk) -> None:
    company = await clerk.company()
    project = await clerk.project(company, 200_000)
    await clerk.appoint(await clerk.manager(company), project)
    assert await clerk.is_refused("/projects", estate(company, 1, section_of=project)) == {"project.manager-in-office"}
    await clerk.does(f"/projects/{project}/manager/relief", {"reason": "分区"})
    await clerk.project(company, 1, section_of=project)


async def test_each_section_counts_as_a_project(clerk: Clerk) -> None:
    company = await clerk.company()
    parent = await clerk.project(company, 300)
    sections = [await clerk.project(company, 100, section_of=parent) for _ in range(3)]
    manager = await clerk.manager(company)
    await clerk.appoint(manager, *sections[:2])
    assert await clerk.is_refused(f"/projects/{sections[2]}/manager", {"licence_id": manager}) == {
        "appointment.too-many-projects"
    }


async def test_company_contract_and_withdrawal_are_those_of_the_whole(clerk: Clerk) -> None:
    company, other = await clerk.company(), await clerk.company()
    parent, sections = await divided(clerk, company)
    await clerk.does(f"/projects/{parent}/company", {"company_id": other})
    contract = {"starts_on": "2027-01-01", "ends_on": "2029-12-31"}
    await clerk.does(f"/projects/{parent}/contract", contract)
    for project in (parent, *sections):
        page = await clerk.reads(f"/projects/{project}")
        assert (page["company"]["id"], page["contract"]) == (other, contract)
    assert (await clerk.reads(f"/companies/{company}"))["projects"] == 0

    manager = await clerk.manager(other)
    await clerk.appoint(manager, sections[1])
    in_office = {"project.manager-in-office"}
    assert await clerk.is_refused(f"/projects/{parent}/withdrawal", {"reason": "撤管"}) == in_office
    assert await clerk.is_refused(f"/projects/{parent}/company", {"company_id": company}) == in_office
    await clerk.does(f"/projects/{sections[1]}/manager/relief", {"reason": "撤管"})
    await clerk.does(f"/projects/{parent}/withdrawal", {"reason": "撤管"})
    for project in (parent, *sections):
        assert (await clerk.reads(f"/projects/{project}"))["status"] == "withdrawn"
        assert await clerk.is_refused(f"/projects/{project}/stage", {"stage": "show_area"}) == {"project.not-active"}
    assert await clerk.is_refused(f"/projects/{sections[0]}/manager", {"licence_id": manager}) == {
        "appointment.project-not-active"
    }


async def test_a_section_shares_company_and_district_with_its_project(clerk: Clerk) -> None:
    company = await clerk.company()
    parent, _ = await divided(clerk, company)
    await amend(clerk, parent, 400_000)
    for differently in ({"district": HANJIANG}, {"company_id": await clerk.company()}):
        body = estate(company, 1, section_of=parent) | differently
        answer = await clerk.post("/projects", body)
        if answer.status_code == 201:  # then it takes what its project has
            page = await clerk.reads(f"/projects/{answer.json()['id']}")
            assert (page["district"], page["company"]["id"]) == ("321002", company)
        else:
            assert answer.status_code in {409, 422}


async def test_an_area_over_the_limit_is_refused_relieved_or_tolerated(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        manager = await clerk.manager(company)
        held, second, free = [await clerk.project(company, area) for area in (100_000, 80_000, 1)]
        await clerk.appoint(manager, held, second)
        assert await amend(clerk, held, 120_000.01) == {"appointment.area-exceeded"}
        assert await amend(clerk, held, 120_000, relieve_manager=True) == frozenset()
        assert (await clerk.reads(f"/projects/{held}"))["manager"] is not None, "the limit was not passed"

        path, body = f"/projects/{held}/area", {"building_area_m2": 130_000, "reason": "扩建"}
        for too_far in ("2026-12-25", "2026-11-23"):
            problem = await clerk.fails(422, path, {**body, "over_limit_until": too_far})
            assert problem.pointers == {"/over_limit_until"}
        await clerk.does(path, {**body, "over_limit_until": "2026-12-24"})
        page = await clerk.reads(f"/projects/{held}")
        assert (page["over_limit_until"], page["manager"]["licence_id"]) == ("2026-12-24", manager)
        capacity = (await clerk.reads(f"/licences/{manager}"))["capacity"]
        assert capacity == {"projects_left": 0, "area_left_m2": 0} or capacity["area_left_m2"] < 0
        await clerk.does(f"/projects/{second}/manager/relief", {"reason": "减负"})
        await clerk.appoint(manager, free)

    async with place.at("2026-12-25T12:00:00+08:00") as city:
        clerk = city.clerk()
        assert await amend(clerk, held, 250_000, relieve_manager=True) == frozenset()
        page = await clerk.reads(f"/projects/{held}")
        assert (page["manager"], page["building_area_m2"], page["over_limit_until"]) == (None, 250_000, None)
        assert page["replacement_due"] == "2027-01-24"
        assert [held["project_id"] for held in (await clerk.reads(f"/licences/{manager}"))["appointments"]] == [free]


async def test_no_new_appointment_while_an_excess_is_tolerated(clerk: Clerk) -> None:
    company = await clerk.company()
    manager = await clerk.manager(company)
    held, free = await clerk.project(company, 100_000), await clerk.project(company, 0.01)
    await clerk.appoint(manager, held)
    assert await amend(clerk, held, 200_001, over_limit_until="2026-12-01") == frozenset()
    assert await clerk.is_refused(f"/projects/{free}/manager", {"licence_id": manager}) == {"appointment.area-exceeded"}
    assert await amend(clerk, held, 199_000) == frozenset()
    assert (await clerk.reads(f"/projects/{held}"))["over_limit_until"] is None
    await clerk.appoint(manager, free)


async def test_a_replacement_leaves_no_gap(clerk: Clerk) -> None:
    company = await clerk.company()
    before, after = await clerk.manager(company, "张三"), await clerk.manager(company, "李四")
    project = await clerk.project(company)
    replacement = f"/projects/{project}/manager/replacement", {"licence_id": after, "reason": "轮岗"}
    assert await clerk.is_refused(*replacement) == {"appointment.not-appointed"}
    await clerk.appoint(before, project)
    await clerk.does(*replacement)
    page = await clerk.reads(f"/projects/{project}")
    assert (page["manager"]["name"], page["replacement_due"]) == ("李四", None)
    assert [(tenure["name"], tenure["since"], tenure["until"]) for tenure in page["tenures"]] == [
        ("张三", "2026-11-24", "2026-11-24"),
        ("李四", "2026-11-24", None),
    ]
    assert (await clerk.reads(f"/licences/{before}"))["appointments"] == []
    # Refused, it leaves the one in office where they are.
    busy = await clerk.manager(company)
    await clerk.appoint(busy, await clerk.project(company, 1), await clerk.project(company, 1))
    assert await clerk.is_refused(replacement[0], {"licence_id": busy, "reason": "轮岗"}) == {
        "appointment.too-many-projects"
    }
    assert (await clerk.reads(f"/projects/{project}"))["manager"]["licence_id"] == after


async def test_a_company_is_known_by_its_code_and_provisional_without(clerk: Clerk) -> None:
    first, second = code(), code()
    company = (await clerk.does("/companies", {"name": "临时企业"})).id
    page = await clerk.reads(f"/companies/{company}")
    assert (page["uscc"], page["status"], page["name"]) == (None, "active", "临时企业")
    assert await clerk.is_refused("/companies", {"name": "临时企业"}) == {"company.already-registered"}
    taken = await clerk.company(uscc=second)
    identification = f"/companies/{company}/identification"
    assert await clerk.is_refused(identification, {"uscc": second}) == {"company.already-registered"}
    await clerk.does(identification, {"uscc": first})
    assert await clerk.is_refused(identification, {"uscc": code()}) == {"company.already-identified"}
    assert (await clerk.reads(f"/companies/{company}"))["uscc"] == first
    # Identified, the name is free for another.
    await clerk.does("/companies", {"name": "临时企业", "uscc": code()})
    assert taken != company


async def test_a_company_closes_once_nobody_needs_it(clerk: Clerk) -> None:
    company = await clerk.company()
    manager, project = await clerk.manager(company), await clerk.project(company)
    closure = f"/companies/{company}/closure", {"reason": "注销"}
    assert await clerk.is_refused(*closure) == {"company.has-active-projects", "company.has-registered-managers"}
    await clerk.does(f"/projects/{project}/withdrawal", {"reason": "撤管"})
    assert await clerk.is_refused(*closure) == {"company.has-registered-managers"}
    await clerk.does(f"/licences/{manager}/deregistration", {"reason": "调动"})
    await clerk.does(*closure)
    assert (await clerk.reads(f"/companies/{company}"))["status"] == "closed"
    assert await clerk.is_refused(*closure) == {"company.closed"}
    assert await clerk.is_refused(f"/companies/{company}/name", {"name": "新名"}) == {"company.closed"}
    assert await clerk.is_refused(f"/licences/{manager}/registration", {"company_id": company}) == {
        "registration.company-closed"
    }
    assert await clerk.is_refused("/projects", estate(company)) == {"project.company-closed"}


async def test_a_move_to_another_company_keeps_the_number(clerk: Clerk) -> None:
    company, other = await clerk.company(), await clerk.company()
    manager, project = await clerk.manager(company), await clerk.project(company)
    await clerk.appoint(manager, project)
    number = (await clerk.reads(f"/licences/{manager}"))["licence_number"]
    leave = f"/licences/{manager}/deregistration", {"reason": "调动"}
    assert await clerk.is_refused(*leave) == {"registration.still-appointed"}
    assert await clerk.is_refused(f"/licences/{manager}/registration", {"company_id": other}) == {
        "registration.already-registered"
    }
    await clerk.does(f"/projects/{project}/manager/relief", {"reason": "调动"})
    await clerk.does(*leave)
    page = await clerk.reads(f"/licences/{manager}")
    assert (page["status"], page["licence_number"], page["company"]) == ("deregistered", number, None)
    assert await clerk.is_refused(*leave) == {"registration.not-registered"}
    await clerk.register(manager, other)
    page = await clerk.reads(f"/licences/{manager}")
    assert (page["status"], page["licence_number"], page["company"]["id"]) == ("registered", number, other)
    assert await clerk.is_refused(f"/projects/{project}/manager", {"licence_id": manager}) == {
        "appointment.other-company"
    }


async def test_a_credit_file_follows_the_company_of_the_day_of_the_violation(clerk: Clerk) -> None:
    company, other = await clerk.company(), await clerk.company()
    manager = await clerk.manager(company)
    await clerk.does(f"/licences/{manager}/deregistration", {"reason": "调动"})
    await clerk.register(manager, other)
    await clerk.deduct(manager, "V08", 12, on="2026-11-01")
    await clerk.deduct(manager, "V29", on="2025-11-01")
    await clerk.deduct(manager, "V08", 13, on="2026-11-02")
    here, there = [await clerk.reads(f"/companies/{each}/credit-file?year=2026") for each in (company, other)]
    assert [entry["points"] for entry in here["deductions"]] == [12, 13]
    assert there["deductions"] == []
    assert [entry["total"] for entry in there["revocations"]] == [25]
    last_year = await clerk.reads(f"/companies/{company}/credit-file?year=2025")
    assert [entry["points"] for entry in last_year["deductions"]] == [1]
    assert (await clerk.reads(f"/companies/{company}/credit-file"))["year"] == 2026


async def test_a_certificate_that_is_withdrawn_counts_no_more(clerk: Clerk) -> None:
    company = await clerk.company()
    manager = await clerk.manager(company)
    number = next(
        each["number"]
        for each in (await clerk.reads(f"/licences/{manager}"))["certificates"]
        if each["kind"] == "training"
    )
    withdrawal = f"/licences/{manager}/certificates/{number}/withdrawal", {"reason": "误发"}
    await clerk.does(*withdrawal)
    assert await clerk.is_refused(*withdrawal) == {"certificate.already-withdrawn"}
    assert await clerk.is_refused(f"/licences/{manager}/certificates/none/withdrawal", {"reason": "误发"}) == {
        "certificate.unknown"
    }
    project = await clerk.project(company)
    assert await clerk.is_refused(f"/projects/{project}/manager", {"licence_id": manager}) == {
        "appointment.certificate-not-valid"
    }
    page = await clerk.reads(f"/licences/{manager}")
    assert page["status"] == "registered"
    assert [each["withdrawn"] for each in page["certificates"] if each["number"] == number] == [True]
