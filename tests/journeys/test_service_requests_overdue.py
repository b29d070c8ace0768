"""Missed deadlines as they were noted, and what they come to in a manager's service record."""

from typing import Final
from uuid import UUID

import pytest

from api.compose import SYSTEM, open_city
from application.kernel.callers import Role
from application.kernel.submission import Submission
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.overdue import NoteOverdue
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG
from tests.journeys.desk import Desk
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTED_AT: Final = "2026-11-25T12:10:00+08:00"


async def noted(place: Place, city: City, *paths: str) -> None:
    """Have what is overdue of some requests noted, as whoever watches the clock does."""
    async with open_city(place.settings(NOTED_AT), place.url) as watching:
        for path in paths:
            asked = NoteOverdue(request_id=ServiceRequestId(UUID(path.rsplit("/", 1)[1])))
            answer = await watching.commands.note_overdue(Submission(caller=SYSTEM), asked)
            city.heard.position = max(city.heard.position, answer.receipt.position)


async def test_missed_deadlines_are_listed_for_those_who_had_to_answer(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        desk, elsewhere = await Desk.of(city), await Desk.of(city, district=HANJIANG)
        late, answered = await desk.reported(major=True), await desk.completed()
        other = await elsewhere.reported(category="emergency")
        version = (await desk.office.reads(late))["version"]
    async with place.at(NOTED_AT) as city:
        await noted(place, city, late, answered, other)
        await noted(place, city, late)
        clerk, office = city.clerk(), city.employee(desk.company)
        entries = await clerk.items(f"/overdue?project_id={desk.project}")
        assert {entry["clock"] for entry in entries} == {"response", "resolution", "taking_charge"}
        assert len(entries) == 3
        assert {entry["request_id"] for entry in entries} == {late.rsplit("/", 1)[1]}
        assert {(entry["company_id"], entry["licence_id"]) for entry in entries} == {(desk.company, desk.licence)}
        assert await office.items("/overdue") == entries
        assert await city.manager(desk.licence).items("/overdue") == entries
        assert await city.officer().items("/overdue") == entries
        theirs = await city.officer(HANJIANG).items("/overdue")
        assert {entry["project"]["id"] for entry in theirs} == {elsewhere.project}
        assert len(await clerk.items("/overdue")) == len(entries) + len(theirs)
        for role in (Role.RESIDENT, Role.STAFF):
            await city.neighbour(role, desk.project).cannot_read(403, "/overdue")
        # Noted beside the request: nobody's version has moved.
        page = await office.reads(late)
        assert (page["version"], page["overdue"]) == (version, True)
        record = await clerk.reads(f"/licences/{desk.licence}/service-record")
        assert (record["id"], record["year"], record["requests"], record["overdue"]) == (desk.licence, 2026, 2, 1)
        assert sum(record["noted"].values()) == len(entries)
        assert (await clerk.reads(f"/licences/{desk.licence}/service-record?year=2025"))["requests"] == 0
        problem = await clerk.cannot_read(422, f"/licences/{desk.licence}/service-record?year=26")
        assert problem.pointers == {"/year"}
        await clerk.cannot_read(404, f"/licences/{desk.project}/service-record")
