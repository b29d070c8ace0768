"""Every rule about service requests refuses over HTTP, with its clause, and is on record under the request."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pytest

from tests.journeys.answers import Json
from tests.journeys.city import City
from tests.journeys.clerk import Clerk
from tests.journeys.client import Client
from tests.journeys.desk import DONE, Desk, report

pytestmark = pytest.mark.asyncio(loop_scope="module")

YESTERDAY: Final = "2026-11-23T12:00:00+08:00"
TOMORROW: Final = "2026-11-25T12:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried with a request: by whom, which step, with which body."""

    client: Client
    step: str
    body: Json


async def _closing(desk: Desk, path: str) -> Tried:
    return Tried(desk.office, f"{path}/closure", {})


async def _closed_without_a_visit(desk: Desk) -> Tried:
    return await _closing(desk, await desk.completed())


async def _closed_without_a_reply(desk: Desk) -> Tried:
    return await _closing(desk, await desk.completed("complaint"))


async def _closed_without_the_manager(desk: Desk) -> Tried:
    return await _closing(desk, await desk.completed("suggestion", major=True))


async def _visited_by_the_repairer(desk: Desk) -> Tried:
    return Tried(desk.repairer, f"{await desk.completed()}/return-visits", {"outcome": "satisfied"})


async def _visited_before_completion(desk: Desk) -> Tried:
    return Tried(desk.visitor, f"{await desk.started()}/return-visits", {"outcome": "satisfied"})


async def _started_before_dispatch(desk: Desk) -> Tried:
    return Tried(desk.office, f"{await desk.reported()}/start", {})


async def _paused_without_a_reason(desk: Desk) -> Tried:
    return Tried(desk.office, f"{await desk.started()}/pause", {})


async def _charge_of_a_minor_one(desk: Desk) -> Tried:
    return Tried(desk.manager, f"{await desk.reported()}/charge", {})


async def _a_repair_as_a_training_case(desk: Desk) -> Tried:
    path = await desk.completed()
    await desk.visited(path)
    await desk.office.does(f"{path}/closure", {})
    return Tried(desk.office, f"{path}/archive", {"lesson": "早查"})


async def _a_duplicate_of_what_was_cancelled(desk: Desk) -> Tried:
    other = await desk.reported()
    await desk.resident.does(f"{other}/cancellation", {"reason": "误报"})
    return Tried(desk.office, f"{await desk.reported()}/duplicate", {"duplicate_of": other.rsplit("/", 1)[1]})


async def _started_tomorrow(desk: Desk) -> Tried:
    return Tried(desk.office, f"{await desk.dispatched()}/start", {"occurred_at": TOMORROW})


async def _started_before_it_was_dispatched(desk: Desk) -> Tried:
    return Tried(desk.office, f"{await desk.dispatched()}/start", {"occurred_at": YESTERDAY})


