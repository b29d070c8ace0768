"""What is overdue follows from the time: at every limit, over pauses and reopenings, and as counted by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.service_requests.clocks import overdue
from domain.service_requests.closing import ReopenRequest, reopen
from domain.service_requests.deadlines import deadlines
from domain.service_requests.events import ServiceRequestDispatched, ServiceRequestEvent
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import Clock, Missed, ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.words import Category, PauseReason
from domain.service_requests.work import CompleteWork, PauseWork, complete, pause, resume, start
from tests.domain.rule_sets import rule_set
from tests.domain.service_requests.builders import (
    AT_WORK,
    DONE,
    FITTER,
    LEAK,
    TO_FITTER,
    at,
    cancelled,
    completed,
    dispatched,
    major,
    paused,
    received,
    referred,
    reopened,
    replied,
    resumed,
    started,
    state,
    took_charge,
    visited,
)
from tests.domain.service_requests.builders import closed as closing
from tests.domain.service_requests.minutes import Counts, any_minute, is_late, on_working_days

RESPONSE = Missed(clock=Clock.RESPONSE, due=at(0.5))
RESOLUTION = Missed(clock=Clock.RESOLUTION, due=at(24))
TAKING_CHARGE = Missed(clock=Clock.TAKING_CHARGE, due=at(2))

Told = Sequence[ServiceRequestEvent]


@pytest.mark.parametrize(
    ("told", "hours", "missed"),
    [
        ([received()], 0.5, ()),
        ([received()], 0.501, (RESPONSE,)),
        ([received()], 24, (RESPONSE,)),
        ([received()], 24.001, (RESPONSE, RESOLUTION)),
        ([received(), replied(0.5)], 23, ()),
        ([received(), replied(0.6)], 23, (RESPONSE,)),
        ([received(), dispatched(), started(0.5)], 23, ()),
        ([received(), dispatched(), started(0.6)], 23, (RESPONSE,)),
        ([received(), dispatched(), started(), completed(24)], 99, ()),
        ([received(), dispatched(), started(), completed(24.1)], 99, (RESOLUTION,)),
        ([received(), cancelled], 99, (RESPONSE,)),
        ([received(), replied(0.4), referred], 99, ()),
    ],
)
def test_a_deadline_is_missed_after_its_instant_and_stays_so(
    told: Told, hours: float, missed: Sequence[Missed]
) -> None:
    assert overdue(state(*told), at(hours)) == tuple(missed)


@pytest.mark.parametrize(
    ("told", "missed"),
    [
        ([paused(23, PauseReason.AWAITING_RESIDENT)], ()),
        ([paused(24, PauseReason.FORCE_MAJEURE)], ()),
        ([paused(24.1, PauseReason.FORCE_MAJEURE)], (RESOLUTION,)),
        ([paused(1, PauseReason.AWAITING_PARTS)], (RESOLUTION,)),
    ],
)
def test_a_clock_that_stands_still_misses_nothing_unless_it_waits_for_parts(
    told: Told, missed: Sequence[Missed]
) -> None:
    assert overdue(state(received(), dispatched(), started(), *told), at(1000)) == tuple(missed)


@pytest.mark.parametrize(
    ("told", "hours", "missed"),
    [
        ([], 2, ()),
        ([], 2.1, (TAKING_CHARGE,)),
        ([took_charge(2)], 9, ()),
        ([took_charge(2.1)], 9, (TAKING_CHARGE,)),
    ],
)
def test_a_major_request_is_overdue_when_nobody_took_charge(told: Told, hours: float, missed: Sequence[Missed]) -> None:
    before = (major(), dispatched(), started())
    assert overdue(state(*before, *told), at(hours)) == tuple(missed)


def test_a_request_that_is_reopened_keeps_its_deadlines_and_its_first_answer() -> None:
    first = state(*DONE)
    again = state(*DONE, visited(), closing(), reopened(7))
    assert (again.respond_by, again.resolve_by) == (first.respond_by, first.resolve_by)
    assert (again.responded_at, again.completed_at) == (first.responded_at, None)


@pytest.mark.parametrize(("hours", "missed"), [(24, ()), (24.1, (RESOLUTION,))])
def test_a_completion_that_was_undone_counts_no_more(hours: float, missed: Sequence[Missed]) -> None:
    """Done in time at first: it is late when the one that stands is."""
    again = (*DONE, reopened(4), started(5))
    assert overdue(state(*again), at(hours)) == tuple(missed)
    assert overdue(state(*again, completed(hours)), at(999)) == tuple(missed)


def test_what_is_reopened_after_its_deadline_is_overdue_at_once() -> None:
    assert overdue(state(*DONE), at(30)) == ()
    assert overdue(state(*DONE, reopened(30)), at(30)) == (RESOLUTION,)


def test_a_pause_moves_the_deadline_in_whichever_round() -> None:
    again = (*AT_WORK, paused(1), resumed(2, 25), completed(3), reopened(4), started(5), paused(6), resumed(8, 27))
    assert overdue(state(*again), at(27)) == ()
    assert overdue(state(*again), at(27.1)) == (Missed(clock=Clock.RESOLUTION, due=at(27)),)


def test_each_clock_is_missed_once_whatever_is_reopened() -> None:
    told = (major(), dispatched(), started(1), completed(30), reopened(40), started(41), completed(90), reopened(99))
    assert overdue(state(*told), at(999)) == (RESPONSE, RESOLUTION, TAKING_CHARGE)


def test_charge_is_asked_once_whatever_is_reopened() -> None:
    told = (major(), dispatched(), started(), took_charge(1), completed(3), reopened(4))
    assert overdue(state(*told), at(9)) == ()


def test_closing_changes_nothing() -> None:
    assert overdue(state(*DONE, closing()), at(99)) == ()


HOLIDAYS = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
MAKE_UP_DAYS = (date(2027, 1, 2),)
WINTER = rule_set(holidays=HOLIDAYS, make_up_days=MAKE_UP_DAYS)
LIMITS: dict[Category, tuple[int, Counts]] = {
    Category.EMERGENCY: (24 * 60, any_minute),
    Category.COMPLEX: (7 * 24 * 60, on_working_days(HOLIDAYS, MAKE_UP_DAYS)),
    Category.SUGGESTION: (7 * 24 * 60, any_minute),
}


def said_at(now: datetime) -> Step:
    return Step(by=FITTER, now=now)


def dispatched_at(now: datetime) -> ServiceRequestDispatched:
    return ServiceRequestDispatched(assignee=TO_FITTER, occurred_at=now)


def folded(request: ServiceRequest, events: Sequence[ServiceRequestEvent]) -> ServiceRequest:
    after = SERVICE_REQUEST.fold(events, request)
    assert after is not None
    return after


Waits = list[tuple[int, PauseReason, int]]

ROUND = st.tuples(
    st.lists(
        st.tuples(st.integers(0, 3 * 24 * 60), st.sampled_from(PauseReason), st.integers(0, 5 * 24 * 60)), max_size=3
    ),
    st.integers(0, 6 * 24 * 60),
    st.integers(0, 4 * 24 * 60),
)
"""Pauses, with the minutes of work before each and of waiting; of work after them; and until it is reopened."""


@settings(deadline=None, max_examples=60)
@given(
    category=st.sampled_from(sorted(LIMITS)),
    offset=st.integers(0, 14 * 24 * 60),
    rounds=st.lists(ROUND, min_size=1, max_size=3),
)
def test_it_is_overdue_as_found_by_who_counts_every_minute(
    category: Category, offset: int, rounds: list[tuple[Waits, int, int]]
) -> None:
    """From the receipt to the completion that stands: only the pauses do not count, what was undone does."""
    begun = datetime(2026, 12, 24, tzinfo=UTC) + timedelta(minutes=offset)
    due = deadlines(category, begun, WINTER)
    request = state(
        received(category=category, occurred_at=begun, respond_by=due.respond_by, resolve_by=due.resolve_by)
    )
    request = folded(request, [dispatched_at(begun)])
    now, stood = begun, list[tuple[datetime, datetime]]()

    def is_found_late() -> bool:
        limit, counts = LIMITS[category]
        return is_late(begun, now, limit, counts, lambda minute: any(since <= minute < until for since, until in stood))

    def has_missed(at: datetime) -> bool:
        return any(missed.clock is Clock.RESOLUTION for missed in overdue(request, at))

    for pauses, works_on, until_reopened in rounds:
        if request.completed_at is not None:
            request = folded(request, reopen(request, ReopenRequest(request_id=LEAK, reason="又漏了"), said_at(now)))
            assert has_missed(now) is is_found_late()
        request = folded(request, start(request, said_at(now)))
        for works, reason, waits in pauses:
            now += timedelta(minutes=works)
            request = folded(request, pause(request, PauseWork(request_id=LEAK, reason=reason), said_at(now)))
            since, now = now, now + timedelta(minutes=waits)
            if reason is not PauseReason.AWAITING_PARTS:
                stood.append((since, now))
            request = folded(request, resume(request, said_at(now), WINTER))
        now += timedelta(minutes=works_on)
        assert has_missed(now) is is_found_late()
        request = folded(request, complete(request, CompleteWork(request_id=LEAK, result="已修"), said_at(now)))
        assert has_missed(now + timedelta(days=900)) is is_found_late()
        now += timedelta(minutes=until_reopened)
