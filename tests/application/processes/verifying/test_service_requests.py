"""Requests that were worked off by decisions are whole; steps that no decision has taken are found."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import LicenceId, ProjectId, ServiceRequestId, Subject
from domain.service_requests.events import (
    ManagerTookCharge,
    ReturnVisitRecorded,
    ServiceRequestCancelled,
    ServiceRequestClosed,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestReceived,
    ServiceRequestReopened,
    ServiceRequestReplied,
    ServiceRequestResumed,
    ServiceRequestSignedOff,
    ServiceRequestStarted,
)
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE
from domain.service_requests.words import Category, Kind, PauseReason, VisitOutcome
from tests.application.city import CLERK, SYSTEM
from tests.application.numbered import numbered
from tests.application.processes.verifying.audits import findings, forge, verified
from tests.application.service_requests.desk import TO_FITTER, Desk

HOUR = timedelta(hours=1)


async def busy() -> Desk:
    """A bit of everything that happens to requests."""
    desk = await Desk.open()
    repair = await desk.file(major=True, category=Category.COMPLEX)
    await desk.do("dispatch", repair)
    await desk.do("start", repair, by=desk.staff)
    for reason in PauseReason:
        desk.minutes_pass(3000)
        await desk.do("pause", repair, by=desk.staff, reason=reason)
        desk.minutes_pass(3000)
        await desk.do("resume", repair, by=desk.staff)
    await desk.do("complete", repair, by=desk.staff)
    await desk.do("answer", repair, by=desk.resident, satisfied=False)
    await desk.do("start", repair, by=desk.staff)
    await desk.do("complete", repair, by=desk.staff)
    for _ in range(3):
        await desk.do("visit", repair, outcome=VisitOutcome.UNREACHABLE)
        desk.minutes_pass(60)
    await desk.do("sign-off", repair, by=desk.manager)
    await desk.do("close", repair)
    await desk.do("note-overdue", repair, by=SYSTEM)

    complaint = await desk.file(kind=Kind.COMPLAINT, category=None)
    await desk.do("reply", complaint)
    await desk.work_off(complaint)
    await desk.do("visit", complaint, outcome=VisitOutcome.SATISFIED)
    await desk.do("close", complaint)
    await desk.do("archive", complaint)
    await desk.do("reopen", complaint, by=desk.resident)

    for what in ("cancel", "refer"):
        await desk.do(what, await desk.file())
    await desk.do("duplicate", await desk.file(), duplicate_of=repair)
    imported = await desk.file(by=SYSTEM, reference="7", occurred_at=desk.city.clock.now() - 900 * HOUR)
    await desk.do("dispatch", imported, by=SYSTEM, occurred_at=desk.city.clock.now() - 800 * HOUR)
    await desk.do("note-overdue", imported, by=SYSTEM)
    return desk


async def test_requests_that_were_worked_off_by_decisions_are_whole() -> None:
    desk = await busy()
    report = await verified(desk.city)
    assert report.findings == ()
    assert report.is_whole


async def put(desk: Desk, request_id: ServiceRequestId, *events: ServiceRequestEvent, by: Caller = CLERK) -> list[str]:
    await forge(desk.city, *((SERVICE_REQUEST, request_id, event) for event in events), by=by)
    return await findings(desk.city)


async def test_a_repair_that_was_closed_without_a_visit_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    found = await put(desk, request_id, ServiceRequestClosed(occurred_at=desk.city.clock.now()))
    assert found == ["service-request: service-request.closed breaks its rules: request.return-visit-missing"]


async def test_a_visit_by_who_did_the_work_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    visit = ReturnVisitRecorded(
        outcome=VisitOutcome.SATISFIED,
        channel=None,
        rating=None,
        note=None,
        by=TO_FITTER.subject,
        by_reporter=False,
        occurred_at=desk.city.clock.now(),
    )
    assert await put(desk, request_id, visit) == [
        "service-request: service-request.return-visit-recorded breaks its rules: request.return-visit-not-valid"
    ]
    unsatisfied = replace(visit, by=Subject("desk"), outcome=VisitOutcome.UNSATISFIED)
    assert "service-request: the resident was not satisfied, and it was not reopened" in await put(
        desk, request_id, unsatisfied
    )


async def test_a_step_out_of_order_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    now = desk.city.clock.now()
    completed = ServiceRequestCompleted(result="已修", by=Subject("fitter"), attachments=(), occurred_at=now)
    assert await put(desk, request_id, completed) == [
        "service-request: service-request.completed breaks its rules: request.illegal-transition"
    ]


async def test_a_step_before_the_one_in_front_of_it_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    early = desk.city.clock.now() - HOUR
    assert await put(desk, request_id, ServiceRequestReplied(text="好", occurred_at=early)) == [
        "service-request: service-request.replied breaks its rules: request.before-previous-step"
    ]


async def test_a_step_taken_twice_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    now = desk.city.clock.now()
    assert await put(desk, request_id, ServiceRequestDispatched(assignee=TO_FITTER, occurred_at=now)) == [
        "service-request: service-request.dispatched is a step that was taken before"
    ]


async def test_a_deadline_that_was_moved_too_far_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    await desk.do("start", request_id)
    await desk.do("pause", request_id)
    desk.minutes_pass(60)
    due, now = (await desk.request(request_id)).resolve_by, desk.city.clock.now()
    resumed = ServiceRequestResumed(resolve_by=due + 2 * HOUR, occurred_at=now)
    assert await put(desk, request_id, resumed) == [
        "service-request: service-request.resumed is not what the rules make of it"
    ]


async def test_a_round_that_was_not_counted_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    now = desk.city.clock.now()
    again = ServiceRequestReopened(reason="又漏了", round=1, occurred_at=now)
    assert await put(desk, request_id, again) == [
        "service-request: service-request.reopened is not what the rules make of it"
    ]


async def test_work_that_was_started_and_cancelled_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    now = desk.city.clock.now()
    found = await put(
        desk,
        request_id,
        ServiceRequestStarted(by=Subject("fitter"), occurred_at=now),
        ServiceRequestCancelled(reason="不修了", occurred_at=now),
    )
    assert found == ["service-request: service-request.cancelled breaks its rules: request.illegal-transition"]


async def received(desk: Desk, **changes: Any) -> ServiceRequestReceived:
    await desk.file()
    event = (await desk.city.events())[-1].event
    assert isinstance(event, ServiceRequestReceived)
    return replace(event, **changes)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"rule_set": "2027-1"}, "cites rule set 2027-1, in force was 2000-1"),
        ({"take_charge_by": None, "major": True}, "its deadlines are not those of rule set 2000-1"),
        ({"category": Category.COMPLEX}, "its deadlines are not those of rule set 2000-1"),
        ({"project_id": ProjectId(numbered(999))}, "received for a project that is not active"),
    ],
)
async def test_a_receipt_that_no_rule_set_gives_is_found(changes: dict[str, Any], what: str) -> None:
    desk = await Desk.open()
    event = await received(desk, **changes)
    assert f"service-request: {what}" in await put(desk, ServiceRequestId(desk.city.identities.new()), event)


async def test_a_request_that_was_received_before_it_happened_or_twice_is_found() -> None:
    desk = await Desk.open()
    event = await received(desk)
    later = desk.city.clock.now() + HOUR
    tomorrow = replace(event, occurred_at=later, respond_by=event.respond_by + HOUR, resolve_by=event.resolve_by + HOUR)
    fresh = ServiceRequestId(desk.city.identities.new())
    assert await put(desk, fresh, tomorrow) == [
        f"service-request: received at {later}, after it was filed",
    ]
    assert "service-request: service-request.received received twice" in await put(desk, fresh, event)


@pytest.mark.parametrize("role", [Role.COMPANY, Role.MANAGER])
async def test_who_took_charge_as_a_manager_and_is_none_is_found(role: Role) -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    nobody = LicenceId(desk.city.identities.new())
    charge = ManagerTookCharge(licence_id=nobody, by=Subject("x"), occurred_at=desk.city.clock.now())
    said = {Role.COMPANY: "by company for a manager", Role.MANAGER: "by a manager who is nowhere in office"}
    assert await put(desk, request_id, charge, by=desk.caller(role)) == [
        f"service-request: service-request.manager-took-charge {said[role]}"
    ]


async def test_a_company_that_signed_off_without_a_reason_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    await desk.work_off(request_id)
    signed = ServiceRequestSignedOff(
        licence_id=None, by=Subject("desk"), reason=None, occurred_at=desk.city.clock.now()
    )
    (found,) = await put(desk, request_id, signed, by=desk.company)
    assert found.startswith("service-request: service-request.signed-off breaks its rules: /reason")


async def test_a_sign_off_of_what_nobody_had_in_hand_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    await desk.work_off(request_id)
    signed = ServiceRequestSignedOff(
        licence_id=desk.manager_id, by=Subject("manager"), reason=None, occurred_at=desk.city.clock.now()
    )
    assert await put(desk, request_id, signed, by=desk.manager) == [
        "service-request: service-request.signed-off is not what the rules make of it"
    ]


async def test_what_was_noted_twice_is_found() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    desk.minutes_pass(31)
    await desk.do("note-overdue", request_id, by=SYSTEM)
    event = (await desk.city.events())[-1].event
    await forge(desk.city, (OVERDUE, request_id, event), by=SYSTEM)
    assert await findings(desk.city) == ["service-request-overdue: service-request.response-overdue was noted before"]
