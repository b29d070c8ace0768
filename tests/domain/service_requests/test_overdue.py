"""Overdue facts: one for each clock and round, in a stream beside the request's own."""

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

RESPONSE = Missed(clock=Clock.RESPONSE, round=1, due=at(1))
RESOLUTION = Missed(clock=Clock.RESOLUTION, round=1, due=at(24))
CHARGE = Missed(clock=Clock.TAKING_CHARGE, round=1, due=at(2))
AGAIN = Missed(clock=Clock.RESPONSE, round=2, due=at(31))


def late_response(nth: int = 1, hours: float = 1) -> ResponseOverdue:
    return ResponseOverdue(
        round=nth,
        due=at(hours),
        project_id=ESTATE,
        district=District("321002"),
        company_id=COMPANY,
        licence_id=ZHANG,
    )


def test_what_was_missed_is_noted_with_who_answers_for_it() -> None:
    overdue().when(note_overdue, (RESPONSE,), WHO).then(late_response())


def test_an_unmanaged_project_has_nobody() -> None:
    expected = ResolutionOverdue(
        round=1, due=at(24), project_id=ESTATE, district=District("321002"), company_id=None, licence_id=None
    )
    overdue().when(note_overdue, (RESOLUTION,), NOBODY).then(expected)


def test_nothing_missed_is_nothing_to_note() -> None:
    overdue().when(note_overdue, (), WHO).then()


def test_what_was_noted_is_not_noted_again() -> None:
    overdue(late_response()).when(note_overdue, (RESPONSE,), WHO).then()


def test_each_clock_of_each_round_is_noted_by_itself() -> None:
    decided = note_overdue(frozenset({(Clock.RESPONSE, 1)}), (RESPONSE, RESOLUTION, CHARGE, AGAIN), WHO)
    assert [(type(event), event.round) for event in decided] == [
        (ResolutionOverdue, 1),
        (TakingChargeOverdue, 1),
        (ResponseOverdue, 2),
    ]
    noted = OVERDUE.fold([late_response(), *decided])
    assert noted is not None
    assert sorted(noted) == [
        (Clock.RESOLUTION, 1),
        (Clock.RESPONSE, 1),
        (Clock.RESPONSE, 2),
        (Clock.TAKING_CHARGE, 1),
    ]


def test_its_stream_stands_beside_the_requests() -> None:
    assert OVERDUE.stream(LEAK) == f"service-request-overdue-{LEAK}"
