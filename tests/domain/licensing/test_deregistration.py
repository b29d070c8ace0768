"""A registration ends when no project is held any more; its first and its last day are covered."""

from datetime import date

import pytest

from domain.licensing.events import LicenceEvent
from domain.licensing.registration import (
    DeregisterPractice,
    deregister_practice,
    manager_holds_no_project,
    practice_is_registered,
)
from tests.domain.licensing.assessment import deducted, revoked
from tests.domain.licensing.practice import (
    GREEN,
    HILLSIDE,
    LICENCE_ID,
    OTHER,
    POST,
    TODAY,
    TRAINING,
    appointed,
    certificate,
    deregistered,
    given,
    licence,
    opened,
    practising,
    registered,
    relieved,
)

LAST_BANNED = date(2028, 11, 24)
FREE = date(2028, 11, 25)
RETRAINED = certificate(number="T-2", issued_on=TODAY)
REVOKED = (*practising(), deducted(points=25, code="V04"), revoked())
DEREGISTER = DeregisterPractice(licence_id=LICENCE_ID, reason="moves on")


def test_a_registration_ends() -> None:
    given(*practising(OTHER)).when(deregister_practice, DEREGISTER, today=TODAY).then(deregistered(OTHER))


def test_a_manager_without_projects_any_more_is_deregistered() -> None:
    given(*practising(), appointed(), relieved()).when(deregister_practice, DEREGISTER, today=TODAY).then(
        deregistered()
    )


@pytest.mark.parametrize(
    "events", [(opened(), POST, TRAINING), (*practising(), deregistered()), REVOKED], ids=["never", "ended", "revoked"]
)
def test_only_a_registration_that_is_held_ends(events: tuple[LicenceEvent, ...]) -> None:
    given(*events).when(deregister_practice, DEREGISTER, today=TODAY).breaks(practice_is_registered)


def test_a_manager_in_office_is_relieved_first() -> None:
    held = (*practising(), appointed(), appointed(HILLSIDE), relieved())
    given(*held).when(deregister_practice, DEREGISTER, today=TODAY).breaks(manager_holds_no_project)


def test_a_registration_covers_its_first_and_its_last_day() -> None:
    held = licence(*practising(on=date(2026, 3, 1)), deregistered(on=date(2026, 8, 31)))
    on = {day: held.registration_on(day) is not None for day in (date(2026, 3, 1), date(2026, 8, 31))}
    assert on == {date(2026, 3, 1): True, date(2026, 8, 31): True}
    assert held.registration_on(date(2026, 2, 28)) is None
    assert held.registration_on(date(2026, 9, 1)) is None


def test_on_the_day_of_a_move_the_later_registration_counts() -> None:
    moved = licence(*practising(GREEN), deregistered(GREEN), registered(OTHER, on=TODAY))
    held = moved.registration_on(TODAY)
    assert held is not None
    assert held.company_id == OTHER
