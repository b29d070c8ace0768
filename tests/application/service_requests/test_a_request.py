"""A request from report to closure and back, with receipts, records of refusals, and times that a company gives."""

import asyncio
from datetime import timedelta

import pytest

from application.kernel.callers import Role
from application.kernel.refusals import RefusedOnRecord, StaleVersion
from application.kernel.submission import Submission
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import LicenceId, ServiceRequestId
from domain.service_requests.events import ManagerTookCharge, ServiceRequestSignedOff
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Kind, PauseReason, VisitOutcome
from tests.application.city import CLERK, SYSTEM
from tests.application.service_requests.desk import PHOTO, Desk


def codes(refusal: pytest.ExceptionInfo[RefusedOnRecord]) -> set[str]:
    return {rule.code for rule in refusal.value.broken}


async def test_a_repair_from_report_to_closure() -> None:
    desk = await Desk.open()
    after = await desk.city.last_position()
    request_id = await desk.file()
    await desk.work_off(request_id)
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.do("close", request_id)
    assert codes(refusal) == {"request.return-visit-missing"}
    await desk.do("answer", request_id, by=desk.resident, satisfied=True, rating=5)
    receipt = await desk.do("close", request_id)
    assert receipt.version == 6
    assert await desk.types(after) == [
        "service-request.received",
        "service-request.dispatched",
        "service-request.started",
        "service-request.completed",
        "service-request.request-refused",
        "service-request.return-visit-recorded",
        "service-request.closed",
    ]


async def test_an_unsatisfied_answer_reopens_in_one_append() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    receipt = await desk.do("answer", request_id, by=desk.resident, satisfied=False)
    assert receipt.version == 6
    request = await desk.request(request_id)
    assert (request.status, request.round) == (Status.DISPATCHED, 2)
    # Whoever did it the first time goes on with it.
    await desk.do("start", request_id, by=desk.staff)


async def test_who_did_the_work_does_not_visit_and_the_desk_does() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.do("visit", request_id, by=desk.staff)
    assert codes(refusal) == {"request.return-visit-not-valid"}
    await desk.do("visit", request_id, outcome=VisitOutcome.SATISFIED)


async def test_nothing_to_do_leaves_the_version() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    first = await desk.do("dispatch", request_id)
    again = await desk.do("dispatch", request_id)
    assert (first.version, again.version) == (2, 2)


async def test_a_stale_version_is_told() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    use_case, asked = desk.command("start", request_id)
    with pytest.raises(StaleVersion):
        await desk.city.ask(use_case, asked, by=desk.company, if_match=1)


async def test_a_company_tells_when_it_was_and_is_held_to_it() -> None:
    desk = await Desk.open()
    request_id = await desk.file(by=desk.company, occurred_at=desk.city.clock.now() - timedelta(hours=5))
    was = desk.city.clock.now() - timedelta(hours=4)
    await desk.do("dispatch", request_id, occurred_at=was)
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.do("start", request_id, occurred_at=was - timedelta(seconds=1))
    assert codes(refusal) == {"request.before-previous-step"}
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.do("start", request_id, occurred_at=desk.city.clock.now() + timedelta(seconds=1))
    assert codes(refusal) == {"request.in-the-future"}
    await desk.do("start", request_id, occurred_at=was)
    with pytest.raises(Unacceptable) as error:
        await desk.do("reply", request_id, by=desk.staff, occurred_at=was)
    assert error.value.pointer == "/occurred_at"


async def test_photos_of_the_work_must_be_here() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    await desk.do("start", request_id)
    with pytest.raises(Unacceptable) as error:
        await desk.do("complete", request_id, attachments=(PHOTO,))
    assert error.value.pointer == "/attachments/0"
    desk.shelf.kept.add(PHOTO)
    await desk.do("complete", request_id, attachments=(PHOTO,))


async def test_a_pause_moves_the_deadline_by_the_rule_set_of_the_receipt() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    due = (await desk.request(request_id)).resolve_by
    await desk.do("dispatch", request_id)
    await desk.do("start", request_id)
    await desk.do("pause", request_id, reason=PauseReason.AWAITING_RESIDENT)
    desk.minutes_pass(90)
    await desk.do("resume", request_id)
    assert (await desk.request(request_id)).resolve_by == due + timedelta(minutes=90)


async def test_a_major_request_is_signed_off_by_the_manager_in_person() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True, kind=Kind.SUGGESTION, category=None)
    await desk.do("charge", request_id, by=desk.manager)
    await desk.work_off(request_id)
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.do("close", request_id)
    assert codes(refusal) == {"request.manager-sign-off-missing"}
    signed_at = await desk.do("sign-off", request_id, by=desk.manager)
    assert (await desk.do("sign-off", request_id, by=desk.manager)).version == signed_at.version
    await desk.do("close", request_id)
    told = [entry.event for entry in await desk.city.events()]
    charge = next(event for event in told if isinstance(event, ManagerTookCharge))
    signed = next(event for event in told if isinstance(event, ServiceRequestSignedOff))
    assert (charge.licence_id, signed.licence_id, signed.reason) == (desk.manager_id, desk.manager_id, None)


