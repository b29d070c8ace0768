"""Service requests over HTTP, from report to closure: repairs, complaints, major ones, and those that end early."""

from typing import Final

import pytest

from application.kernel.callers import Role
from tests.journeys.answers import Json
from tests.journeys.city import City, types
from tests.journeys.clerk import Clerk, service_zone
from tests.journeys.client import Client
from tests.journeys.desk import DONE, PHONE, Desk, report
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

SATISFIED: Final = {"outcome": "satisfied"}
BECAUSE: Final = {"reason": "经核实"}
PROMISED: Final = frozenset(
    {"id", "version", "number", "project_id", "unit", "kind", "category", "priority", "major", "status", "description"}
    | {"reporter", "assignee", "deadlines", "responded_at", "completed_at", "overdue", "return_visits", "rating"}
)


async def status(client: Client, path: str) -> str:
    """Read where a request stands."""
    found: str = (await client.reads(path))["status"]
    return found


async def test_a_repair_from_report_to_closure(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    before = await city.last_position()
    answer = await desk.resident.post("/service-requests", report(desk.project, priority="emergency"))
    assert answer.status_code == 201
    receipt = answer.json()
    path = f"/service-requests/{receipt['id']}"
    assert answer.headers["location"] == f"/v1{path}"
    assert (answer.headers["etag"], receipt["version"]) == ('"1"', 1)
    page = await desk.office.reads(path)
    assert page.keys() >= PROMISED
    assert (page["status"], page["kind"], page["category"], page["priority"]) == (
        "received",
        "repair",
        "minor",
        "emergency",
    )
    assert (page["reporter"], page["assignee"], page["major"], page["overdue"]) == ({"name": "王*"}, None, False, False)
    assert (page["project_id"], page["unit"], page["channel"]) == (desk.project, "3-2-501", "app")
    steps: list[tuple[Client, str, Json, str]] = [
        (desk.office, "dispatch", {"assignee": desk.assignee}, "dispatched"),
        (desk.repairer, "start", {}, "in_progress"),
        (desk.repairer, "pause", {"reason": "awaiting_parts"}, "paused"),
        (desk.repairer, "resume", {}, "in_progress"),
        (desk.repairer, "reply", {"text": "今日下午换件"}, "in_progress"),
        (desk.repairer, "completion", DONE, "completed"),
        (desk.visitor, "return-visits", {**SATISFIED, "channel": "phone", "rating": 5, "note": "很好"}, "completed"),
        (desk.office, "closure", {}, "closed"),
    ]
    for version, (who, step, body, stands) in enumerate(steps, start=2):
        done = await who.does(f"{path}/{step}", body)
        assert (done.id, done.version) == (receipt["id"], version)
        page = await desk.office.reads(path)
        assert (page["status"], page["version"]) == (stands, version), step
    assert page["assignee"] == desk.assignee
    assert page["deadlines"].keys() >= {"respond_by", "resolve_by"}
    assert page["responded_at"] is not None
    assert page["completed_at"] is not None
    assert page["rating"] == 5
    (visit,) = page["return_visits"]
    assert (visit["outcome"], visit["channel"], visit["rating"], visit["note"]) == ("satisfied", "phone", 5, "很好")
    assert types(await city.events(after=before)) == [
        "service-request.received",
        "service-request.dispatched",
        "service-request.started",
        "service-request.paused",
        "service-request.resumed",
        "service-request.replied",
        "service-request.completed",
        "service-request.return-visit-recorded",
        "service-request.closed",
    ]
    history = await clerk.items(f"{path}/history")
    assert types(history) == types(await city.events(after=before))
    assert PHONE not in str(history)
    assert "王芳" not in str(history)


async def test_without_a_body_a_step_is_taken_now(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.dispatched()
    answer = await desk.repairer.ask("POST", f"{path}/start")
    assert (answer.status_code, answer.json()["version"]) == (200, 3)


async def test_a_complaint_closes_with_a_reply_and_becomes_a_training_case(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("complaint", category="complaint", description="大堂保洁不到位")
    assert await desk.office.is_refused(f"{path}/closure", {}) == {"request.reply-missing"}
    assert await desk.office.is_refused(f"{path}/archive", {"lesson": "早查"}) == {"request.illegal-transition"}
    await desk.office.does(f"{path}/reply", {"text": "已调整保洁班次，并向您致歉"})
    # A complaint needs no visit.
    await desk.manager.does(f"{path}/closure", {})
    for lesson in ("业主电话 13800001111", "证号 321002199001011238 已核", "回拨１３８０００，13912345678！"):
        problem = await desk.office.fails(422, f"{path}/archive", {"lesson": lesson})
        assert problem.pointers == {"/lesson"}
    archived = await desk.office.does(f"{path}/archive", {"lesson": "班次空档须补人"})
    assert (await desk.office.does(f"{path}/archive", {"lesson": "班次空档须补人"})).version == archived.version
    assert await desk.office.is_refused(f"{path}/archive", {"lesson": "早查"}) == {"request.illegal-transition"}
    page = await clerk.reads(path)
    assert (page["status"], page["category"], page["version"]) == ("closed", "complaint", archived.version)
    last = (await clerk.items(f"{path}/history"))[-1]
    assert (last["type"], last["data"]["lesson"]) == ("service-request.archived", "班次空档须补人")


async def test_a_major_request_is_the_managers_own(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed(major=True)
    for place in ("charge", "sign-off"):
        for other in (desk.office, city.clerk(), city.officer()):
            await other.fails(403, f"{path}/{place}", {})
    await desk.visited(path)
    assert await desk.office.is_refused(f"{path}/closure", {}) == {"request.manager-sign-off-missing"}
    charge = await desk.manager.does(f"{path}/charge", {})
    assert (await desk.manager.does(f"{path}/charge", {})).version == charge.version
    await desk.manager.does(f"{path}/sign-off", {})
    await desk.office.does(f"{path}/closure", {})
    page = await desk.office.reads(path)
    assert (page["status"], page["major"], page["overdue"]) == ("closed", True, False)


@pytest.mark.parametrize("who", ["office", "municipal", "district"])
async def test_with_no_manager_in_office_another_signs_off_with_a_reason(city: City, who: str) -> None:
    desk = await Desk.of(city, with_manager=False)
    stand_in: Client = {"office": desk.office, "municipal": city.clerk(), "district": city.officer()}[who]
    path = await desk.completed(major=True)
    await desk.visited(path)
    await stand_in.does(f"{path}/charge", {})
    problem = await stand_in.fails(422, f"{path}/sign-off", {})
    assert problem.pointers == {"/reason"}
    await stand_in.does(f"{path}/sign-off", {"reason": "项目经理空缺"})
    await desk.office.does(f"{path}/closure", {})
    assert await status(desk.office, path) == "closed"


@pytest.mark.parametrize("with_manager", [True, False])
async def test_who_signs_off_what_nobody_has_in_hand_takes_charge_of_it(
    city: City, clerk: Clerk, with_manager: bool
) -> None:
    desk = await Desk.of(city, with_manager=with_manager)
    path = await desk.completed(major=True)
    signer, body = (desk.manager, {}) if with_manager else (desk.office, {"reason": "项目经理空缺"})
    signed = await signer.does(f"{path}/sign-off", body)
    assert (await signer.does(f"{path}/sign-off", body)).version == signed.version
    history = await clerk.items(f"{path}/history")
    assert [(event["type"], event["version"]) for event in history[-2:]] == [
        ("service-request.manager-took-charge", signed.version - 1),
        ("service-request.signed-off", signed.version),
    ]
    page = await desk.office.reads(path)
    assert page["charge"]["licence_id"] == page["sign_off"]["licence_id"] == (desk.licence if with_manager else None)


async def test_nobody_takes_charge_of_what_is_not_major(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed()
    assert await desk.manager.is_refused(f"{path}/charge", {}) == {"request.not-major"}
    assert await desk.manager.is_refused(f"{path}/sign-off", {}) == {"request.not-major"}


async def test_three_attempts_an_hour_apart_stand_for_a_visit(city: City) -> None:
    desk = await Desk.of(city, with_manager=False)
    path = await desk.reported(by=desk.office, occurred_at="2026-11-23T08:00:00+08:00")
    for who, step, body, at in (
        (desk.office, "dispatch", {"assignee": desk.assignee}, "08:01"),
        (desk.office, "start", {}, "08:20"),
        (desk.office, "completion", DONE, "09:00"),
    ):
        await who.does(f"{path}/{step}", {**body, "occurred_at": f"2026-11-23T{at}:00+08:00"})
    for at in ("10:00:00", "10:59:59", "11:00:00", "11:59:59"):
        await desk.visited(path, "unreachable", channel="phone", occurred_at=f"2026-11-23T{at}+08:00")
        assert await desk.office.is_refused(f"{path}/closure", {}) == {"request.return-visit-missing"}
    await desk.visited(path, "unreachable", channel="visit", occurred_at="2026-11-23T12:00:00+08:00")
    await desk.office.does(f"{path}/closure", {})
    page = await desk.office.reads(path)
    assert (page["status"], [visit["outcome"] for visit in page["return_visits"]]) == ("closed", ["unreachable"] * 5)


async def test_attempts_at_one_moment_count_once(place: Place) -> None:
    """The same as above, by the clock of the service itself."""
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        desk = await Desk.of(city)
        path = await desk.completed()
        for _ in range(3):
            await desk.visited(path, "unreachable")
        assert await desk.office.is_refused(f"{path}/closure", {}) == {"request.return-visit-missing"}
    async with place.at("2026-11-24T13:10:00+08:00") as city:
        visitor = city.employee(desk.company, f"visits for {desk.company}")
        await visitor.does(f"{path}/return-visits", {"outcome": "unreachable"})
        assert await visitor.is_refused(f"{path}/closure", {}) == {"request.return-visit-missing"}
    async with place.at("2026-11-24T14:20:00+08:00") as city:
        visitor = city.employee(desk.company, f"visits for {desk.company}")
        await visitor.does(f"{path}/return-visits", {"outcome": "unreachable"})
        await visitor.does(f"{path}/closure", {})


async def test_an_unsatisfied_visit_reopens(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed()
    before = await city.last_position()
    done = await desk.office.reads(path)
    await desk.visited(path, "unsatisfied", note="仍在渗水", rating=2)
    assert types(await city.events(after=before)) == [
        "service-request.return-visit-recorded",
        "service-request.reopened",
    ]
    page = await desk.office.reads(path)
    assert (page["status"], page["assignee"], page["completed_at"]) == ("dispatched", desk.assignee, None)
    assert (page["rating"], page["return_visits"][0]["outcome"]) == (2, "unsatisfied")
    # Deadlines were fixed when it was received, and it was answered then.
    assert (page["deadlines"], page["responded_at"]) == (done["deadlines"], done["responded_at"])
    assert await desk.office.is_refused(f"{path}/closure", {}) >= {"request.illegal-transition"}
    await desk.repairer.does(f"{path}/start", {})
    await desk.repairer.does(f"{path}/completion", DONE)
    assert await desk.office.is_refused(f"{path}/closure", {}) == {"request.return-visit-missing"}
    await desk.visited(path)
    await desk.office.does(f"{path}/closure", {})


async def test_the_reporter_answers_in_person(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed()
    for other in (desk.office, desk.manager, desk.repairer, city.clerk()):
        await other.fails(403, f"{path}/return-visits/answer", {"satisfied": True})
    neighbour = city.neighbour(Role.RESIDENT, desk.project, "somebody next door")
    await neighbour.fails(404, f"{path}/return-visits/answer", {"satisfied": True})
    before = await city.last_position()
    await desk.resident.does(f"{path}/return-visits/answer", {"satisfied": True, "rating": 4})
    assert types(await city.events(after=before)) == ["service-request.return-visit-recorded"]
    await desk.office.does(f"{path}/closure", {})
    page = await desk.resident.reads(path)
    assert (page["status"], page["rating"], page["return_visits"][0]["outcome"]) == ("closed", 4, "satisfied")

    path = await desk.completed()
    await desk.resident.does(f"{path}/return-visits/answer", {"satisfied": False})
    assert await status(desk.resident, path) == "dispatched"


async def test_who_did_the_work_does_not_ask_how_it_was(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed()
    assert await desk.repairer.is_refused(f"{path}/return-visits", SATISFIED) == {"request.return-visit-not-valid"}
    path = await desk.dispatched()
    await desk.office.does(f"{path}/start", {})
    assert await desk.visitor.is_refused(f"{path}/return-visits", SATISFIED) == {"request.return-visit-not-valid"}
    await desk.manager.does(f"{path}/completion", DONE)
    for worker in (desk.office, desk.manager, desk.repairer):
        assert await worker.is_refused(f"{path}/return-visits", SATISFIED) == {"request.return-visit-not-valid"}
    await desk.visited(path)


async def test_a_request_ends_as_a_duplicate_without_a_visit(city: City) -> None:
    desk, elsewhere = await Desk.of(city), await Desk.of(city)
    first, second, third = [await desk.reported() for _ in range(3)]
    for other in (await elsewhere.reported(), second):
        problem = await desk.office.fails(422, f"{second}/duplicate", {"duplicate_of": other.rsplit("/", 1)[1]})
        assert problem.pointers == {"/duplicate_of"}
    body = {"duplicate_of": first.rsplit("/", 1)[1]}
    await desk.office.does(f"{second}/duplicate", body)
    assert await desk.office.is_refused(f"{second}/duplicate", body) == {"request.illegal-transition"}
    page = await desk.office.reads(second)
    assert (page["status"], page["duplicate_of"]) == ("closed", body["duplicate_of"])
    again = {"duplicate_of": second.rsplit("/", 1)[1]}
    assert await desk.office.is_refused(f"{third}/duplicate", again) == {"request.duplicate-of-ended"}
    assert await desk.office.is_refused(f"{second}/reopening", BECAUSE) == {"request.illegal-transition"}


async def test_a_request_ends_by_referral_without_a_visit(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.started()
    await desk.manager.does(f"{path}/referral", {"to": "燃气公司", "reason": "燃气管道归其维护"})
    page = await desk.office.reads(path)
    assert (page["status"], page["referral"]["to"]) == ("closed", "燃气公司")
    assert await desk.office.is_refused(f"{path}/start", {}) == {"request.illegal-transition"}


async def test_the_reporter_takes_it_back_before_work_starts(city: City) -> None:
    desk = await Desk.of(city)
    for path, who in ((await desk.reported(), desk.resident), (await desk.dispatched(), desk.office)):
        await who.does(f"{path}/cancellation", {"reason": "已自行处理"})
        assert await status(desk.office, path) == "cancelled"
        assert await desk.office.is_refused(f"{path}/dispatch", {"assignee": desk.assignee}) == {
            "request.illegal-transition"
        }
    path = await desk.started()
    assert await desk.resident.is_refused(f"{path}/cancellation", BECAUSE) == {"request.illegal-transition"}


async def test_a_closed_request_is_opened_again(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("consultation")
    await desk.office.does(f"{path}/closure", {})
    closed = await desk.office.reads(path)
    await desk.resident.does(f"{path}/reopening", {"reason": "没有说清"})
    page = await desk.office.reads(path)
    assert (page["status"], page["assignee"], page["completed_at"]) == ("dispatched", desk.assignee, None)
    assert (page["deadlines"], page["responded_at"]) == (closed["deadlines"], closed["responded_at"])


async def test_a_completion_in_time_that_was_undone_is_late_when_the_one_that_stands_is(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.reported(by=desk.office, occurred_at="2026-10-01T09:00:00+08:00")
    steps: tuple[tuple[str, Json, str, bool], ...] = (
        ("dispatch", {"assignee": desk.assignee}, "01T09:05", True),
        ("start", {}, "01T09:10", True),
        ("completion", DONE, "01T10:00", False),
        ("reopening", BECAUSE, "01T11:00", True),
        ("start", {}, "01T12:00", True),
        ("completion", DONE, "02T09:00", False),
        ("reopening", BECAUSE, "02T10:00", True),
        ("start", {}, "02T10:10", True),
        ("completion", DONE, "02T11:00", True),
    )
    for step, body, at, is_overdue in steps:
        await desk.office.does(f"{path}/{step}", {**body, "occurred_at": f"2026-10-{at}:00+08:00"})
        page = await desk.office.reads(path)
        assert (page["overdue"], page["deadlines"]["resolve_by"]) == (is_overdue, "2026-10-02T01:00:00Z"), step
    missed = (await desk.office.reads(path))["missed"]
    assert missed == [{"clock": "resolution", "due": "2026-10-02T01:00:00Z"}]


async def test_a_complaint_that_is_reopened_has_its_reply(city: City) -> None:
    desk = await Desk.of(city)
    path = await desk.completed("complaint")
    await desk.office.does(f"{path}/reply", {"text": "已处理"})
    for step, body in (("closure", {}), ("reopening", BECAUSE), ("start", {}), ("completion", DONE), ("closure", {})):
        await desk.office.does(f"{path}/{step}", body)
    assert await status(desk.office, path) == "closed"


async def test_a_unit_leads_to_its_zone_whose_manager_has_it_at_once(city: City, clerk: Clerk) -> None:
    desk = await Desk.of(city)
    zones = f"/projects/{desk.project}/zones"
    await clerk.does(zones, service_zone("东区", units=["3"], zone_manager={"subject": "zhao", "name": "赵六"}))
    await clerk.does(zones, service_zone("西区", units=["5"], zone_manager="钱七"))
    before = await city.last_position()
    path = await desk.reported(unit="3-2-501")
    assert types(await city.events(after=before)) == ["service-request.received", "service-request.dispatched"]
    page = await desk.office.reads(path)
    assert (page["status"], page["zone"], page["assignee"]) == (
        "dispatched",
        "东区",
        {"subject": "zhao", "name": "赵六"},
    )
    await city.neighbour(Role.STAFF, desk.project, "zhao").does(f"{path}/start", {})
    assert (await desk.office.reads(await desk.reported(unit="5-1-101")))["assignee"]["name"] == "钱七"
    nowhere = await desk.office.reads(await desk.reported(unit="31-1-101"))
    assert (nowhere["status"], nowhere["zone"], nowhere["assignee"]) == ("received", None, None)
    # Before work starts it may be handed on, and whoever had it has it no more.
    path = await desk.reported(unit="3-1-101")
    await desk.office.does(f"{path}/dispatch", {"assignee": desk.assignee})
    await city.neighbour(Role.STAFF, desk.project, "zhao").fails(404, f"{path}/start", {})
    await desk.repairer.does(f"{path}/start", {})


async def test_files_are_named_by_a_request_and_by_its_completion(city: City) -> None:
    desk = await Desk.of(city)
    sent = await desk.resident.ask("POST", "/attachments", files={"file": ("p.pdf", b"%PDF-1.4\n%%EOF\n", "x/y")})
    photo = sent.json()["id"]
    path = await desk.started(attachments=[photo])
    nothing = "0" * 64
    for body in ({"attachments": [photo, nothing]}, {"attachments": [nothing]}):
        problem = await desk.repairer.fails(422, f"{path}/completion", {**DONE, **body})
        assert problem.pointers == {f"/attachments/{len(body['attachments']) - 1}"}
    await desk.repairer.does(f"{path}/completion", {**DONE, "attachments": [photo]})
    page = await desk.office.reads(path)
    assert (page["attachments"], page["result_attachments"]) == ([photo], [photo])
    assert (await desk.office.get(f"/attachments/{photo}")).status_code == 200
