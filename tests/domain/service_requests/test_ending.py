"""Cancelled before work starts, referred, or a duplicate of one that will be worked off."""

import pytest

from domain.kernel.errors import Unacceptable
from domain.service_requests.ending import (
    CancelRequest,
    MarkDuplicate,
    ReferRequest,
    cancel,
    mark_duplicate,
    other_request_stands,
    refer,
)
from domain.service_requests.events import ServiceRequestEvent, ServiceRequestMarkedDuplicate
from domain.service_requests.request import Status
from domain.service_requests.steps import step_is_drawn
from tests.domain.service_requests.builders import (
    AT_WORK,
    CLOSED,
    DONE,
    ELSEWHERE,
    LEAK,
    OTHER_LEAK,
    at,
    cancelled,
    dispatched,
    doubled,
    received,
    referred,
    reopened,
    request,
    state,
    step,
)

CANCEL = CancelRequest(request_id=LEAK, reason="自行修好")
REFER = ReferRequest(request_id=LEAK, to="供水公司", reason="市政管网")
DOUBLE = MarkDuplicate(request_id=LEAK, duplicate_of=OTHER_LEAK)


def test_a_request_is_cancelled_before_work_starts() -> None:
    request(received()).when(cancel, CANCEL, step(1)).then(cancelled)
    request(received(), dispatched()).when(cancel, CANCEL, step(1)).then(cancelled)
    assert state(received(), cancelled).status is Status.CANCELLED


def test_work_that_has_started_is_not_cancelled() -> None:
    request(*AT_WORK).when(cancel, CANCEL, step(1)).breaks(step_is_drawn)


def test_nor_is_work_that_is_to_be_done_anew() -> None:
    request(*DONE, reopened(4)).when(cancel, CANCEL, step(5)).breaks(step_is_drawn)


def test_a_request_is_ended_by_referral_without_a_visit() -> None:
    request(received()).when(refer, REFER, step(1)).then(referred)
    ended = state(received(), referred)
    assert (ended.status, ended.ended_at) == (Status.CLOSED, at(1))


def test_work_that_was_completed_here_is_looked_after_here() -> None:
    request(*DONE).when(refer, REFER, step(4)).breaks(step_is_drawn)
    request(*DONE).when(mark_duplicate, DOUBLE, step(4), state(received())).breaks(step_is_drawn)


def test_a_request_is_ended_as_a_duplicate() -> None:
    request(received()).when(mark_duplicate, DOUBLE, step(1), state(received())).then(doubled)
    request(received(), doubled).when(mark_duplicate, DOUBLE, step(2), state(received())).breaks(step_is_drawn)
    late = ServiceRequestMarkedDuplicate(duplicate_of=OTHER_LEAK, occurred_at=at(9))
    request(received()).when(mark_duplicate, DOUBLE, step(9), state(*CLOSED)).then(late)


@pytest.mark.parametrize("ended", [(received(), cancelled), (received(), doubled)])
def test_what_nobody_will_work_off_has_no_duplicates(ended: tuple[ServiceRequestEvent, ...]) -> None:
    request(received()).when(mark_duplicate, DOUBLE, step(2), state(*ended)).breaks(other_request_stands)


def test_a_request_is_not_its_own_duplicate_nor_one_of_elsewhere() -> None:
    own = MarkDuplicate(request_id=LEAK, duplicate_of=LEAK)
    request(received()).when(mark_duplicate, own, step(1), state(received())).raises(
        Unacceptable, pointer="/duplicate_of"
    )
    elsewhere = state(received(project_id=ELSEWHERE))
    request(received()).when(mark_duplicate, DOUBLE, step(1), elsewhere).raises(Unacceptable, pointer="/duplicate_of")