async def test_who_signs_off_first_takes_charge_in_one_append() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    await desk.work_off(request_id)
    after = await desk.city.last_position()
    receipt = await desk.do("sign-off", request_id, by=desk.manager)
    assert receipt.version == 6
    assert await desk.types(after) == ["service-request.manager-took-charge", "service-request.signed-off"]


async def test_what_is_reopened_keeps_its_deadlines() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.work_off(request_id)
    first = await desk.request(request_id)
    await desk.do("answer", request_id, by=desk.resident, satisfied=False)
    again = await desk.request(request_id)
    assert (again.respond_by, again.resolve_by) == (first.respond_by, first.resolve_by)
    assert (again.responded_at, again.completed_at) == (first.responded_at, None)


@pytest.mark.parametrize("role", [Role.COMPANY, Role.DISTRICT, Role.MUNICIPAL])
async def test_with_no_manager_in_office_another_signs_off_with_a_reason(role: Role) -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True, kind=Kind.SUGGESTION, category=None)
    await desk.work_off(request_id)
    await desk.manager_leaves()
    with pytest.raises(Unacceptable) as error:
        await desk.do("sign-off", request_id, by=desk.caller(role))
    assert error.value.pointer == "/reason"
    await desk.do("sign-off", request_id, by=desk.caller(role), reason="项目经理空缺")
    await desk.do("close", request_id)


async def test_it_is_the_manager_in_office_at_that_moment() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True, kind=Kind.SUGGESTION, category=None)
    await desk.do("charge", request_id, by=desk.manager)
    await desk.work_off(request_id)
    await desk.manager_leaves()
    successor: LicenceId = await desk.city.manager(desk.company_id)
    await desk.city.appoint(successor, desk.estate)
    await desk.do("sign-off", request_id, by=desk.caller(Role.MANAGER, licence=successor))
    last = (await desk.city.events())[-1].event
    assert isinstance(last, ServiceRequestSignedOff)
    assert last.licence_id == successor


async def test_a_duplicate_names_a_request_that_the_caller_may_read() -> None:
    desk = await Desk.open()
    first, second = await desk.file(), await desk.file()
    elsewhere = await desk.city.estate(await desk.city.company())
    hidden = await desk.file(by=CLERK, project_id=elsewhere)
    nothing = ServiceRequestId(desk.city.identities.new())
    for other in (hidden, nothing, second):
        with pytest.raises(Unacceptable) as error:
            await desk.do("duplicate", second, duplicate_of=other)
        assert error.value.pointer == "/duplicate_of"
    await desk.do("duplicate", second, duplicate_of=first)
    assert (await desk.request(second)).duplicate_of == first


async def test_two_requests_do_not_become_each_others_duplicate() -> None:
    desk = await Desk.open()
    first, second = await desk.file(), await desk.file()
    ledgers = [desk.city.another_process() for _ in range(2)]
    asked = [
        desk.command("duplicate", first, duplicate_of=second),
        desk.command("duplicate", second, duplicate_of=first),
    ]
    outcomes = await asyncio.gather(
        *(
            ledger.submit(use_case, Submission(caller=desk.company), question)
            for ledger, (use_case, question) in zip(ledgers, asked, strict=True)
        ),
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusedOnRecord)]
    assert [rule.code for refusal in refused for rule in refusal.broken] == ["request.duplicate-of-ended"]


async def test_a_closed_complaint_becomes_a_training_case_without_a_word_of_who_it_was() -> None:
    desk = await Desk.open()
    request_id = await desk.file(kind=Kind.COMPLAINT, category=Category.COMPLAINT)
    await desk.do("reply", request_id)
    await desk.work_off(request_id)
    await desk.do("close", request_id)
    await desk.do("archive", request_id)
    last = (await desk.city.events())[-1]
    assert last.data is not None
    assert set(last.data) == {"lesson", "occurred_at"}


async def test_an_import_goes_all_the_way_with_times_of_its_own() -> None:
    desk = await Desk.open()
    was = desk.city.clock.now() - timedelta(days=500)
    request_id = await desk.file(by=SYSTEM, kind=Kind.SUGGESTION, category=None, reference="7", occurred_at=was)
    for what in ("dispatch", "start", "complete", "close"):
        was += timedelta(days=1)
        await desk.do(what, request_id, by=SYSTEM, occurred_at=was)
    request = await desk.request(request_id)
    assert (request.status, request.ended_at) == (Status.CLOSED, was)


async def test_a_reporter_is_sealed_and_masked() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    stored = desk.city.store.log.of(f"service-request-{request_id}", after=0)
    assert "王芳".encode() not in stored[0].state
    assert b"13812345678" not in stored[0].state
    shown = (await desk.city.events())[-1].data
    assert shown is not None
    assert shown["reporter"] == {"name": "王*", "phone": "138****5678"}
