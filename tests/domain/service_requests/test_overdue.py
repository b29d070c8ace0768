"""Overdue facts: one for each clock, in a stream beside the request's own."""

from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId
from domain.service_requests.overdue import OVERDUE, Answerable, note_overdue
from domain.service_requests.overdue_events import ResolutionOverdue, ResponseOverdue, TakingChargeOverdue
from domain.service_requests.request import Clock, Missed
from tests.application.numbered import numbered
from tests.domain.service_requests.builders import ESTATE, LEAK, ZHANG, at
from tests.spec import Given

overdue = Given(OVERDUE)

COMPANY = CompanyId(numbered(9))
WHO = Answerable(project_id=ESTATE, district=District("321002"), company_id=COMPANY, licence_id=ZHANG)
NOBODY = Answerable(project_id=ESTATE, district=District("321002"), company_id=None, licence_id=None)

RESPONSE = Missed(clock=Clock.RESPONSE, due=at(1))
RESOLUTION = Missed(clock=Clock.RESOLUTION, due=at(24))
CHARGE = Missed(clock=Clock.TAKING_CHARGE, due=at(2))


def late_response() -> ResponseOverdue:
    return ResponseOverdue(
        due=at(1),
        project_id=ESTATE,
        district=District("321002"),
        company_id=COMPANY,
        licence_id=ZHANG,
    )


def test_what_was_missed_is_noted_with_who_answers_for_it() -> None:
    overdue().when(note_overdue, (RESPONSE,), WHO).then(late_response())


def test_an_unmanaged_project_has_nobody() -> None:
    expected = ResolutionOverdue(
        due=at(24), project_id=ESTATE, district=District("321002"), company_id=None, licence_id=None
    )
    overdue().when(note_overdue, (RESOLUTION,), NOBODY).then(expected)


def test_nothing_missed_is_nothing_to_note() -> None:
    overdue().when(note_overdue, (), WHO).then()


def test_what_was_noted_is_not_noted_again() -> None:
    overdue(late_response()).when(note_overdue, (RESPONSE,), WHO).then()


def test_each_clock_is_noted_by_itself_and_once() -> None:
    moved = Missed(clock=Clock.RESPONSE, due=at(31))
    decided = note_overdue(frozenset({Clock.RESPONSE}), (moved, RESOLUTION, CHARGE), WHO)
    assert [type(event) for event in decided] == [ResolutionOverdue, TakingChargeOverdue]
    assert OVERDUE.fold([late_response(), *decided]) == frozenset(Clock)


def test_its_stream_stands_beside_the_requests() -> None:
    assert OVERDUE.stream(LEAK) == f"service-request-overdue-{LEAK}"
