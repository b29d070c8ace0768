"""Return visits: by others than those who did the work, after it; an unsatisfied one reopens."""

import pytest

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import Subject
from domain.service_requests.events import ReturnVisitRecorded, ServiceRequestEvent, ServiceRequestReopened
from domain.service_requests.request import Status
from domain.service_requests.steps import step_is_drawn
from domain.service_requests.visits import (
    AnswerReturnVisit,
    RecordReturnVisit,
    answer_visit,
    record_visit,
    visit_is_valid,
)
from domain.service_requests.words import VisitChannel, VisitOutcome
from tests.domain.service_requests.builders import (
    AT_WORK,
    CLOSED,
    DESK,
    DONE,
    FITTER,
    LEAK,
    PLUMBER,
    RESIDENT,
    at,
    completed,
    dispatched,
    received,
    reopened,
    request,
    started,
    state,
    step,
    unreachable,
    visited,
)


def visit(outcome: VisitOutcome, rating: int | None = None) -> RecordReturnVisit:
    return RecordReturnVisit(request_id=LEAK, outcome=outcome, rating=rating)


def answer(satisfied: bool, rating: int | None = None) -> AnswerReturnVisit:
    return AnswerReturnVisit(request_id=LEAK, satisfied=satisfied, rating=rating)


def test_a_visit_is_recorded_with_all_that_was_said() -> None:
    asked = RecordReturnVisit(
        request_id=LEAK, outcome=VisitOutcome.SATISFIED, channel=VisitChannel.PHONE, rating=5, note="很快"
    )
    expected = ReturnVisitRecorded(
        outcome=VisitOutcome.SATISFIED,
        channel=VisitChannel.PHONE,
        rating=5,
        note="很快",
        by=DESK,
        by_reporter=False,
        occurred_at=at(4),
    )
    request(*DONE).when(record_visit, asked, step(4)).then(expected)
    assert state(*DONE, expected).was_visited


def test_an_unsatisfied_visit_reopens() -> None:
    expected = visited(VisitOutcome.UNSATISFIED, 4)
    again = ServiceRequestReopened(reason="回访不满意", round=2, occurred_at=at(4))
    request(*DONE).when(record_visit, visit(VisitOutcome.UNSATISFIED), step(4)).then(expected, again)
    after = state(*DONE, expected, again)
    assert (after.status, after.assignee, after.round) == (Status.DISPATCHED, FITTER, 2)
    assert not after.was_visited


def test_what_the_visitor_noted_is_why_it_was_reopened() -> None:
    asked = RecordReturnVisit(request_id=LEAK, outcome=VisitOutcome.UNSATISFIED, note="还在滴水")
    _, again = record_visit(state(*DONE), asked, step(4))
    assert isinstance(again, ServiceRequestReopened)
    assert again.reason == "还在滴水"


def test_the_reporters_own_answer_is_a_visit() -> None:
    expected = visited(rating=4, by=RESIDENT, by_reporter=True)
    request(*DONE).when(answer_visit, answer(satisfied=True, rating=4), step(4, RESIDENT)).then(expected)


def test_the_reporters_unsatisfied_answer_reopens() -> None:
    decided = answer_visit(state(*DONE), answer(satisfied=False), step(4, RESIDENT))
    assert [type(event) for event in decided] == [ReturnVisitRecorded, ServiceRequestReopened]


@pytest.mark.parametrize("worker", [FITTER, PLUMBER, Subject("clerk")])
def test_who_did_the_work_does_not_visit(worker: Subject) -> None:
    worked = request(received(), dispatched(), started(by=PLUMBER), completed(by=Subject("clerk")))
    worked.when(record_visit, visit(VisitOutcome.SATISFIED), step(4, worker)).breaks(visit_is_valid)
    worked.when(record_visit, visit(VisitOutcome.UNREACHABLE), step(4, worker)).breaks(visit_is_valid)


def test_who_did_the_work_the_first_time_does_not_visit_after_the_second() -> None:
    again = (*DONE, reopened(4), started(5, PLUMBER), completed(6, PLUMBER))
    request(*again).when(record_visit, visit(VisitOutcome.SATISFIED), step(7, FITTER)).breaks(visit_is_valid)


@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_visit_before_completion_does_not_count(before: int) -> None:
    early = request(*AT_WORK[:before])
    early.when(record_visit, visit(VisitOutcome.SATISFIED), step(4)).breaks(visit_is_valid)


def test_what_is_closed_gets_no_visit() -> None:
    request(*CLOSED).when(record_visit, visit(VisitOutcome.SATISFIED), step(9)).breaks(step_is_drawn)


@pytest.mark.parametrize(
    ("hours", "is_enough"),
    [
        ((4, 5), False),
        ((4, 5, 6), True),
        ((4, 5, 5.999), False),
        ((4, 4.999, 5, 5.5, 6), True),
        ((4, 4.5, 5.4, 5.9, 6.3), False),
        ((4, 4.5, 5.4, 5.9, 6.4), True),
    ],
)
def test_three_attempts_count_when_an_hour_lies_between_them(hours: tuple[float, ...], is_enough: bool) -> None:
    attempts: tuple[ServiceRequestEvent, ...] = tuple(unreachable(hour) for hour in hours)
    assert state(*DONE, *attempts).was_visited is is_enough


def test_an_attempt_is_recorded_and_silence_is_no_satisfaction() -> None:
    asked = visit(VisitOutcome.UNREACHABLE)
    request(*DONE, unreachable(4)).when(record_visit, asked, step(4.1)).then(unreachable(4.1))
    assert not state(*DONE, unreachable(4), unreachable(4.1)).was_visited


def test_attempts_are_those_of_one_round() -> None:
    attempted = state(*DONE, unreachable(4), unreachable(5), reopened(6), started(7), completed(8), unreachable(9))
    assert not attempted.was_visited


@pytest.mark.parametrize("rating", [1, 5])
def test_a_rating_is_from_one_to_five(rating: int) -> None:
    asked = visit(VisitOutcome.SATISFIED, rating)
    request(*DONE).when(record_visit, asked, step(4)).then(visited(rating=rating))


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_out_of_bounds_is_pointed_at(rating: int) -> None:
    asked = visit(VisitOutcome.SATISFIED, rating)
    request(*DONE).when(record_visit, asked, step(4)).raises(Unacceptable, pointer="/rating")
    by_reporter = answer(satisfied=True, rating=rating)
    request(*DONE).when(answer_visit, by_reporter, step(4)).raises(Unacceptable, pointer="/rating")


def test_who_was_not_reached_gave_no_rating() -> None:
    asked = visit(VisitOutcome.UNREACHABLE, 3)
    request(*DONE).when(record_visit, asked, step(4)).raises(Unacceptable, pointer="/rating")
