"""Stages and contracts: a section has its own stage and shares its contract."""

from datetime import date

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.projects.entering_stage import EnteringStage
from application.projects.renewing_contract import RenewingContract
from domain.kernel.district import District
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import ProjectId, Subject
from domain.projects.contract import RenewContract
from domain.projects.events import Contract, Stage
from domain.projects.project import PROJECT
from domain.projects.stage import EnterStage
from tests.application.city import DISTRICT, DISTRICT_OFFICER, City

RENEWED = Contract(starts_on=date(2029, 1, 1), ends_on=date(2031, 12, 31))
ELSEWHERE = Caller(subject=Subject("elsewhere"), role=Role.DISTRICT, district=District("321003"))


def enter(project: ProjectId) -> EnterStage:
    return EnterStage(project_id=project, stage=Stage.SHOW_AREA)


def renew(project: ProjectId) -> RenewContract:
    return RenewContract(project_id=project, starts_on=RENEWED.starts_on, ends_on=RENEWED.ends_on)


async def test_a_stage_is_entered_once() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    assert (await city.ask(EnteringStage(), enter(project))).version == 2
    before = await city.last_position()
    assert (await city.ask(EnteringStage(), enter(project))).version == 2
    assert await city.last_position() == before


async def test_who_may_enter_a_stage() -> None:
    city = await City.begun()
    company = await city.company()
    project = await city.estate(company)
    own = Caller(subject=Subject("own"), role=Role.COMPANY, company=company)
    other = Caller(subject=Subject("other"), role=Role.COMPANY, company=await city.company())
    for caller in (other, ELSEWHERE):
        with pytest.raises(Forbidden):
            await city.ask(EnteringStage(), enter(project), by=caller)
    await city.ask(EnteringStage(), enter(project), by=own)
    await city.ask(EnteringStage(), EnterStage(project_id=project, stage=Stage.REGULAR), by=DISTRICT_OFFICER)


async def test_a_contract_is_renewed_with_every_section() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "400000")
    east = await city.estate(company, "150000", section_of=whole)
    west = await city.estate(company, "150000", section_of=whole)
    before = await city.last_position()
    receipt = await city.ask(RenewingContract(), renew(whole))
    renewed = await city.events(after=before)
    assert [(entry.type, entry.stream) for entry in renewed] == [
        ("project.contract-renewed", PROJECT.stream(each)) for each in (whole, east, west)
    ]
    assert len({entry.origin.command_id for entry in renewed if entry.origin}) == 1
    assert (receipt.id, receipt.version, receipt.position) == (whole, 4, renewed[-1].position)
    for each in (whole, east, west):
        assert (await city.project(each)).contract == RENEWED


async def test_a_section_is_not_renewed_by_itself() -> None:
    city = await City.begun()
    company = await city.company()
    whole = await city.estate(company, "400000")
    section = await city.estate(company, "150000", section_of=whole)
    with pytest.raises(RefusedOnRecord, match=r"^project\.is-section$"):
        await city.ask(RenewingContract(), renew(section))
    assert (await city.events())[-1].stream == PROJECT.refusals(section)


async def test_a_company_does_not_renew_its_contract_itself() -> None:
    city = await City.begun()
    company = await city.company()
    project = await city.estate(company)
    own = Caller(subject=Subject("own"), role=Role.COMPANY, company=company)
    for caller in (own, ELSEWHERE):
        with pytest.raises(Forbidden):
            await city.ask(RenewingContract(), renew(project), by=caller)
    assert DISTRICT_OFFICER.district == DISTRICT
    await city.ask(RenewingContract(), renew(project), by=DISTRICT_OFFICER)


async def test_a_project_that_does_not_exist() -> None:
    city = await City.begun()
    nothing = ProjectId(city.identities.new())
    with pytest.raises(NoSuchThing):
        await city.ask(EnteringStage(), enter(nothing))
    with pytest.raises(NoSuchThing):
        await city.ask(RenewingContract(), renew(nothing))
