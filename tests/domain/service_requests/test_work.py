"""The work: handed on before it starts, paused for a reason, completed; each step is taken from where it is drawn."""

import pytest

from domain.service_requests.events import ServiceRequestCompleted, ServiceRequestResumed
from domain.service_requests.steps import step_follows_the_one_before, step_is_drawn, step_is_not_in_the_future
from domain.service_requests.words import Category, PauseReason
from domain.service_requests.work import (
    CompleteWork,
    DispatchRequest,
    PauseWork,
    complete,
    dispatch,
    pause,
    pause_has_a_reason,
    resume,
    start,
)
from tests.domain.rule_sets import DEFAULT
from tests.domain.service_requests.builders import (
    AT_WORK,
    DESK,
    FITTER,
    LEAK,
    PLUMBER,
    TO_FITTER,
    TO_PLUMBER,
    at,
    completed,
    dispatched,
    paused,
    received,
    referred,
    replied,
    request,
    resumed,
    started,
    state,
    step,
)

DISPATCH = DispatchRequest(request_id=LEAK, assignee=TO_FITTER)
COMPLETE = CompleteWork(request_id=LEAK, result="已更换水管")


def wait_for(reason: PauseReason | None) -> PauseWork:
    return PauseWork(request_id=LEAK, reason=reason)


def test_a_request_is_dispatched() -> None:
    request(received()).when(dispatch, DISPATCH, step(0.1)).then(dispatched(0.1))


def test_before_work_starts_it_is_handed_on() -> None:
    to_plumber = DispatchRequest(request_id=LEAK, assignee=TO_PLUMBER)
    request(received(), dispatched()).when(dispatch, to_plumber, step(0.2)).then(dispatched(0.2, TO_PLUMBER))


def test_the_same_assignee_again_is_nothing_to_do() -> None:
    request(received(), dispatched()).when(dispatch, DISPATCH, step(0.2)).then()


def test_work_that_was_started_is_not_dispatched() -> None:
    request(*AT_WORK).when(dispatch, DISPATCH, step()).breaks(step_is_drawn)


def test_work_starts_once() -> None:
    request(received(), dispatched()).when(start, step(0.2, FITTER)).then(started(0.2))
    request(*AT_WORK).when(start, step(0.3, FITTER)).breaks(step_is_drawn)


def test_who_starts_and_who_it_is_dispatched_to_do_the_work() -> None:
    assert state(received(), dispatched(), started(by=DESK)).workers == {FITTER, DESK}
    assert state(received(), dispatched(), dispatched(0.15, TO_PLUMBER), started(by=DESK)).workers == {PLUMBER, DESK}
    assert state(*AT_WORK, completed(by=DESK)).workers == {FITTER, DESK}


@pytest.mark.parametrize("reason", PauseReason)
def test_work_waits_for_a_reason(reason: PauseReason) -> None:
    request(*AT_WORK).when(pause, wait_for(reason), step(1)).then(paused(1, reason))
    request(*AT_WORK, paused(1, reason)).when(pause, wait_for(reason), step(2)).breaks(step_is_drawn)


def test_work_does_not_wait_for_nothing() -> None:
    request(*AT_WORK).when(pause, wait_for(None), step(1)).breaks(pause_has_a_reason)


def test_all_that_is_wrong_with_a_pause_is_said() -> None:
    request(received()).when(pause, wait_for(None), step(1)).breaks(pause_has_a_reason, step_is_drawn)


def test_work_that_waits_for_one_thing_is_not_paused_for_another() -> None:
    asked = wait_for(PauseReason.FORCE_MAJEURE)
    request(*AT_WORK, paused(1)).when(pause, asked, step(2)).breaks(step_is_drawn)


def test_what_ended_while_it_waited_is_not_paused() -> None:
    asked = wait_for(PauseReason.AWAITING_RESIDENT)
    request(*AT_WORK, paused(0.5), referred).when(pause, asked, step(2)).breaks(step_is_drawn)


