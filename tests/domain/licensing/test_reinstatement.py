"""An annulled revocation leaves registration, number and status as they would be without it; projects stay left."""

from datetime import date
from typing import Final

import pytest

from domain.licensing.events import LicenceEvent
from domain.licensing.licence import Status
from domain.licensing.objection import decide_objection
from tests.domain.licensing.assessment import (
    FIRST,
    JUDGE,
    SECOND,
    THIRD,
    decision,
    deducted,
    failed,
    objected,
    proposed,
    reinstated,
    rescinded,
    revoked,
)
from tests.domain.licensing.practice import (
    GREEN,
    LAKESIDE,
    NEXT_NUMBER,
    NUMBER,
    ONE_DAY,
    OTHER,
    TODAY,
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
from tests.domain.rule_sets import DEFAULT

MARCH, APRIL, MAY, JUNE = (date(2026, month, 10) for month in (3, 4, 5, 6))
YEARS: Final = practising(on=date(2020, 1, 6))
IN_2026: Final = deducted(FIRST, points=25, code="V04", occurred_on=MARCH, on=MARCH)
IN_2025: Final = deducted(SECOND, points=25, code="V04", occurred_on=date(2025, 3, 10), on=APRIL, notice="n")
IN_2024: Final = deducted(THIRD, points=25, code="V04", occurred_on=date(2024, 6, 10), on=MAY, notice="n")
REVOKED: Final = (*YEARS, appointed(LAKESIDE), IN_2026, revoked(on=MARCH), relieved(LAKESIDE, on=MARCH))
THRICE: Final = (
    *YEARS,
    IN_2026,
    revoked(on=MARCH),
    IN_2025,
    revoked(on=APRIL, cycle="2025", company=None),
    IN_2024,
    revoked(on=MAY, cycle="2024", company=None),
)


def annulled(events: tuple[LicenceEvent, ...], charged: object) -> tuple[LicenceEvent, ...]:
    """Rescind the one deduction of a cycle, in June."""
    assert charged in events
    number = {IN_2026: FIRST, IN_2025: SECOND, IN_2024: THIRD}[charged]  # type: ignore[index] # one of the three
    pending = (*events, objected(number, on=JUNE))
    decided = decide_objection(licence(*pending), decision(number), DEFAULT, officer=JUDGE, today=JUNE)
    return (*pending, *decided)


def test_registration_number_and_status_are_as_before() -> None:
    back = licence(*annulled(REVOKED, IN_2026))
    assert back.status is Status.REGISTERED
    assert back.registration is not None
    assert (back.registration.licence_number, back.registration.company_id) == (NUMBER, GREEN)


def test_the_registration_goes_on_as_if_it_had_never_ended() -> None:
    back = licence(*annulled(REVOKED, IN_2026))
    assert all(back.registration_on(day) for day in (MARCH, MARCH + ONE_DAY, APRIL, JUNE, TODAY))


def test_the_ban_is_annulled() -> None:
    assert licence(*REVOKED).is_banned_on(JUNE)
    assert not licence(*annulled(REVOKED, IN_2026)).is_banned_on(JUNE)


def test_appointments_are_not_restored() -> None:
    assert licence(*annulled(REVOKED, IN_2026)).appointments == ()


def test_a_manager_who_was_suspended_is_suspended_again() -> None:
    for before in (failed(2024), proposed(25, cycle="2025")):
        back = licence(*annulled((*YEARS, before, IN_2026, revoked(on=MARCH)), IN_2026))
        assert back.status is Status.SUSPENDED


def test_a_manager_who_was_deregistered_is_deregistered_again() -> None:
    gone = (*YEARS, deregistered(on=MARCH), IN_2026, revoked(on=MARCH, company=None))
    given(*gone, objected()).when(decide_objection, decision(), DEFAULT, officer=JUDGE, today=JUNE).then(
        *rescinded(IN_2026, total=0, on=JUNE), reinstated(0, on=JUNE, company=None)
    )
    assert licence(*annulled(gone, IN_2026)).status is Status.DEREGISTERED


def test_an_applicant_is_an_applicant_again() -> None:
    charged = deducted(points=25, code="V14", company=None)
    back = licence(opened(), charged, revoked(company=None), *rescinded(charged, total=0), reinstated(0, company=None))
    assert back.status is Status.APPLICANT


def test_the_company_that_employs_them_again_is_named() -> None:
    moved = (*practising(GREEN), deregistered(GREEN, on=MARCH), registered(OTHER, on=MARCH), IN_2026)
    given(*moved, revoked(on=MARCH, company=OTHER), objected()).when(
        decide_objection, decision(), DEFAULT, officer=JUDGE, today=JUNE
    ).then(*rescinded(IN_2026, total=0, on=JUNE), reinstated(0, on=JUNE, company=OTHER))


def test_while_another_revocation_stands_nobody_is_registered() -> None:
    twice = THRICE[:-2]
    for charged in (IN_2026, IN_2025):
        back = licence(*annulled(twice, charged))
        assert back.status is Status.REVOKED
        assert back.registration is None
        assert back.is_banned_on(TODAY)


def test_when_the_last_revocation_is_annulled_the_registration_goes_on() -> None:
    for order in ((IN_2026, IN_2025, IN_2024), (IN_2024, IN_2025, IN_2026), (IN_2025, IN_2026, IN_2024)):
        events = THRICE
        for charged in order:
            events = annulled(events, charged)
        back = licence(*events)
        assert back.status is Status.REGISTERED
        assert events[-1] == reinstated(0, on=JUNE, cycle=str(order[-1].cycle))
        assert [event.company_id for event in events if isinstance(event, type(reinstated(0)))] == [None, None, GREEN]


@pytest.mark.parametrize(
    ("charged", "last_day"),
    [((), MARCH), ((IN_2026,), APRIL), ((IN_2026, IN_2025), MAY), ((IN_2025,), MARCH), ((IN_2025, IN_2026), MAY)],
)
def test_the_registration_ends_with_the_earliest_revocation_that_stands(
    charged: tuple[object, ...], last_day: date
) -> None:
    events = THRICE
    for one in charged:
        events = annulled(events, one)
    held = licence(*events)
    assert held.registration_on(last_day) is not None
    assert held.registration_on(last_day + ONE_DAY) is None


def test_a_registration_made_after_the_ban_stands() -> None:
    free = date(2028, 3, 11)
    back = (*REVOKED, certificate(issued_on=MAY), registered(OTHER, on=free, number=NEXT_NUMBER))
    pending = (*back, objected(on=MARCH))
    decided = decide_objection(licence(*pending), decision(), DEFAULT, officer=JUDGE, today=free)
    assert decided == [*rescinded(IN_2026, total=0, on=free), reinstated(0, on=free, company=None)]
    held = licence(*pending, *decided).registration
    assert held is not None
    assert (held.company_id, held.licence_number) == (OTHER, NEXT_NUMBER)
