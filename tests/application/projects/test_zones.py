"""Zones and notices: who may keep them, and that the same again leaves the version."""

from dataclasses import replace

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord, StaleVersion
from application.projects.defining_zone import DefiningZone
from application.projects.posting_notice import PostingNotice
from domain.kernel.district import District
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import ProjectId, Subject
from domain.projects.project import PROJECT
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_notice import PostNotice
from domain.projects.zones import zone_of
from tests.application.city import DISTRICT_OFFICER, TODAY, City
from tests.domain.projects.zoning import WANG, ZHAO, ask

ELSEWHERE = Caller(subject=Subject("elsewhere"), role=Role.DISTRICT, district=District("321003"))
NEIGHBOURS = (Role.OWNERS_COMMITTEE, Role.NEIGHBOURHOOD_COMMITTEE, Role.RESIDENT)


def zone(project: ProjectId, name: str = "一区", **differently: object) -> DefineZone:
    return replace(ask(name), project_id=project, **differently)  # type: ignore[arg-type] # fields of the command


def notice(project: ProjectId, name: str = "一区") -> PostNotice:
    return PostNotice(project_id=project, name=name, entrance="3幢2单元")


async def test_a_zone_is_defined_in_one_append_and_once() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    before = await city.last_position()
    receipt = await city.ask(DefiningZone(), zone(project))
    written = await city.events(after=before)
    assert [entry.type for entry in written] == ["project.zone-defined", "project.zone-manager-named"]
    assert len({entry.origin.command_id for entry in written if entry.origin}) == 1
    assert (receipt.id, receipt.version, receipt.position) == (project, 3, written[-1].position)
    assert (await city.ask(DefiningZone(), zone(project))).version == 3
    assert await city.last_position() == written[-1].position


async def test_a_household_finds_its_zone_manager() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    await city.ask(DefiningZone(), zone(project, units=("3",)))
    await city.ask(DefiningZone(), zone(project, "二区", zone_manager=ZHAO))
    state = await city.project(project)
    found = [zone_of(state, unit) for unit in ("3-2-501", "4-1-101")]
    assert [each and each.zone_manager for each in found] == [WANG, ZHAO]


async def test_a_notice_is_dated_by_the_day_in_the_city() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    await city.ask(DefiningZone(), zone(project))
    assert (await city.ask(PostingNotice(), notice(project))).version == 4
    assert (await city.ask(PostingNotice(), notice(project))).version == 4
    assert (await city.project(project)).zones["一区"].notices["3幢2单元"].posted_on == TODAY
    city.days_pass(1)
    assert (await city.ask(PostingNotice(), notice(project))).version == 5


async def test_who_may_keep_zones() -> None:
    city = await City.begun()
    company = await city.company()
    project = await city.estate(company)
    manager = await city.manager(company)
    await city.appoint(manager, project)
    own = Caller(subject=Subject("own"), role=Role.COMPANY, company=company)
    other = Caller(subject=Subject("other"), role=Role.COMPANY, company=await city.company())
    in_office = Caller(subject=Subject("in office"), role=Role.MANAGER, licence=manager)
    neighbours = [Caller(subject=Subject(role), role=role, project=project) for role in NEIGHBOURS]
    for caller in (other, ELSEWHERE, in_office, *neighbours):
        with pytest.raises(Forbidden):
            await city.ask(DefiningZone(), zone(project), by=caller)
    await city.ask(DefiningZone(), zone(project), by=own)
    for caller in (other, ELSEWHERE, in_office, *neighbours):
        with pytest.raises(Forbidden):
            await city.ask(PostingNotice(), notice(project), by=caller)
    await city.ask(PostingNotice(), notice(project), by=own)
    await city.ask(DefiningZone(), zone(project, "二区"), by=DISTRICT_OFFICER)
    await city.ask(PostingNotice(), notice(project, "二区"), by=DISTRICT_OFFICER)


async def test_a_refusal_stands_beside_the_project() -> None:
    city = await City.begun()
    project = await city.estate(await city.company())
    await city.ask(DefiningZone(), zone(project))
    with pytest.raises(RefusedOnRecord, match=r"^zone\.size-without-reason$"):
        await city.ask(DefiningZone(), zone(project, "二区", households=1))
    assert (await city.events())[-1].stream == PROJECT.refusals(project)
    assert (await city.ask(DefiningZone(), zone(project, "二区"))).version == 5


async def test_what_does_not_exist_or_has_moved_on() -> None:
    city = await City.begun()
    nothing = ProjectId(city.identities.new())
    with pytest.raises(NoSuchThing):
        await city.ask(DefiningZone(), zone(nothing))
    project = await city.estate(await city.company())
    with pytest.raises(NoSuchThing):
        await city.ask(PostingNotice(), notice(project))
    await city.ask(DefiningZone(), zone(project))
    with pytest.raises(StaleVersion):
        await city.ask(PostingNotice(), notice(project), if_match=1)
