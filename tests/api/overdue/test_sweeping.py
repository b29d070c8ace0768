"""Sweeps over a city in memory: every missed deadline once, by whoever comes first, and the rest next time."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from api.overdue import sweeping
from api.overdue.sweeping import Sweeping
from application.kernel.ledger import Ledger
from application.kernel.ports import Unavailable
from application.kernel.submission import Answer, Submission
from application.processes.service_requests.noting_overdue import NotingOverdue
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.overdue import OVERDUE, NoteOverdue
from domain.service_requests.request import Clock
from domain.service_requests.words import Category
from tests.api.overdue.missed import MissedInTheLog
from tests.application.city import SYSTEM
from tests.application.service_requests.desk import Desk

SENT = Submission(caller=SYSTEM)


def sweeping_of(desk: Desk, ledger: Ledger | None = None, upto: int | None = None) -> Sweeping:
    """A watcher with a process of its own, if it is given one; it has read the log so far."""

    async def note(sent: Submission, asked: NoteOverdue) -> Answer:
        return await (ledger or desk.city.ledger).submit(NotingOverdue(), sent, asked)

    return Sweeping(missed=MissedInTheLog(desk.city, upto), note=note, sent=SENT)


async def facts(desk: Desk) -> Counter[tuple[str, str]]:
    events = await desk.city.events()
    return Counter((event.stream, event.type) for event in events if event.type.endswith("-overdue"))


async def test_what_was_missed_is_noted_and_then_there_is_nothing() -> None:
    desk = await Desk.open()
    await desk.file()
    await desk.file(category=Category.COMPLEX)
    desk.minutes_pass(25 * 60)
    done = await sweeping_of(desk)(desk.city.clock.now())
    assert (done.requests, done.facts, done.left) == (1, {Clock.RESPONSE: 1, Clock.RESOLUTION: 1}, 0)
    position = await desk.city.last_position()
    assert (await sweeping_of(desk)(desk.city.clock.now())).requests == 0
    assert await desk.city.last_position() == position


async def test_many_are_gone_through_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 4)
    desk = await Desk.open()
    for _ in range(11):
        await desk.file()
        desk.minutes_pass(1)
    desk.minutes_pass(60)
    done = await sweeping_of(desk)(desk.city.clock.now())
    assert (done.requests, done.facts) == (11, {Clock.RESPONSE: 11})


async def test_two_watchers_at_once_note_everything_once() -> None:
    desk = await Desk.open()
    for _ in range(20):
        await desk.file()
    desk.minutes_pass(25 * 60)
    watchers = [sweeping_of(desk, desk.city.another_process()) for _ in range(3)]
    done = await asyncio.gather(*(sweep(desk.city.clock.now()) for sweep in watchers))
    found = await facts(desk)
    assert set(found.values()) == {1}
    assert len(found) == 40 == sum(each.facts.total() for each in done)
    assert [each.left for each in done] == [0, 0, 0]


async def test_a_reader_that_is_behind_notes_nothing_twice_and_finds_the_rest_later() -> None:
    desk = await Desk.open()
    await desk.file()
    behind = await desk.city.last_position()
    await desk.file()
    desk.minutes_pass(31)
    for _ in range(2):
        await sweeping_of(desk, upto=behind)(desk.city.clock.now())
        assert (await facts(desk)).total() == 1
    await sweeping_of(desk)(desk.city.clock.now())
    assert (await facts(desk)).total() == 2


async def test_a_deadline_that_was_moved_meanwhile_is_not_noted() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    await desk.do("dispatch", request_id)
    await desk.do("start", request_id, by=desk.staff)
    known = await desk.city.last_position()
    await desk.do("pause", request_id)
    desk.minutes_pass(25 * 60)
    done = await sweeping_of(desk, upto=known)(desk.city.clock.now())
    assert (done.requests, done.left, await facts(desk)) == (0, 0, Counter())


async def test_one_that_cannot_be_noted_is_left_and_keeps_nobody_waiting() -> None:
    desk = await Desk.open()
    first, second = await desk.file(), await desk.file()
    desk.minutes_pass(31)
    bad: set[ServiceRequestId] = {first}

    async def note(sent: Submission, asked: NoteOverdue) -> Answer:
        if asked.request_id in bad:
            raise Unavailable("not now")
        return await desk.city.ledger.submit(NotingOverdue(), sent, asked)

    sweep = Sweeping(missed=MissedInTheLog(desk.city), note=note, sent=SENT)
    done = await sweep(desk.city.clock.now())
    assert (done.requests, done.left) == (1, 1)
    assert set(await facts(desk)) == {(OVERDUE.stream(second), "service-request.response-overdue")}
    bad.clear()
    assert (await sweep(desk.city.clock.now())).requests == 1


async def test_told_to_stop_it_finishes_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    desk = await Desk.open()
    for _ in range(6):
        await desk.file()
    desk.minutes_pass(31)
    looks = iter([False, False, True])
    done = await sweeping_of(desk)(desk.city.clock.now(), is_stopping=lambda: next(looks))
    assert done.requests == 4


async def test_the_instant_of_a_deadline_is_in_time() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    due = (await desk.request(request_id)).respond_by
    assert (await sweeping_of(desk)(due)).requests == 0
    desk.city.clock.instant = due + timedelta(microseconds=1)
    assert (await sweeping_of(desk)(desk.city.clock.now())).requests == 1
