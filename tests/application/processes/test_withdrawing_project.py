"""Withdrawing: sections go along, the parent learns of a single one, the company's roster lets go."""

import pytest

from application.companies.closing_company import ClosingCompany
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.processes.registering_project import RegisteringProject
from application.processes.relieving_manager import RelievingManager
from application.processes.withdrawing_project import WithdrawingProject
from domain.companies.closing import CloseCompany
from domain.companies.roster import ROSTER
from domain.kernel.district import District
from domain.kernel.identifiers import ProjectId, Subject
from domain.licensing.appointment import RelieveManager
from domain.projects.project import PROJECT
from domain.projects.withdrawal import WithdrawProject
from tests.application.city import DISTRICT, City
from tests.domain.projects.builders import ask_for, registered


def withdraw(project: ProjectId) -> WithdrawProject:
    return WithdrawProject(project_id=project, reason="合同终止")


async def test_a_project_goes_with_its_sections() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "400000")
    section = await city.estate(company, "150000", section_of=whole)
    before = await city.last_position()
    receipt = await city.ask(WithdrawingProject(), withdraw(whole))
    assert (receipt.id, receipt.version) == (whole, 3)
    gone = await city.events(after=before)
    assert [(entry.type, entry.stream) for entry in gone] == [
        ("project.withdrawn", PROJECT.stream(whole)),
        ("project.withdrawn", PROJECT.stream(section)),
        ("company-roster.project-handed-back", ROSTER.stream(company)),
        ("company-roster.project-handed-back", ROSTER.stream(company)),
    ]
    assert gone[0].data == {"reason": "合同终止", "withdrawn_on": "2026-11-24"}
    await city.ask(ClosingCompany(), CloseCompany(company_id=company, reason="解散"))


async def test_a_section_goes_by_itself_and_makes_room() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "300000")
    section = await city.estate(company, "200000", section_of=whole)
    before = await city.last_position()
    receipt = await city.ask(WithdrawingProject(), withdraw(section))
    assert (receipt.id, receipt.version) == (section, 2)
    assert [(entry.type, entry.stream) for entry in await city.events(after=before)] == [
        ("project.withdrawn", PROJECT.stream(section)),
        ("project.section-withdrawn", PROJECT.stream(whole)),
        ("company-roster.project-handed-back", ROSTER.stream(company)),
    ]
    await city.estate(company, "300000", section_of=whole)


async def test_a_section_withdrawn_before_stays_as_it_is() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "300000")
    section = await city.estate(company, "200000", section_of=whole)
    await city.ask(WithdrawingProject(), withdraw(section))
    before = await city.last_position()
    await city.ask(WithdrawingProject(), withdraw(whole))
    streams = {entry.stream for entry in await city.events(after=before)}
    assert streams == {PROJECT.stream(whole), ROSTER.stream(company)}


async def test_the_manager_must_have_left() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "300000")
    section = await city.estate(company, "200000", section_of=whole)
    await city.appoint(await city.manager(company), section)
    for project in (whole, section):
        with pytest.raises(RefusedOnRecord, match=r"^project\.manager-in-office$"):
            await city.ask(WithdrawingProject(), withdraw(project))
    await city.ask(RelievingManager(), RelieveManager(project_id=section, reason="调岗"))
    await city.ask(WithdrawingProject(), withdraw(whole))


async def test_a_project_is_withdrawn_once() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    await city.ask(WithdrawingProject(), withdraw(project))
    with pytest.raises(RefusedOnRecord, match=r"^project\.not-active$"):
        await city.ask(WithdrawingProject(), withdraw(project))


async def test_another_district_withdraws_nothing() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    elsewhere = Caller(subject=Subject("elsewhere"), role=Role.DISTRICT, district=District("321003"))
    with pytest.raises(Forbidden):
        await city.ask(WithdrawingProject(), withdraw(project), by=elsewhere)


async def test_an_unmanaged_project_is_withdrawn_from_no_roster() -> None:
    city = await City.begun()
    asked = ask_for(registered(district=DISTRICT, company_id=None, contract=None))
    project = ProjectId((await city.ask(RegisteringProject(), asked)).id)
    before = await city.last_position()
    await city.ask(WithdrawingProject(), withdraw(project))
    assert [entry.type for entry in await city.events(after=before)] == ["project.withdrawn"]
