"""What commands about service requests are answered with: receipts, retries, versions to insist on."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import pytest
import pytest_asyncio

from tests.journeys.answers import Json, Receipt
from tests.journeys.city import City
from tests.journeys.desk import DONE, Desk
from tests.journeys.request_calls import REQUEST_CALLS, Requests, asker

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(city: City) -> Desk:
    return await Desk.of(city)


async def paused(desk: Desk) -> str:
    path = await desk.started()
    await desk.office.does(f"{path}/pause", {"reason": "awaiting_resident"})
    return path


async def visited(desk: Desk) -> str:
    path = await desk.completed()
    await desk.visited(path)
    return path


async def done_by_others(desk: Desk) -> str:
    """Have a request completed by nobody of the office."""
    path = await desk.started()
    await desk.repairer.does(f"{path}/completion", DONE)
    return path


async def closed_complaint(desk: Desk) -> str:
    path = await desk.completed("complaint")
    await desk.office.does(f"{path}/reply", {"text": "已处理"})
    await desk.office.does(f"{path}/closure", {})
    return path


BEFORE: Final[Mapping[str, Callable[[Desk], Awaitable[str]]]] = {
    "file": Desk.reported,
    "dispatch": Desk.reported,
    "start": Desk.dispatched,
    "pause": Desk.started,
    "resume": paused,
    "complete": Desk.started,
    "reply": Desk.reported,
    "visit": done_by_others,
    "answer": Desk.completed,
    "take charge": lambda desk: desk.reported(major=True),
    "sign off": lambda desk: desk.completed(major=True),
    "close": visited,
    "reopen": visited,
    "cancel": Desk.reported,
    "refer": Desk.reported,
    "mark a duplicate": Desk.reported,
    "archive": closed_complaint,
}
"""Where a request must stand for the operation to be accepted."""


@pytest.mark.parametrize("operation", REQUEST_CALLS)
async def test_every_command_is_done_once_and_its_receipt_repeated(city: City, desk: Desk, operation: str) -> None:
    call, things = REQUEST_CALLS[operation], await Requests.at(desk, await BEFORE[operation](desk))
    client, path, body = asker(desk, operation), call.at(things), call.body(things)
    first = await client.post(path, body, key=f"once {operation}")
    done = Receipt.of(path, first)
    assert not done.replayed
    position = await city.last_position()
    assert done.position == position
    second = await client.post(path, body, key=f"once {operation}")
    assert Receipt.of(path, second).replayed
    assert second.content == first.content
    assert second.headers.get("location") == first.headers.get("location")
    assert await city.last_position() == position
    other = {**body, "occurred_at": "2026-11-24T12:00:00+08:00"} if operation != "answer" else {"satisfied": False}
    if client is desk.office or operation == "answer":
        assert (await client.fails(422, path, other, key=f"once {operation}")).code == "idempotency.key-reused"


@pytest.mark.parametrize("operation", sorted(REQUEST_CALLS.keys() - {"file"}))
async def test_a_version_that_has_passed_is_stale(city: City, desk: Desk, operation: str) -> None:
    call, things = REQUEST_CALLS[operation], await Requests.at(desk, await BEFORE[operation](desk))
    client, path, body = asker(desk, operation), call.at(things), call.body(things)
    present = (await desk.office.reads(f"/service-requests/{things.request}"))["version"]
    before = await city.last_position()
    for version in (present - 1, present + 1, 0, 2**63 - 1):
        assert (await client.fails(412, path, body, if_match=version)).code == "stale"
    assert await city.last_position() == before
    done = await client.does(path, body, if_match=present)
    page = await desk.office.reads(f"/service-requests/{things.request}")
    assert (done.id, done.version) == (things.request, page["version"])
    assert done.version > present


async def test_what_moves_no_status_and_is_done_already_changes_nothing(city: City, desk: Desk) -> None:
    dispatched, signed, archived = (
        await desk.dispatched(),
        await desk.completed(major=True),
        await closed_complaint(desk),
    )
    for client, path, body in (
        (desk.office, f"{dispatched}/dispatch", {"assignee": desk.assignee}),
        (desk.manager, f"{signed}/charge", {}),
        (desk.manager, f"{signed}/sign-off", {}),
        (desk.office, f"{archived}/archive", {"lesson": "早查"}),
    ):
        first = await client.does(path, body)
        before = await city.last_position()
        assert (await client.does(path, body)).version == first.version
        assert await city.last_position() == before


async def test_the_same_step_again_is_a_transition_that_is_not_drawn(desk: Desk) -> None:
    stand: tuple[tuple[str, str, Json], ...] = (
        (await desk.started(), "start", {}),
        (await desk.started(), "resume", {}),
        (await paused(desk), "pause", {"reason": "awaiting_resident"}),
        (await paused(desk), "pause", {"reason": "awaiting_parts"}),
        (await paused(desk), "completion", DONE),
        (await desk.completed(), "completion", DONE),
        (await closed_complaint(desk), "closure", {}),
    )
    for path, step, body in stand:
        before = (await desk.office.reads(path))["version"]
        assert await desk.office.is_refused(f"{path}/{step}", body) == {"request.illegal-transition"}, step
        assert (await desk.office.reads(path))["version"] == before
    for step, body in (("cancellation", {"reason": "误报"}), ("referral", {"to": "燃气公司", "reason": "归其维护"})):
        path = await desk.reported()
        await desk.office.does(f"{path}/{step}", body)
        assert await desk.office.is_refused(f"{path}/{step}", body) == {"request.illegal-transition"}, step
