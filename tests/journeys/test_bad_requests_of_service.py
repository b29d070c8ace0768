"""Bodies and addresses of service requests that do not fit: a problem each with its pointer, and nothing written."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.answers import Json, Problem
from tests.journeys.city import City
from tests.journeys.desk import Desk, report
from tests.journeys.misfits import NOBODY, misfits
from tests.journeys.request_calls import REQUEST_CALLS, WITH_A_BODY_OR_NONE, Requests, asker

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(city: City) -> Desk:
    return await Desk.of(city)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def things(desk: Desk) -> Requests:
    return await Requests.at(desk, await desk.reported(major=True))


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_is_written(city: City, things: Requests) -> AsyncIterator[None]:
    """See that the log stands still, whatever a test has sent."""
    assert things.request
    before = await city.last_position()
    yield
    assert await city.last_position() == before


@pytest.mark.parametrize("operation", REQUEST_CALLS)
async def test_every_field_that_does_not_fit_is_named(desk: Desk, things: Requests, operation: str) -> None:
    call, client = REQUEST_CALLS[operation], asker(desk, operation)
    wrong: list[str] = []
    for pointer, body in misfits(call.body(things), call.fields):
        problem = Problem.of(await client.post(call.at(things), body))
        if (problem.status, problem.code) != (422, "malformed") or problem.pointers != {pointer}:
            wrong.append(f"{pointer} {body}: {problem.status} {problem.pointers}")
    assert wrong == []


@pytest.mark.parametrize("operation", REQUEST_CALLS)
@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"1", b"true", b"[{}]", b" "], ids=repr)
async def test_a_body_is_an_object(desk: Desk, things: Requests, operation: str, body: bytes) -> None:
    client, path = asker(desk, operation), REQUEST_CALLS[operation].at(things)
    problem = Problem.of(await client.ask("POST", path, content=body, headers={"Content-Type": "application/json"}))
    assert (problem.status, problem.code, problem.pointers) == (422, "malformed", {""})


@pytest.mark.parametrize("operation", sorted(REQUEST_CALLS.keys() - WITH_A_BODY_OR_NONE))
async def test_where_something_must_be_said_a_body_is_needed(desk: Desk, things: Requests, operation: str) -> None:
    answer = await asker(desk, operation).ask("POST", REQUEST_CALLS[operation].at(things))
    problem = Problem.of(answer)
    assert (problem.status, problem.pointers) == (422, {""})


@pytest.mark.parametrize("operation", [name for name, call in REQUEST_CALLS.items() if "{request}" in call.path])
async def test_ids_in_paths_are_ids_and_name_something(desk: Desk, things: Requests, operation: str) -> None:
    call, client = REQUEST_CALLS[operation], asker(desk, operation)
    body = call.body(things)
    for nothing in (NOBODY, things.project):
        problem = await client.fails(404, call.path.format(request=nothing), body)
        assert problem.code == "not-found"
    for bad in ("x", "1", NOBODY.replace("-", ""), NOBODY + "0", "%00", "%E4%BA%BA", "%20"):
        problem = await client.fails(422, call.path.format(request=bad), body)
        assert problem.pointers == {"/request_id"}


@pytest.mark.parametrize("kind", ["complaint", "consultation", "suggestion"])
async def test_only_a_repair_has_the_category_of_a_repair(desk: Desk, kind: str) -> None:
    for category in {"emergency", "minor", "complex", "complaint", "consultation", "suggestion"} - {kind}:
        body = report(desk.project, kind, category=category)
        assert (await desk.office.fails(422, "/service-requests", body)).pointers == {"/category"}
        repair = report(desk.project, category=kind)
        assert (await desk.office.fails(422, "/service-requests", repair)).pointers == {"/category"}


async def test_who_was_not_reached_has_rated_nothing(desk: Desk, things: Requests) -> None:
    path = f"/service-requests/{things.request}/return-visits"
    problem = await desk.office.fails(422, path, {"outcome": "unreachable", "rating": 3})
    assert problem.pointers == {"/rating"}


async def test_a_duplicate_is_of_another_request_that_is_visible(desk: Desk, things: Requests) -> None:
    path = f"/service-requests/{things.request}/duplicate"
    for other in (things.request, things.project, NOBODY):
        problem = await desk.office.fails(422, path, {"duplicate_of": other})
        assert (problem.code, problem.pointers) == ("malformed", {"/duplicate_of"})


@pytest.mark.parametrize("operation", sorted(REQUEST_CALLS.keys() - {"answer"}))
async def test_only_companies_and_imports_say_when_it_was(
    city: City, desk: Desk, things: Requests, operation: str
) -> None:
    call = REQUEST_CALLS[operation]
    body = call.body(things) | {"occurred_at": "2026-11-23T09:30:00+08:00"}
    askers = {"file": (desk.manager, desk.resident, city.clerk()), "reopen": (desk.manager, desk.resident)}
    for client in askers.get(operation, (desk.resident if operation == "cancel" else desk.manager,)):
        problem = await client.fails(422, call.at(things), body)
        assert (problem.code, problem.pointers) == ("malformed", {"/occurred_at"})


async def test_the_answer_of_a_resident_has_no_other_time_than_now(desk: Desk, things: Requests) -> None:
    path = f"/service-requests/{things.request}/return-visits/answer"
    body = {"satisfied": True, "occurred_at": "2026-11-23T09:30:00+08:00"}
    assert (await desk.resident.fails(422, path, body)).pointers == {"/occurred_at"}


@pytest.mark.parametrize("count", [101, 1_000])
async def test_a_hundred_attachments_are_enough(desk: Desk, count: int) -> None:
    body = report(desk.project, attachments=["f" * 64] * count)
    assert (await desk.office.fails(422, "/service-requests", body)).pointers == {"/attachments"}


@pytest.mark.parametrize("attachment", [12, True, "", "f" * 63, "f" * 65, "F" * 64, "g" * 64, "f" * 64], ids=repr)
async def test_an_attachment_is_one_that_was_uploaded(desk: Desk, attachment: Json) -> None:
    problem = await desk.office.fails(422, "/service-requests", report(desk.project, attachments=[attachment]))
    assert problem.pointers == {"/attachments/0"}
