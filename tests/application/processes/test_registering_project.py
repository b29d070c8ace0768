"""Registering projects: the company's roster and the parent change in the same append."""

import asyncio
from typing import Any

import pytest

from application.companies.closing_company import ClosingCompany
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.kernel.submission import Submission
from application.processes.registering_project import RegisteringProject
from domain.companies.closing import CloseCompany
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, ProjectId, Subject
from domain.projects.project import PROJECT
from domain.projects.registration import RegisterProject, project_id_of
from tests.application.city import CLERK, DISTRICT, DISTRICT_OFFICER, SYSTEM, City
from tests.domain.projects.builders import ask_for, registered


def ask(company: CompanyId | None, area: int = 120_000, **changes: Any) -> RegisterProject:
    return ask_for(registered(area, **{"district": DISTRICT, "company_id": company} | changes))


async def test_project_and_roster_are_one_append() -> None:
    city = await City.begun()
    company = await city.company()
    before = await city.last_position()
    receipt = await city.ask(RegisteringProject(), ask(company))
    project = project_id_of(DISTRICT, "江畔花园")
    assert (receipt.id, receipt.version) == (project, 1)
    first, second = await city.events(after=before)
    assert first.stream == PROJECT.stream(project)
    assert first.data == {
        "name": "江畔花园",
        "district": "321002",
        "address": "沿江大道 1 号",
        "kind": "residential",
        "building_area_m2": 120_000,
        "area_estimated": False,
        "households": 1_000,
        "company_id": str(company),
        "contract": {"starts_on": "2026-01-01", "ends_on": "2028-12-31"},
        "stage": "regular",
        "section_of": None,
    }
    assert (second.stream, second.type) == (ROSTER.stream(company), "company-roster.project-taken-on")


async def test_an_import_registers_without_company_and_contract() -> None:
    city = await City.begun()
    before = await city.last_position()
    await city.ask(RegisteringProject(), ask(None, contract=None), by=SYSTEM)
    assert [entry.type for entry in await city.events(after=before)] == ["project.registered"]


async def test_a_second_of_that_name_is_refused_under_the_first() -> None:
    city = await City.begun()
    company = await city.company()
    receipt = await city.ask(RegisteringProject(), ask(company))
    with pytest.raises(RefusedOnRecord, match=r"^project\.already-registered$"):
        await city.ask(RegisteringProject(), ask(company))
    refused = (await city.events())[-1]
    assert refused.stream == PROJECT.refusals(receipt.id)
    assert refused.data is not None
    assert refused.data["about"] == [PROJECT.stream(receipt.id), COMPANY.stream(company)]


async def test_a_closed_company_is_where_the_refusal_is_found() -> None:
    city = await City.begun()
    company = await city.company()
    await city.ask(ClosingCompany(), CloseCompany(company_id=company, reason="解散"))
    with pytest.raises(RefusedOnRecord, match=r"^project\.company-closed$"):
        await city.ask(RegisteringProject(), ask(company))
    refused = (await city.events())[-1]
    assert (refused.type, refused.stream) == ("company.request-refused", COMPANY.refusals(company))


async def test_an_id_that_names_nothing() -> None:
    city = await City.begun()
    nothing = city.identities.new()
    with pytest.raises(Unacceptable) as refused:
        await city.ask(RegisteringProject(), ask(CompanyId(nothing)))
    assert refused.value.pointer == "/company_id"
    with pytest.raises(Unacceptable) as refused:
        await city.ask(RegisteringProject(), ask(await city.company(), section_of=ProjectId(nothing)))
    assert refused.value.pointer == "/section_of"


async def test_a_section_is_noted_by_its_parent() -> None:
    city = await City.begun()
    company = await city.company()
    whole = ProjectId((await city.ask(RegisteringProject(), ask(company, 400_000))).id)
    before = await city.last_position()
    receipt = await city.ask(RegisteringProject(), ask(company, 150_000, name="江畔花园一期", section_of=whole))
    assert receipt.version == 1
    assert [(entry.type, entry.stream) for entry in await city.events(after=before)] == [
        ("project.registered", PROJECT.stream(receipt.id)),
        ("project.section-added", PROJECT.stream(whole)),
        ("company-roster.project-taken-on", ROSTER.stream(company)),
    ]
    assert (await city.project(whole)).sections == {receipt.id: Area.of(150_000)}


async def test_a_refused_section_is_found_under_parent_and_company() -> None:
    city = await City.begun()
    company = await city.company()
    whole = ProjectId((await city.ask(RegisteringProject(), ask(company, 400_000))).id)
    with pytest.raises(RefusedOnRecord, match=r"^project\.sections-exceed-area$"):
        await city.ask(RegisteringProject(), ask(company, 400_001, name="江畔花园一期", section_of=whole))
    refused = (await city.events())[-1]
    assert refused.stream == PROJECT.refusals(whole)
    assert refused.data is not None
    assert refused.data["about"] == [PROJECT.stream(whole), COMPANY.stream(company)]


async def test_sections_registered_at_once_never_exceed_their_parent() -> None:
    city = await City.begun()
    company = await city.company()
    whole = ProjectId((await city.ask(RegisteringProject(), ask(company, 400_000))).id)
    ledgers = [city.another_process() for _ in range(5)]
    answers = await asyncio.gather(
        *(
            ledger.submit(
                RegisteringProject(),
                Submission(caller=CLERK),
                ask(company, 150_000, name=f"江畔花园{number}期", section_of=whole),
            )
            for number, ledger in enumerate(ledgers)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, RefusedOnRecord) for answer in answers) == 3
    assert Area.total((await city.project(whole)).sections.values()) == Area.of(300_000)


async def test_a_district_registers_in_its_own_district() -> None:
    city = await City.begun()
    company = await city.company()
    await city.ask(RegisteringProject(), ask(company), by=DISTRICT_OFFICER)
    with pytest.raises(Forbidden):
        await city.ask(RegisteringProject(), ask(company, district=District("321003")), by=DISTRICT_OFFICER)


async def test_a_company_registers_none() -> None:
    city = await City.begun()
    company = await city.company()
    own = Caller(subject=Subject("own"), role=Role.COMPANY, company=company)
    with pytest.raises(Forbidden):
        await city.ask(RegisteringProject(), ask(company), by=own)
