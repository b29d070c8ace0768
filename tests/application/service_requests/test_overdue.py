"""Watchers note what is overdue: once each, whoever of them comes first, and without touching the request."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from application.kernel.ports import Recorded
from application.kernel.submission import Submission
from application.processes.service_requests.noting_overdue import NotingOverdue
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.overdue import OVERDUE, NoteOverdue
from domain.service_requests.overdue_events import ResolutionOverdue, ResponseOverdue, TakingChargeOverdue
from domain.service_requests.words import Kind
from tests.application.city import DISTRICT, SYSTEM
from tests.application.service_requests.desk import Desk


async def noted(desk: Desk, request_id: ServiceRequestId) -> list[Recorded]:
    return list(await desk.city.store.read(after=0, limit=1000, stream=OVERDUE.stream(request_id)))


async def test_what_is_overdue_is_noted_beside_the_request() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    before = await desk.do("note-overdue", request_id, by=SYSTEM)
    assert await noted(desk, request_id) == []
    desk.minutes_pass(31)
    receipt = await desk.do("note-overdue", request_id, by=SYSTEM)
    assert receipt.version == before.version == 1
    (entry,) = await noted(desk, request_id)
    assert entry.type == "service-request.response-overdue"
    assert entry.event == ResponseOverdue(
        due=(await desk.request(request_id)).respond_by,
        project_id=desk.estate,
        district=DISTRICT,
        company_id=desk.company_id,
        licence_id=desk.manager_id,
    )


async def test_each_clock_is_noted_when_its_time_comes_and_once() -> None:
    desk = await Desk.open()
    request_id = await desk.file(major=True)
    for minutes in (31, 0, 90, 0, 23 * 60, 0, 9999):
        desk.minutes_pass(minutes)
        await desk.do("note-overdue", request_id, by=SYSTEM)
    found = [type(entry.event) for entry in await noted(desk, request_id)]
    assert found == [ResponseOverdue, TakingChargeOverdue, ResolutionOverdue]


async def test_what_was_missed_while_nobody_watched_is_noted_afterwards() -> None:
    desk = await Desk.open()
    request_id = await desk.file(kind=Kind.SUGGESTION, category=None)
    desk.minutes_pass(9 * 24 * 60)
    await desk.work_off(request_id)
    await desk.do("reopen", request_id, by=desk.resident)
    desk.minutes_pass(25 * 60)
    await desk.do("note-overdue", request_id, by=SYSTEM)
    assert [type(entry.event) for entry in await noted(desk, request_id)] == [ResponseOverdue, ResolutionOverdue]


async def test_a_completion_in_time_that_was_undone_is_overdue_in_the_end_and_noted_once() -> None:
    desk = await Desk.open()
    request_id = await desk.file(by=desk.company)
    due = (await desk.request(request_id)).resolve_by
    await desk.work_off(request_id)
    await desk.do("reopen", request_id)
    await desk.do("note-overdue", request_id, by=SYSTEM)
    assert await noted(desk, request_id) == []
    desk.city.clock.instant = due + timedelta(seconds=1)
    for what in ("note-overdue", "start", "complete", "reopen", "start", "complete", "note-overdue"):
        await desk.do(what, request_id, by=SYSTEM if what == "note-overdue" else desk.company)
    facts = [entry.event for entry in await noted(desk, request_id)]
    assert [(type(fact), getattr(fact, "due", None)) for fact in facts] == [(ResolutionOverdue, due)]


async def test_noting_breaks_nobodys_if_match() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    desk.minutes_pass(31)
    await desk.do("note-overdue", request_id, by=SYSTEM)
    use_case, asked = desk.command("dispatch", request_id)
    receipt = await desk.city.ask(use_case, asked, by=desk.company, if_match=1)
    assert receipt.version == 2


@pytest.mark.parametrize("watchers", [2, 5])
async def test_several_watchers_note_it_once(watchers: int) -> None:
    desk = await Desk.open()
    requests = [await desk.file(major=True) for _ in range(8)]
    ledgers = [desk.city.another_process() for _ in range(watchers)]
    for minutes in (31, 120, 24 * 60):
        desk.minutes_pass(minutes)
        await asyncio.gather(
            *(
                ledger.submit(NotingOverdue(), Submission(caller=SYSTEM), NoteOverdue(request_id=request_id))
                for request_id in requests
                for ledger in ledgers
            )
        )
    for request_id in requests:
        counted = Counter(type(entry.event) for entry in await noted(desk, request_id))
        assert counted == {ResponseOverdue: 1, TakingChargeOverdue: 1, ResolutionOverdue: 1}


async def test_a_watcher_that_comes_as_the_work_is_done_notes_what_stands() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    desk.minutes_pass(31)
    start, asked = desk.command("start", request_id)
    await asyncio.gather(
        desk.city.another_process().submit(start, Submission(caller=desk.company), asked),
        desk.city.another_process().submit(
            NotingOverdue(), Submission(caller=SYSTEM), NoteOverdue(request_id=request_id)
        ),
    )
    assert [type(entry.event) for entry in await noted(desk, request_id)] == [ResponseOverdue]
