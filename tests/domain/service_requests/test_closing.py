"""Closing, with all that is missing named; and opening again."""

import pytest

from domain.service_requests.closing import (
    ReopenRequest,
    close,
    complaint_was_answered,
    manager_has_signed_off,
    reopen,
    repair_was_visited,
)
from domain.service_requests.events import ServiceRequestEvent, ServiceRequestReopened
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.request import Status
from domain.service_requests.steps import step_is_drawn
from domain.service_requests.words import Category, Kind
from tests.domain.service_requests.builders import (
    AT_WORK,
    CLOSED,
    DONE,
    FITTER,
    LEAK,
    at,
    closed,
    completed,
    done,
    major,
    of_kind,
    received,
    referred,
    reopened,
    replied,
    request,
    signed_off,
    started,
    state,
    step,
    unreachable,
    visited,
)

REOPEN = ReopenRequest(request_id=LEAK, reason="又漏了")


def test_a_repair_closes_after_a_satisfied_visit() -> None:
    request(*DONE, visited()).when(close, step(6)).then(closed(6))


def test_a_repair_closes_after_three_attempts() -> None:
    request(*DONE, unreachable(4), unreachable(5), unreachable(6)).when(close, step(7)).then(closed(7))


def test_a_repair_that_nobody_looked_after_stays_open() -> None:
    request(*DONE).when(close, step(6)).breaks(repair_was_visited)
    request(*DONE, unreachable(4), unreachable(5)).when(close, step(6)).breaks(repair_was_visited)


def test_a_visit_of_the_round_before_closes_nothing() -> None:
    again = (*DONE, visited(), reopened(5), started(6), completed(7))
    request(*again).when(close, step(8)).breaks(repair_was_visited)
    request(*again, visited(hours=8)).when(close, step(9)).then(closed(9))


def test_a_complaint_closes_with_a_written_reply() -> None:
    complaint = done(of_kind(Kind.COMPLAINT))
    request(*complaint).when(close, step(6)).breaks(complaint_was_answered)
    request(*complaint, replied(4)).when(close, step(6)).then(closed(6))


def test_a_complaint_that_was_reopened_was_answered() -> None:
    again = (*done(of_kind(Kind.COMPLAINT)), replied(4), reopened(5), started(6), completed(7))
    request(*again).when(close, step(8)).then(closed(8))


@pytest.mark.parametrize("kind", [Kind.CONSULTATION, Kind.SUGGESTION])
def test_what_is_neither_needs_neither(kind: Kind) -> None:
    request(*done(of_kind(kind))).when(close, step(6)).then(closed(6))


def test_a_major_request_closes_when_the_manager_has_signed_it_off() -> None:
    request(*done(major()), visited()).when(close, step(6)).breaks(manager_has_signed_off)
    request(*done(major()), visited(), signed_off()).when(close, step(6)).then(closed(6))


def test_a_major_request_is_signed_off_anew_when_it_was_reopened() -> None:
    again = (*done(major()), visited(), signed_off(), reopened(5), started(6), completed(7), visited(hours=8))
    request(*again).when(close, step(9)).breaks(manager_has_signed_off)


def test_all_that_is_missing_is_named() -> None:
    request(*done(major())).when(close, step(6)).breaks(repair_was_visited, manager_has_signed_off)
    started_only = request(of_kind(Kind.COMPLAINT, major=True, take_charge_by=at(2)))
    started_only.when(close, step(6)).breaks(step_is_drawn, complaint_was_answered, manager_has_signed_off)


def test_what_is_closed_is_not_closed_again() -> None:
    request(*CLOSED).when(close, step(9)).breaks(step_is_drawn)


@pytest.mark.parametrize("before", [DONE, (*DONE, visited()), CLOSED])
def test_what_was_completed_is_reopened(before: tuple[ServiceRequestEvent, ...]) -> None:
    expected = ServiceRequestReopened(reason="又漏了", round=2, occurred_at=at(7))
    request(*before).when(reopen, REOPEN, step(7)).then(expected)
    assert state(*CLOSED, expected).status is Status.DISPATCHED


def test_it_goes_back_to_who_did_it_and_is_counted() -> None:
    again = state(*CLOSED, reopened(7))
    assert (again.assignee, again.round, again.ended_at) == (FITTER, 2, None)
    assert (again.completed_at, again.was_visited) == (None, False)
    third = state(*CLOSED, reopened(7), started(8), completed(9), reopened(10, nth=3))
    assert third.round == 3


def test_what_was_never_worked_off_is_not_reopened() -> None:
    request(received(), referred).when(reopen, REOPEN, step(7)).breaks(step_is_drawn)
    request(*AT_WORK).when(reopen, REOPEN, step(7)).breaks(step_is_drawn)


def test_a_reply_stops_the_clock_of_the_response_once() -> None:
    asked = ReplyToRequest(request_id=LEAK, text="已安排维修")
    request(received(category=Category.COMPLEX)).when(reply, asked, step(1)).then(replied(1))
    assert state(received(), replied(1), replied(2)).responded_at == at(1)
    assert state(*AT_WORK, replied(1)).responded_at == at(0.2)
