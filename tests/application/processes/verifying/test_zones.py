"""Zones and notices that no decision would have made are found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from application.projects.defining_zone import DefiningZone
from application.projects.posting_notice import PostingNotice
from domain.kernel.identifiers import ProjectId
from domain.projects.events import ProjectEvent
from domain.projects.project import PROJECT
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_events import ZoneManager, ZoneNoticePosted
from domain.projects.zone_notice import PostNotice
from tests.application.city import TODAY, City
from tests.application.processes.verifying.audits import findings, forge
from tests.domain.projects.zoning import HOTLINE, WANG, ZHAO, ask, defined, named, zone

LIU = ZoneManager(name="刘七")


async def begun() -> tuple[City, ProjectId]:
    """A project whose first zone is small, whose second has a reason, and whose notices are out of date."""
    city = await City.begun()
    project = await city.estate(await city.company())
    for asked in (
        ask("一区", area=10_000, units=("1",)),
        ask("二区", area=90_000, reason="地块狭长"),
        ask("二区", area=90_000, zone_manager=ZHAO, units=("2",)),
        ask("一区", area=10_000, units=("1", "3")),
    ):
        await city.ask(DefiningZone(), asked_of(project, asked))
    for _ in range(2):
        await city.ask(PostingNotice(), PostNotice(project_id=project, name="二区", entrance="东门"))
        city.days_pass(1)
    await city.ask(DefiningZone(), asked_of(project, ask("二区", area=90_000, zone_manager=LIU, units=("2",))))
    return city, project


def asked_of(project: ProjectId, asked: DefineZone) -> DefineZone:
    return replace(asked, project_id=project)


async def test_what_was_decided_stands() -> None:
    city, _ = await begun()
    assert await findings(city) == []


FORGED: dict[str, tuple[Sequence[ProjectEvent], str]] = {
    "no reason": (zone("三区", area=90_000), "project.zone-defined breaks its rules: zone.size-without-reason"),
    "another's unit": (zone("三区", units=("3",)), "project.zone-defined breaks its rules: zone.unit-in-another-zone"),
    "no area": (zone("三区", area=0), "project.zone-defined breaks its rules: /area_m2: must be more than zero"),
    "nobody": ([defined(ask("三区"))], "nobody is named for the zone 三区"),
}


@pytest.mark.parametrize(("events", "what"), FORGED.values(), ids=FORGED)
async def test_a_zone_that_no_decision_made(events: Sequence[ProjectEvent], what: str) -> None:
    city, project = await begun()
    await forge(city, *((PROJECT, project, event) for event in events))
    assert await findings(city) == [f"project: {what}"]


@pytest.mark.parametrize(
    "differently",
    [{"zone_manager": WANG}, {"hotline": "1"}, {"posted_on": TODAY}],
    ids=["manager", "hotline", "day"],
)
async def test_a_notice_that_shows_something_else(differently: dict[str, object]) -> None:
    city, project = await begun()
    today = TODAY + timedelta(days=2)
    shows: dict[str, object] = {"zone_manager": LIU, "hotline": HOTLINE, "posted_on": today, **differently}
    posted = ZoneNoticePosted(name="二区", entrance="西门", **shows)  # type: ignore[arg-type] # one of them is wrong
    await forge(city, (PROJECT, project, posted))
    assert await findings(city) == [f"project: the notice at 西门 is not what the zone 二区 had to post on {today}"]


async def test_a_manager_for_a_zone_that_was_never_defined() -> None:
    city, project = await begun()
    await forge(city, (PROJECT, project, named(ask("三区"))))
    (told,) = await findings(city)
    assert told.startswith("project: project.zone-manager-named cannot be folded")