REFUSED: Final[Mapping[str, Callable[[Desk], Awaitable[Tried]]]] = {
    "request.return-visit-missing": _closed_without_a_visit,
    "request.reply-missing": _closed_without_a_reply,
    "request.manager-sign-off-missing": _closed_without_the_manager,
    "request.return-visit-not-valid": _visited_by_the_repairer,
    "request.return-visit-not-valid before": _visited_before_completion,
    "request.illegal-transition": _started_before_dispatch,
    "request.pause-reason-missing": _paused_without_a_reason,
    "request.not-major": _charge_of_a_minor_one,
    "request.not-complaint": _a_repair_as_a_training_case,
    "request.duplicate-of-ended": _a_duplicate_of_what_was_cancelled,
    "request.in-the-future": _started_tomorrow,
    "request.before-previous-step": _started_before_it_was_dispatched,
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_rule_refuses_alone_and_on_record(city: City, clerk: Clerk, case: str) -> None:
    desk = await Desk.of(city)
    tried = await REFUSED[case](desk)
    path = "/".join(tried.step.split("/")[:3])
    before = await clerk.reads(path)
    problem = await tried.client.fails(409, tried.step, tried.body)
    assert problem.code == "rules-broken"
    (broken,) = problem.document["broken"]
    assert broken["code"] == case.split(maxsplit=1)[0]
    assert broken["cites"].startswith("Text 4")
    assert await clerk.reads(path) == before
    (found,) = await clerk.items(f"{path}/refusals")
    assert (found["position"], found["broken"], found["by"]["role"]) == (
        problem.position,
        problem.document["broken"],
        "manager" if tried.client is desk.manager else "staff" if tried.client is desk.repairer else "company",
    )
    assert found["asked"]["request_id"] == path.rsplit("/", 1)[1]
    chinese = (await tried.client.post(tried.step, tried.body, language="zh-CN")).json()["broken"]
    assert [(each["code"], each["cites"]) for each in chinese] == [(broken["code"], broken["cites"])]
    assert chinese[0]["message"] != broken["message"]


async def test_all_that_is_missing_for_a_closure_is_named_at_once(city: City) -> None:
    desk = await Desk.of(city)
    major = await desk.completed(major=True)
    assert await desk.office.is_refused(f"{major}/closure", {}) == {
        "request.return-visit-missing",
        "request.manager-sign-off-missing",
    }
    complaint = await desk.completed("complaint", major=True)
    assert await desk.office.is_refused(f"{complaint}/closure", {}) == {
        "request.reply-missing",
        "request.manager-sign-off-missing",
    }


@pytest.mark.parametrize(
    "step",
    ["resume", "pause", "completion", "closure", "reopening", "sign-off", "archive"],
)
async def test_a_step_that_is_not_drawn_from_the_beginning_is_refused(city: City, step: str) -> None:
    desk = await Desk.of(city)
    path = await desk.reported("complaint", major=True)
    body = {"pause": {"reason": "awaiting_parts"}, "completion": DONE, "archive": {"lesson": "早查"}}.get(step, {})
    client = desk.manager if step == "sign-off" else desk.office
    if step == "reopening":
        body = {"reason": "复查"}
    assert "request.illegal-transition" in await client.is_refused(f"{path}/{step}", body)


@pytest.mark.parametrize(
    "step", ["dispatch", "start", "pause", "resume", "completion", "reply", "cancellation", "closure"]
)
async def test_nothing_more_is_done_about_what_is_closed(city: City, step: str) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("consultation")
    await desk.office.does(f"{path}/closure", {})
    body = {
        "dispatch": {"assignee": desk.assignee},
        "pause": {"reason": "awaiting_parts"},
        "completion": DONE,
        "reply": {"text": "迟复"},
        "cancellation": {"reason": "误报"},
    }.get(step, {})
    assert await desk.office.is_refused(f"{path}/{step}", body) == {"request.illegal-transition"}


async def test_a_refused_filing_is_found_under_its_project(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city, with_manager=False)
    problem = await desk.office.fails(409, "/service-requests", report(desk.project, occurred_at=TOMORROW))
    assert problem.broken == {"request.in-the-future"}
    await clerk.does(f"/projects/{desk.project}/withdrawal", {"reason": "撤管"})
    withdrawn = await clerk.fails(409, "/service-requests", report(desk.project))
    assert withdrawn.broken == {"project.not-active"}
    found = await clerk.items(f"/projects/{desk.project}/refusals")
    assert [refusal["position"] for refusal in found] == [withdrawn.position, problem.position]
    assert found[0]["command"] == "file-request"
    for personal in ("王芳", "13800001111"):
        assert personal not in str(found)


async def test_a_refused_duplicate_is_found_under_both(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    tried = await _a_duplicate_of_what_was_cancelled(desk)
    problem = await tried.client.fails(409, tried.step, tried.body)
    other = f"/service-requests/{tried.body['duplicate_of']}"
    assert [refusal["position"] for refusal in await clerk.items(f"{other}/refusals")] == [problem.position]


async def test_a_time_in_the_past_is_kept_and_every_step_follows_the_one_before(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    steps: tuple[tuple[str, Json, str], ...] = (
        ("dispatch", {"assignee": desk.assignee}, "2026-10-01T09:10:00+08:00"),
        ("start", {}, "2026-10-01T01:20:00Z"),
        ("pause", {"reason": "awaiting_resident"}, "2026-10-01T10:00:00+08:00"),
        ("resume", {}, "2026-10-02T10:00:00+08:00"),
        ("reply", {"text": "已修"}, "2026-10-02T10:00:00+08:00"),
        ("completion", DONE, "2026-10-02T04:00:00+02:00"),
    )
    path = await desk.reported(by=desk.office, occurred_at="2026-10-01T09:00:00+08:00")
    for step, body, at in steps:
        await desk.office.does(f"{path}/{step}", {**body, "occurred_at": at})
    page = await desk.office.reads(path)
    assert page["received_at"] == "2026-10-01T01:00:00Z"
    assert page["responded_at"] == "2026-10-01T01:20:00Z"
    assert page["completed_at"] == "2026-10-02T02:00:00Z"
    # Received at nine and due after 24 hours; the day in which the resident was waited for does not count.
    assert page["deadlines"]["respond_by"] == "2026-10-01T01:30:00Z"
    assert page["deadlines"]["resolve_by"] == "2026-10-03T01:00:00Z"
    assert page["overdue"] is False
    history = await clerk.items(f"{path}/history")
    assert [event["data"]["occurred_at"] for event in history][:3] == [
        "2026-10-01T01:00:00Z",
        "2026-10-01T01:10:00Z",
        "2026-10-01T01:20:00Z",
    ]


async def test_long_before_the_first_rule_set_there_are_deadlines_too(city: City) -> None:
    desk = await Desk.of(city)
    for at in ("1900-01-01T00:00:00+14:00", "1927-12-31T23:59:59.999999999Z", "1999-12-31T16:00:00z"):
        path = await desk.reported(by=desk.office, category="complex", occurred_at=at)
        assert (await desk.office.reads(path))["overdue"] is True
