"""Two watchers on one database, one killed in the middle of its work: every missed deadline is noted, each once."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from api.compose import SYSTEM, City, open_city, prepare
from application.kernel.callers import Caller, Role
from application.kernel.submission import Submission
from domain.companies.registration import RegisterCompany
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, ProjectId, Subject
from domain.kernel.personal import PersonName, Phone
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.registration import RegisterProject
from domain.service_requests.events import Reporter
from domain.service_requests.filing import FileRequest
from domain.service_requests.words import Category, Kind, Priority
from tests.adapters.postgres.attached import photo
from tests.journeys.in_process import Place
from tests.journeys.services.watchers import first_line, watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

REQUESTS: Final = 1_200
ON_TIME: Final = 30
SENT: Final = Submission(caller=SYSTEM)
CLERK: Final = Caller(subject=Subject("clerk"), role=Role.MUNICIPAL)
AGE: Final = "update attachments set wanted_at = wanted_at - interval '25 hours' where id = $1"
OVERDUE: Final = "select stream, type from events where type like 'service-request.%-overdue'"


@pytest_asyncio.fixture(loop_scope="session")
async def place(database_dsn: str, tmp_path: Path) -> AsyncIterator[Place]:
    somewhere = Place(database_dsn, tmp_path)
    await prepare(somewhere.settings(None), database_dsn)
    yield somewhere
    await somewhere.demolish()


async def project(city: City) -> ProjectId:
    company = await city.commands.register_company(SENT, RegisterCompany(name="晴川物业"))
    estate = RegisterProject(
        name="梅园",
        district=District("321002"),
        address="文昌路1号",
        kind=ProjectKind.RESIDENTIAL,
        building_area_m2=Area.of(80_000),
        households=600,
        company_id=CompanyId(company.receipt.id),
        contract=Contract(starts_on=city.clock.now().date(), ends_on=city.clock.now().date()),
        stage=Stage.REGULAR,
    )
    return ProjectId((await city.commands.register_project(SENT, estate)).receipt.id)


async def file(city: City, project_id: ProjectId, received: list[datetime]) -> None:
    """File emergencies: half an hour to respond, a day to resolve."""
    asked = (
        FileRequest(
            project_id=project_id,
            unit="3-2-501",
            kind=Kind.REPAIR,
            category=Category.EMERGENCY,
            priority=Priority.EMERGENCY,
            description="水管爆裂",
            reporter=Reporter(name=PersonName("张三"), phone=Phone("13800000000")),
            occurred_at=at,
        )
        for at in received
    )
    await asyncio.gather(*(city.commands.file_request(SENT, each) for each in asked))


async def facts(city: City) -> list[tuple[str, str]]:
    """Answer every fact by its stream and its type."""
    return [(row["stream"], row["type"]) for row in await city.database.fetch(OVERDUE)]


async def until_facts(city: City, count: int) -> int:
    """Wait until there are so many facts; answers how many there are then."""
    async with asyncio.timeout(120):
        while True:
            _, position = await city.store.heads(())
            if (found := len(await facts(city))) >= count:
                return found
            await city.store.wait_beyond(position, 0.5)


async def test_one_of_two_watchers_is_killed_and_every_fact_is_there_exactly_once(place: Place) -> None:
    async with open_city(place.settings(None), place.url) as city:
        now, estate = city.clock.now(), await project(city)
        for start in range(0, REQUESTS, 200):
            await file(city, estate, [now - timedelta(days=3, minutes=start + nth) for nth in range(200)])
        await file(city, estate, [now] * ON_TIME)
        async with watcher(place, "one", "--every", "0.2") as one, watcher(place, "other", "--every", "0.2") as other:
            assert b"watches every 0.2 s" in await first_line(one)
            assert b"watches every 0.2 s" in await first_line(other)
            noted = await until_facts(city, 100)
            one.kill()
            await one.wait()
            assert noted < 2 * REQUESTS, "it was to be killed in the middle of its work"
            await until_facts(city, 2 * REQUESTS)
            # The other one goes on: what is missed from now on is noted, and what was is not noted again.
            await file(city, estate, [now - timedelta(hours=2)])
            await until_facts(city, 2 * REQUESTS + 1)
        found = Counter(await facts(city))
        assert set(found.values()) == {1}
        assert Counter(kind for _, kind in found) == {
            "service-request.response-overdue": REQUESTS + 1,
            "service-request.resolution-overdue": REQUESTS,
        }
        assert one.returncode == -signal.SIGKILL
        assert other.returncode == 0


async def test_once_alone_it_notes_what_is_missed_by_now_and_then_nothing(place: Place) -> None:
    async with open_city(place.settings(None), place.url) as city:
        estate = await project(city)
        await file(city, estate, [city.clock.now() - timedelta(hours=3)] * 5)
        old, new = [await city.attachments.upload(CLERK, BytesIO(photo())) for _ in range(2)]
        await city.database.fetch(AGE, old.id)
        told = []
        for name in ("first", "second"):
            async with watcher(place, name, "--once", "--json") as process:
                told.append(json.loads(await first_line(process)))
                assert await process.wait() == 0
        assert told == [
            {"requests": 5, "facts": {"response": 5}, "left": 0, "attachments_removed": 1, "problems": []},
            {"requests": 0, "facts": {}, "left": 0, "attachments_removed": 0, "problems": []},
        ]
        assert [row["id"] for row in await city.database.fetch("select id from attachments")] == [new.id]
