"""A licence is what its facts make it: revoked before deregistered, suspended, registered, applicant."""

from datetime import date
from typing import Final

import pytest

from domain.licensing.events import LicenceEvent
from domain.licensing.licence import Status
from tests.domain.licensing.assessment import (
    deducted,
    failed,
    passed,
    proposal_withdrawn,
    proposed,
    reinstated,
    revoked,
)
from tests.domain.licensing.practice import (
    HILLSIDE,
    LAKESIDE,
    NEXT_NUMBER,
    OTHER,
    POST,
    TODAY,
    TRAINING,
    appointed,
    certificate,
    deregistered,
    licence,
    opened,
    practising,
    registered,
    withdrawn,
)

FREE: Final = date(2028, 11, 25)
RETRAINED: Final = certificate(issued_on=TODAY)
AGAIN: Final = registered(on=FREE, number=NEXT_NUMBER)


@pytest.mark.parametrize(
    ("status", "events"),
    [
        (Status.APPLICANT, (opened(),)),
        (Status.APPLICANT, (opened(), POST, TRAINING)),
        (Status.SUSPENDED, (opened(), failed())),
        (Status.REGISTERED, practising()),
        (Status.REGISTERED, (*practising(), withdrawn("T-1"), withdrawn("P-1"))),
        (Status.REGISTERED, (*practising(), failed(), passed())),
        (Status.REGISTERED, (*practising(), proposed(), proposal_withdrawn(13))),
        (Status.REGISTERED, (*practising(), deregistered(), registered(OTHER, on=TODAY))),
        (Status.SUSPENDED, (*practising(), failed())),
        (Status.SUSPENDED, (*practising(), failed(2024), failed(2025), passed(2025))),
        (Status.SUSPENDED, (*practising(), passed(2024), failed(2025))),
        (Status.SUSPENDED, (*practising(), proposed())),
        (Status.SUSPENDED, (*practising(), failed(), deregistered(), registered(OTHER, on=TODAY))),
        (Status.SUSPENDED, (*practising(), proposed(cycle="2025"), proposed(), proposal_withdrawn(13))),
        (Status.DEREGISTERED, (*practising(), deregistered())),
        (Status.DEREGISTERED, (*practising(), failed(), proposed(), deregistered())),
        (Status.DEREGISTERED, (*practising(), deregistered(), failed())),
        (Status.REVOKED, (*practising(), revoked())),
        (Status.REVOKED, (*practising(), failed(), proposed(cycle="2025"), revoked())),
        (Status.REVOKED, (*practising(), deregistered(), revoked(company=None))),
        (Status.REVOKED, (*practising(), revoked(), RETRAINED)),
        (Status.REVOKED, (opened(), revoked(company=None))),
        (Status.REGISTERED, (*practising(), revoked(), RETRAINED, AGAIN)),
        (Status.REGISTERED, (*practising(), failed(), revoked(), RETRAINED, AGAIN)),
        (Status.REGISTERED, (*practising(), revoked(), failed(), RETRAINED, AGAIN)),
        (Status.SUSPENDED, (*practising(), revoked(), RETRAINED, AGAIN, failed(2028))),
        (Status.SUSPENDED, (*practising(), proposed(cycle="2025"), revoked(), RETRAINED, AGAIN)),
        (Status.DEREGISTERED, (*practising(), revoked(), RETRAINED, AGAIN, deregistered(on=FREE))),
        (Status.REGISTERED, (*practising(), revoked(), reinstated(0))),
    ],
)
def test_the_facts_make_the_status(status: Status, events: tuple[LicenceEvent, ...]) -> None:
    assert licence(*events).status is status


def test_a_suspended_manager_stays_in_office() -> None:
    for suspension in (failed(), proposed()):
        held = licence(*practising(), appointed(LAKESIDE), appointed(HILLSIDE), deducted(points=8), suspension)
        assert [tenure.project_id for tenure in held.appointments] == [LAKESIDE, HILLSIDE]
        assert held.registration is not None


def test_the_end_of_the_ban_changes_no_status() -> None:
    gone = licence(*practising(), revoked())
    assert not gone.is_banned_on(FREE)
    assert gone.status is Status.REVOKED


def test_a_status_is_spelt_as_clients_read_it() -> None:
    assert [status.value for status in Status] == ["revoked", "deregistered", "suspended", "registered", "applicant"]
