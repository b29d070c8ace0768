"""Photos of a request and of its completion: whoever may read the request gets them."""

import pytest
import pytest_asyncio

from application.kernel.callers import Role
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG
from tests.journeys.desk import DONE, Desk, report
from tests.journeys.test_attachments import reads, uploaded

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNKNOWN = "0" * 64


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(city: City) -> Desk:
    return await Desk.of(city)


async def test_a_photo_of_a_request_is_read_by_whoever_reads_the_request(city: City, desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    await desk.reported(attachments=[photo])
    readers = [
        desk.resident,
        desk.office,
        desk.manager,
        city.clerk(),
        city.auditor(),
        city.officer(),
        city.neighbour(Role.OWNERS_COMMITTEE, desk.project),
    ]
    for reader in readers:
        assert await reads(reader, photo)


async def test_it_is_read_by_nobody_else(city: City, desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    await desk.reported(attachments=[photo])
    elsewhere = await Desk.of(city, district=HANJIANG)
    others = [
        elsewhere.resident,
        elsewhere.office,
        elsewhere.manager,
        elsewhere.repairer,
        city.officer(HANJIANG),
        city.neighbour(Role.OWNERS_COMMITTEE, elsewhere.project),
    ]
    for other in others:
        assert not await reads(other, photo)


async def test_who_repairs_gets_it_once_it_is_dispatched_to_them(desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    path = await desk.reported(attachments=[photo])
    assert not await reads(desk.repairer, photo)
    await desk.office.does(f"{path}/dispatch", {"assignee": desk.assignee})
    assert await reads(desk.repairer, photo)


async def test_a_photo_of_the_completion_is_read_by_the_reporter(desk: Desk) -> None:
    path = await desk.started()
    photo = await uploaded(desk.repairer)
    assert not await reads(desk.resident, photo)
    await desk.repairer.does(f"{path}/completion", {**DONE, "attachments": [photo]})
    assert await reads(desk.resident, photo)
    assert await reads(desk.repairer, photo)


async def test_what_two_requests_name_is_read_by_whoever_reads_either(city: City, desk: Desk) -> None:
    elsewhere = await Desk.of(city)
    photo = await uploaded(desk.resident)
    await desk.reported(attachments=[photo])
    assert not await reads(elsewhere.office, photo)
    await elsewhere.reported(by=city.clerk(), attachments=[photo])
    assert await reads(elsewhere.office, photo)
    assert await reads(desk.office, photo)


async def test_a_request_names_only_what_has_been_uploaded(desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    body = report(desk.project, attachments=[photo, UNKNOWN])
    assert (await desk.resident.fails(422, "/service-requests", body)).pointers == {"/attachments/1"}
    path = await desk.started()
    failed = await desk.repairer.fails(422, f"{path}/completion", {**DONE, "attachments": [UNKNOWN]})
    assert failed.pointers == {"/attachments/0"}
