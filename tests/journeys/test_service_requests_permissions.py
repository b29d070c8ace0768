"""Who may do what with service requests, every operation by every role; what the table does not name is denied."""

from collections.abc import Mapping
from typing import Final

import pytest
import pytest_asyncio

from application.kernel.callers import Role
from tests.journeys.answers import Problem
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG
from tests.journeys.client import Client
from tests.journeys.desk import Desk, report
from tests.journeys.request_calls import REQUEST_CALLS, Requests

pytestmark = pytest.mark.asyncio(loop_scope="module")

DESK: Final = frozenset({"company", "manager"})
WORK: Final = DESK | {"staff"}
OUTSIDE: Final = frozenset({"other company", "other manager"})
OTHER_STAFF: Final = frozenset({"colleague", "other staff"})
OTHER_RESIDENTS: Final = frozenset({"neighbour", "other resident"})

MAY: Final[Mapping[str, frozenset[str]]] = {
    "dispatch": WORK,
    "start": WORK,
    "pause": WORK,
    "resume": WORK,
    "complete": WORK,
    "reply": WORK,
    "visit": WORK,
    "refer": WORK,
    "mark a duplicate": WORK,
    "take charge": frozenset({"manager"}),
    "sign off": frozenset({"manager"}),
    "close": DESK,
    "reopen": DESK | {"resident"},
    "cancel": frozenset({"company", "resident"}),
    "answer": frozenset({"resident"}),
    "archive": DESK,
}
"""Who may do it to a request of their own: reported by the resident, dispatched to the staff."""

NOT_FOUND: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(MAY.keys() - {"take charge", "sign off", "close", "reopen", "cancel", "answer", "archive"},
                    OUTSIDE | OTHER_STAFF),
    "take charge": OUTSIDE | {"other district"},
    "sign off": OUTSIDE | {"other district"},
    "close": OUTSIDE,
    "reopen": OUTSIDE | OTHER_RESIDENTS,
    "cancel": frozenset({"other company"}) | OTHER_RESIDENTS,
    "answer": OTHER_RESIDENTS,
    "archive": OUTSIDE,
}  # fmt: skip
"""For whom it is not found: roles that may do it to their own, and may not read this one. All others are forbidden."""

READS: Final = frozenset(
    {"municipal", "auditor", "system", "district", "company", "manager", "owners_committee", "neighbourhood_committee"}
    | {"resident", "staff"}
)
READS_HISTORY: Final = frozenset({"municipal", "auditor", "district", "company", "manager"})


def callers(city: City, desk: Desk, elsewhere: Desk) -> Mapping[str, Client]:
    """Answer a caller in every role, bound to this desk and to another one."""
    found = {
        "municipal": city.clerk("another clerk"),
        "auditor": city.auditor(),
        "system": city.caller(Role.SYSTEM),
        "district": city.officer(),
        "other district": city.officer(HANJIANG),
        "company": desk.office,
        "other company": elsewhere.office,
        "manager": desk.manager,
        "other manager": elsewhere.manager,
        "resident": desk.resident,
        "neighbour": city.neighbour(Role.RESIDENT, desk.project, "somebody next door"),
        "staff": desk.repairer,
        "colleague": city.neighbour(Role.STAFF, desk.project, "a colleague"),
    }
    for role in (Role.OWNERS_COMMITTEE, Role.NEIGHBOURHOOD_COMMITTEE):
        found[role.value] = city.neighbour(role, desk.project)
    for role in (Role.OWNERS_COMMITTEE, Role.NEIGHBOURHOOD_COMMITTEE, Role.RESIDENT, Role.STAFF):
        found[f"other {role.value}"] = city.neighbour(role, elsewhere.project)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desks(city: City) -> tuple[Desk, Desk]:
    return await Desk.of(city), await Desk.of(city, district=HANJIANG)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def things(desks: tuple[Desk, Desk]) -> Requests:
    return await Requests.at(desks[0], await desks[0].dispatched("complaint", major=True))


@pytest.mark.parametrize("operation", MAY)
async def test_who_may_not_is_turned_away(
    city: City, desks: tuple[Desk, Desk], things: Requests, operation: str
) -> None:
    before = await city.last_position()
    call = REQUEST_CALLS[operation]
    for name, caller in callers(city, *desks).items():
        if name in MAY[operation] or (name == "system" and operation in _SYSTEM):
            continue
        status = 404 if name in NOT_FOUND[operation] else 403
        answer = await caller.post(call.at(things), call.body(things))
        assert answer.status_code == status, f"{name}: {answer.text}"
        # A role is known before the body is looked at, a scope only after.
        is_by_scope = status == 404 or name in _IN_THE_MANAGERS_PLACE.get(operation, frozenset())
        problem = Problem.of(await caller.post(call.at(things), {"colour": "green"}))
        assert problem.status == (422 if is_by_scope else 403), name
    assert (await city.nobody().post(call.at(things), call.body(things))).status_code == 401
    assert await city.last_position() == before


_SYSTEM: Final = MAY.keys() - {"take charge", "sign off", "answer", "archive"}
"""What an import does."""
_IN_THE_MANAGERS_PLACE: Final = dict.fromkeys(
    ("take charge", "sign off"), frozenset({"municipal", "district", "company"})
)


