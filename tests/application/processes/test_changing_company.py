"""Handing a project over: project, sections and both rosters change in one append."""

import pytest

from application.companies.closing_company import ClosingCompany
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.processes.changing_company import ChangingCompany
from application.processes.registering_project import RegisteringProject
from domain.companies.closing import CloseCompany
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, ProjectId, Subject
from domain.projects.company_change import ChangeCompany
from domain.projects.project import PROJECT
from tests.application.city import DISTRICT, DISTRICT_OFFICER, City
from tests.domain.projects.builders import ask_for, registered


async def held_by(city: City, company: CompanyId) -> set[ProjectId]:
    roster = await city.state(ROSTER, company)
    return set() if roster is None else set(roster.projects)


async def test_everything_that_moves_moves_at_once() -> None:
    city = await City.begun()
    old, new = await city.company(), await city.company()
    whole = await city.estate(old, "400000")
    section = await city.estate(old, "150000", section_of=whole)
    other = await city.estate(old)
    before = await city.last_position()
    receipt = await city.ask(ChangingCompany(), ChangeCompany(project_id=whole, company_id=new))
    assert (receipt.id, receipt.version) == (whole, 3)
    changed = await city.events(after=before)
    assert [(entry.type, entry.stream) for entry in changed] == [
        ("project.company-changed", PROJECT.stream(whole)),
        ("project.company-changed", PROJECT.stream(section)),
        ("company-roster.project-handed-back", ROSTER.stream(old)),
        ("company-roster.project-handed-back", ROSTER.stream(old)),
        ("company-roster.project-taken-on", ROSTER.stream(new)),
        ("company-roster.project-taken-on", ROSTER.stream(new)),
    ]
    assert len({entry.origin.command_id for entry in changed if entry.origin}) == 1
    assert (await held_by(city, old), await held_by(city, new)) == ({other}, {whole, section})
    assert (await city.project(section)).company_id == new


async def test_an_unmanaged_project_gets_a_company() -> None:
    city = await City.begun()
    company = await city.company()
    asked = ask_for(registered(district=DISTRICT, company_id=None, contract=None))
    project = ProjectId((await city.ask(RegisteringProject(), asked)).id)
    await city.ask(ChangingCompany(), ChangeCompany(project_id=project, company_id=company))
    assert await held_by(city, company) == {project}


async def test_the_same_company_is_nothing_to_do() -> None:
    city = await City.begun()
    company = await city.company()
    project = await city.estate(company)
    before = await city.last_position()
    assert (await city.ask(ChangingCompany(), ChangeCompany(project_id=project, company_id=company))).version == 1
    assert await city.last_position() == before


async def test_a_manager_in_a_section_is_in_the_way() -> None:
    city = await City.begun()
    old, new = await city.company(), await city.company()
    whole = await city.estate(old, "400000")
    section = await city.estate(old, "150000", section_of=whole)
    await city.appoint(await city.manager(old), section)
    with pytest.raises(RefusedOnRecord, match=r"^project\.manager-in-office$"):
        await city.ask(ChangingCompany(), ChangeCompany(project_id=whole, company_id=new))
    refused = (await city.events())[-1]
    assert refused.stream == PROJECT.refusals(whole)
    assert refused.data is not None
    assert refused.data["about"] == [PROJECT.stream(whole), COMPANY.stream(new)]


async def test_a_closed_company_takes_nothing_on() -> None:
    city = await City.begun()
    old, new = await city.company(), await city.company()
    project = await city.estate(old)
    await city.ask(ClosingCompany(), CloseCompany(company_id=new, reason="解散"))
    with pytest.raises(RefusedOnRecord, match=r"^project\.company-closed$"):
        await city.ask(ChangingCompany(), ChangeCompany(project_id=project, company_id=new))


async def test_a_company_that_does_not_exist() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    nobody = CompanyId(city.identities.new())
    with pytest.raises(Unacceptable) as refused:
        await city.ask(ChangingCompany(), ChangeCompany(project_id=project, company_id=nobody))
    assert refused.value.pointer == "/company_id"


async def test_a_company_does_not_help_itself_to_a_project() -> None:
    city = await City.begun()
    old, new = await city.company(), await city.company()
    asked = ChangeCompany(project_id=await city.estate(old), company_id=new)
    for company in (old, new):
        own = Caller(subject=Subject("own"), role=Role.COMPANY, company=company)
        with pytest.raises(Forbidden):
            await city.ask(ChangingCompany(), asked, by=own)
    await city.ask(ChangingCompany(), asked, by=DISTRICT_OFFICER)
