"""Closed complaints as training cases, without anybody's numbers."""

import pytest

from domain.kernel.errors import Unacceptable
from domain.service_requests.events import ServiceRequestArchived
from domain.service_requests.steps import step_is_drawn
from domain.service_requests.training import ArchiveTrainingCase, archive_case, request_is_a_complaint
from domain.service_requests.words import Kind
from tests.domain.service_requests.builders import (
    CLOSED,
    LEAK,
    archived,
    at,
    closed,
    completed,
    done,
    of_kind,
    reopened,
    replied,
    request,
    started,
    state,
    step,
)

COMPLAINT = (*done(of_kind(Kind.COMPLAINT)), replied(4))


def lesson(text: str = "先止水,后维修") -> ArchiveTrainingCase:
    return ArchiveTrainingCase(request_id=LEAK, lesson=text)


def test_a_closed_complaint_is_archived_once() -> None:
    request(*COMPLAINT, closed()).when(archive_case, lesson(), step(8)).then(archived)
    request(*COMPLAINT, closed(), archived).when(archive_case, lesson(), step(9)).then()
    request(*COMPLAINT, closed(), archived).when(archive_case, lesson("另一课"), step(9)).breaks(step_is_drawn)


def test_it_stays_archived_when_the_complaint_is_opened_again() -> None:
    again = (*COMPLAINT, closed(), archived, reopened(9))
    assert state(*again).lesson == archived.lesson
    once_more = (*again, started(10), completed(11), closed(12))
    request(*once_more).when(archive_case, lesson("另一课"), step(13)).breaks(step_is_drawn)


def test_an_open_complaint_is_not_archived() -> None:
    request(*COMPLAINT).when(archive_case, lesson(), step(8)).breaks(step_is_drawn)


def test_a_repair_is_no_training_case() -> None:
    request(*CLOSED).when(archive_case, lesson(), step(8)).breaks(request_is_a_complaint)


@pytest.mark.parametrize("text", ["联系 13812345678", "身份证321002199001011238", "身份证 32100219900101123X 的住户"])
def test_a_lesson_with_somebodys_number_is_pointed_at(text: str) -> None:
    request(*COMPLAINT, closed()).when(archive_case, lesson(text), step(8)).raises(Unacceptable, pointer="/lesson")


@pytest.mark.parametrize("text", ["3-2-501 室 2026-11-24", "发票号 113812345678", "水表读数 12345678901"])
def test_other_numbers_stay(text: str) -> None:
    expected = ServiceRequestArchived(lesson=text, occurred_at=at(8))
    request(*COMPLAINT, closed()).when(archive_case, lesson(text), step(8)).then(expected)