@pytest.mark.parametrize(
    ("reason", "due"),
    [(PauseReason.AWAITING_RESIDENT, 27), (PauseReason.FORCE_MAJEURE, 27), (PauseReason.AWAITING_PARTS, 24)],
)
def test_a_pause_moves_the_deadline_unless_it_waits_for_parts(reason: PauseReason, due: float) -> None:
    waiting = request(*AT_WORK, paused(1, reason))
    waiting.when(resume, step(4), DEFAULT).then(ServiceRequestResumed(resolve_by=at(due), occurred_at=at(4)))


@pytest.mark.parametrize(("since", "due"), [(23.99, 124.01), (24, 124), (24.01, 24)])
def test_a_deadline_that_has_passed_is_not_moved(since: float, due: float) -> None:
    late = request(*AT_WORK, paused(since))
    late.when(resume, step(124), DEFAULT).then(ServiceRequestResumed(resolve_by=at(due), occurred_at=at(124)))


def test_two_pauses_move_it_twice() -> None:
    twice = request(*AT_WORK, paused(1), resumed(2, 25), paused(3))
    twice.when(resume, step(5), DEFAULT).then(ServiceRequestResumed(resolve_by=at(27), occurred_at=at(5)))


def test_a_weekend_of_waiting_moves_no_working_days() -> None:
    # Tuesday noon and seven working days: Thursday of the next week, at noon.
    complex_repair = received(category=Category.COMPLEX, respond_by=at(72), resolve_by=at(9 * 24))
    friday_midnight, monday = 3.5 * 24, 5.5 * 24
    waiting = request(complex_repair, dispatched(), started(), paused(friday_midnight))
    expected = ServiceRequestResumed(resolve_by=at(9 * 24), occurred_at=at(monday))
    waiting.when(resume, step(monday), DEFAULT).then(expected)


def test_work_that_goes_on_is_not_resumed() -> None:
    request(*AT_WORK, paused(), resumed()).when(resume, step(3), DEFAULT).breaks(step_is_drawn)
    request(*AT_WORK).when(resume, step(3), DEFAULT).breaks(step_is_drawn)


def test_work_is_completed() -> None:
    expected = ServiceRequestCompleted(result="已更换水管", by=FITTER, attachments=(), occurred_at=at(3))
    request(*AT_WORK).when(complete, COMPLETE, step(3, FITTER)).then(expected)


def test_work_is_completed_once_and_not_while_it_waits() -> None:
    request(*AT_WORK, paused(1)).when(complete, COMPLETE, step(3)).breaks(step_is_drawn)
    request(*AT_WORK, completed(2)).when(complete, COMPLETE, step(3)).breaks(step_is_drawn)


def test_a_step_is_not_in_the_future() -> None:
    ready = request(received(), dispatched())
    ready.when(start, step(1, FITTER, given=1.001)).breaks(step_is_not_in_the_future)
    ready.when(start, step(1, FITTER, given=1)).then(started(1))


def test_a_step_is_not_before_the_one_in_front_of_it() -> None:
    ready = request(received(), dispatched(0.1))
    ready.when(start, step(1, FITTER, given=0.099)).breaks(step_follows_the_one_before)
    ready.when(start, step(1, FITTER, given=0.1)).then(started(0.1))


def test_every_fact_is_a_step() -> None:
    request(*AT_WORK, replied(2)).when(complete, COMPLETE, step(9, given=1.9)).breaks(step_follows_the_one_before)


def test_a_clock_that_lags_behind_refuses_nothing() -> None:
    request(received(), dispatched(0.1)).when(start, step(0.05, FITTER)).then(started(0.1))


def test_all_that_is_wrong_with_a_step_is_said() -> None:
    request(received(), dispatched(3), started(3)).when(dispatch, DISPATCH, step(1, given=2)).breaks(
        step_is_drawn, step_is_not_in_the_future, step_follows_the_one_before
    )
