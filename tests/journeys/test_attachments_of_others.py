"""Attachments of others: to know an id lets nobody name it; who has uploaded it or may read it may name it anew."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from application.kernel.callers import Role
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG
from tests.journeys.client import Client
from tests.journeys.desk import DONE, Desk, report
from tests.journeys.test_attachments import Evidence, reads, uploaded
from tests.journeys.test_attachments import photo as another_photo

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNKNOWN = "0" * 64


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(city: City) -> Desk:
    return await Desk.of(city)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evidence(city: City) -> AsyncIterator[Evidence]:
    yield await Evidence(city).gather(city.clerk())


async def cannot_name(caller: Client, project: str, photo: str) -> None:
    """Have somebody who knows a photo's id be told that there is no such photo, and get none."""
    own = await uploaded(caller)
    problem = await caller.fails(422, "/service-requests", report(project, attachments=[own, photo]))
    unknown = await caller.fails(422, "/service-requests", report(project, attachments=[own, UNKNOWN]))
    assert problem.pointers == {"/attachments/1"}
    assert problem.document["errors"] == unknown.document["errors"]
    assert not await reads(caller, photo)


async def test_to_know_the_id_of_somebody_elses_photo_lets_nobody_name_it(city: City, desk: Desk) -> None:
    elsewhere = await Desk.of(city, district=HANJIANG)
    photo, unnamed = await uploaded(desk.resident), await uploaded(desk.resident)
    await desk.reported(attachments=[photo])
    for seen in (photo, unnamed):
        await cannot_name(
            city.neighbour(Role.RESIDENT, desk.project, f"neighbour in {desk.project}"), desk.project, seen
        )
        for stranger in (elsewhere.resident, elsewhere.office, elsewhere.manager):
            await cannot_name(stranger, elsewhere.project, seen)
    assert await reads(desk.resident, unnamed)


async def test_who_repairs_names_no_photo_of_a_request_that_is_not_theirs(desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    await desk.reported(attachments=[photo])
    path = await desk.started()
    failed = await desk.repairer.fails(422, f"{path}/completion", {**DONE, "attachments": [photo]})
    assert failed.pointers == {"/attachments/0"}
    assert not await reads(desk.repairer, photo)


async def test_who_reads_a_request_names_its_photos_again(city: City, desk: Desk) -> None:
    photo = await uploaded(desk.resident)
    path = await desk.dispatched(attachments=[photo])
    await desk.repairer.does(f"{path}/start", {})
    await desk.repairer.does(f"{path}/completion", {**DONE, "attachments": [photo]})
    elsewhere = await city.clerk().project(desk.company)
    committee = city.neighbour(Role.OWNERS_COMMITTEE, elsewhere)
    assert not await reads(committee, photo)
    await desk.office.does("/service-requests", report(elsewhere, attachments=[photo]))
    assert await reads(committee, photo)


async def test_two_who_upload_the_same_photo_have_each_uploaded_it(city: City, desk: Desk) -> None:
    elsewhere = await Desk.of(city)
    content = another_photo()
    same = await uploaded(desk.resident, content)
    assert await uploaded(elsewhere.resident, content) == same
    assert await reads(desk.resident, same)
    assert await reads(elsewhere.resident, same)
    await desk.reported(attachments=[same])
    await elsewhere.reported(attachments=[same])
    for reader in (desk.resident, desk.office, elsewhere.resident, elsewhere.office):
        assert await reads(reader, same)


async def test_a_hash_that_the_officer_only_knows_is_a_text_of_evidence_and_nothing_else(
    city: City, evidence: Evidence
) -> None:
    resident = city.neighbour(Role.RESIDENT, evidence.project)
    photo = await uploaded(resident)
    await city.clerk().deduct(evidence.licence, "V29", evidence=["照片一张", photo])
    charged = (await city.auditor().items(f"/licences/{evidence.licence}/history"))[-1]["data"]
    assert (charged["evidence"], charged["attachments"]) == (["照片一张", photo], [])
    for reader in (city.clerk(), city.auditor(), city.manager(evidence.licence), city.employee(evidence.company)):
        assert not await reads(reader, photo)
    assert await reads(resident, photo)


async def test_evidence_may_have_been_read_elsewhere(city: City, evidence: Evidence) -> None:
    clerk = city.clerk("another clerk")
    licence = await clerk.manager(await clerk.company())
    assert not await reads(city.manager(licence), evidence.attachment)
    await clerk.deduct(licence, "V29", evidence=[evidence.attachment])
    assert await reads(city.manager(licence), evidence.attachment)


async def test_evidence_is_named_in_no_request_by_who_may_not_read_it(city: City, evidence: Evidence) -> None:
    resident = city.neighbour(Role.RESIDENT, evidence.project, "who knows the hash")
    body = report(evidence.project, attachments=[evidence.attachment])
    assert (await resident.fails(422, "/service-requests", body)).pointers == {"/attachments/0"}
    assert not await reads(resident, evidence.attachment)