@pytest.mark.parametrize("operation", MAY)
async def test_who_may_is_let_in(city: City, desks: tuple[Desk, Desk], operation: str) -> None:
    desk, call = desks[0], REQUEST_CALLS[operation]
    for name in sorted(MAY[operation] | ({"system"} if operation in _SYSTEM else set())):
        things = await Requests.at(desk, await desk.dispatched("complaint", major=True))
        answer = await callers(city, *desks)[name].post(call.at(things), call.body(things))
        assert answer.status_code in {200, 409}, f"{name}: {answer.text}"


async def test_who_may_report(city: City, desks: tuple[Desk, Desk]) -> None:
    desk, elsewhere = desks
    expected = dict.fromkeys(("municipal", "system", "company", "manager", "owners_committee", "resident"), 201)
    expected |= dict.fromkeys(("neighbour",), 201)
    expected |= dict.fromkeys(("other owners_committee", "other resident"), 422)
    for name, caller in callers(city, desk, elsewhere).items():
        answer = await caller.post("/service-requests", report(desk.project))
        assert answer.status_code == expected.get(name, 403), f"{name}: {answer.text}"
        if answer.status_code == 422:
            assert Problem.of(answer).pointers == {"/project_id"}


@pytest.mark.parametrize("who", ["municipal", "district", "company", "other district", "other company", "manager"])
async def test_who_stands_in_for_a_manager_who_is_not_there(city: City, desks: tuple[Desk, Desk], who: str) -> None:
    desk = await Desk.of(city, with_manager=False)
    path = await desk.completed("suggestion", major=True)
    client = callers(city, desk, desks[1])[who]
    if who in {"municipal", "district", "company"}:
        await client.does(f"{path}/charge", {})
        await client.does(f"{path}/sign-off", {"reason": "经理空缺"})
    else:
        for step in ("charge", "sign-off"):
            await client.fails(404, f"{path}/{step}", {"reason": "经理空缺"} if step == "sign-off" else {})


async def test_who_may_read(city: City, clerk: Client, desks: tuple[Desk, Desk], things: Requests) -> None:
    assert clerk.token
    path = f"/service-requests/{things.request}"
    for name, caller in callers(city, *desks).items():
        answer = await caller.get(path)
        assert answer.status_code == (200 if name in READS else 404), name
        if answer.status_code == 200:
            page = answer.json()
            assert page["reporter"] == {"name": "王*"}
            assert "13800001111" not in answer.text
        listed = {item["id"] for item in await caller.items("/service-requests")}
        assert (things.request in listed) == (name in READS), name
        if name in {"resident", "neighbour", "staff", "colleague"} or name.startswith("other "):
            assert listed <= await _readable(caller, listed)
    assert (await city.nobody().get(path)).status_code == 401


async def _readable(caller: Client, listed: set[str]) -> set[str]:
    """Answer which of the listed requests can be read one by one."""
    return {each for each in listed if (await caller.get(f"/service-requests/{each}")).status_code == 200}


async def test_who_may_read_history_and_refusals(city: City, desks: tuple[Desk, Desk], things: Requests) -> None:
    path = f"/service-requests/{things.request}"
    for name, caller in callers(city, *desks).items():
        answer = await caller.get(f"{path}/history")
        by_scope = name in {"other district", "other company", "other manager"}
        assert answer.status_code == (200 if name in READS_HISTORY else 404 if by_scope else 403), name
        answer = await caller.get(f"{path}/refusals")
        assert answer.status_code == (200 if name in {"municipal", "auditor"} else 403), name


async def test_a_list_shows_to_each_their_own(city: City) -> None:
    desk, elsewhere = await Desk.of(city), await Desk.of(city, district=HANJIANG)
    own = {await desk.reported(), await desk.dispatched()}
    next_door = city.neighbour(Role.RESIDENT, desk.project, f"next door {desk.project}")
    theirs, others = await desk.reported(by=next_door), await elsewhere.reported()
    everything = own | {theirs, others}
    dispatched = {path for path in own if (await desk.office.reads(path))["assignee"]}
    for client, sees in (
        (desk.office, own | {theirs}),
        (desk.manager, own | {theirs}),
        (desk.resident, own),
        (next_door, {theirs}),
        (desk.repairer, dispatched),
        (city.neighbour(Role.OWNERS_COMMITTEE, desk.project), own | {theirs}),
        (city.officer(HANJIANG), {others}),
        (city.officer(), own | {theirs}),
        (city.auditor(), everything),
    ):
        listed = {f"/service-requests/{item['id']}" for item in await client.items("/service-requests")}
        assert listed & everything == sees


async def test_a_manager_who_has_left_reads_no_more(city: City, clerk: Client) -> None:
    desk = await Desk.of(city)
    path = await desk.reported()
    await desk.manager.reads(path)
    await clerk.does(f"/projects/{desk.project}/manager/relief", {"reason": "调离"})
    await desk.manager.cannot_read(404, path)
    assert await desk.manager.items("/service-requests") == []


async def test_the_owners_committee_reports_and_does_nothing_else(city: City, desks: tuple[Desk, Desk]) -> None:
    committee = city.neighbour(Role.OWNERS_COMMITTEE, desks[0].project)
    path = f"/service-requests/{(await committee.does('/service-requests', report(desks[0].project))).id}"
    await committee.fails(403, f"{path}/cancellation", {"reason": "误报"})
    await committee.fails(403, f"{path}/reopening", {"reason": "复查"})
