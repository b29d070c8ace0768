"""Practice is registered on both certificates; its number stays until a revocation."""

from datetime import date
from typing import Any

import pytest

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, LicenceNumber
from domain.licensing.events import CertificateKind, LicenceEvent, PracticeRegistered
from domain.licensing.licence import Licence
from domain.licensing.registration import (
    DeregisterPractice,
    RegisterPractice,
    company_is_open,
    holder_is_not_banned,
    holder_is_not_registered,
    holder_is_retrained,
    number_kept,
    post_certificate_is_valid,
    register_practice,
    training_certificate_is_valid,
)
from tests.domain.licensing.assessment import deducted, reinstated, rescinded, revoked
from tests.domain.licensing.practice import (
    GREEN,
    LICENCE_ID,
    NEXT_NUMBER,
    NUMBER,
    ONE_DAY,
    OPENED,
    OTHER,
    POST,
    TODAY,
    TRAINING,
    certificate,
    deregistered,
    given,
    licence,
    opened,
    practising,
    registered,
    withdrawn,
)
from tests.domain.rule_sets import DEFAULT

LAST_BANNED = date(2028, 11, 24)
FREE = date(2028, 11, 25)
RETRAINED = certificate(number="T-2", issued_on=TODAY)
REVOKED = (*practising(), deducted(points=25, code="V04"), revoked())
DEREGISTER = DeregisterPractice(licence_id=LICENCE_ID, reason="moves on")


def register(  # a decision on the licence, with all that does not matter filled in
    licence: Licence,
    company: CompanyId = GREEN,
    *,
    on: date | None = None,
    today: date = TODAY,
    closed: bool = False,
) -> list[LicenceEvent]:
    return register_practice(
        licence,
        RegisterPractice(licence_id=LICENCE_ID, company_id=company, registered_on=on),
        DEFAULT,
        new_number=NEXT_NUMBER,
        company_is_closed=closed,
        today=today,
    )


def newly(company: CompanyId = GREEN, *, on: date = TODAY, number: LicenceNumber = NEXT_NUMBER) -> PracticeRegistered:
    return registered(company, on=on, number=number)


@pytest.mark.parametrize("kind", [CertificateKind.POST_NATIONAL, CertificateKind.POST_MUNICIPAL])
def test_either_post_certificate_and_the_training_certificate_are_enough(kind: CertificateKind) -> None:
    given(opened(), certificate(kind, "P"), TRAINING).when(register).then(newly())


def test_without_a_post_certificate_nobody_is_registered() -> None:
    given(opened(), TRAINING).when(register).breaks(post_certificate_is_valid)


def test_without_a_training_certificate_nobody_is_registered() -> None:
    given(opened(), POST).when(register).breaks(training_certificate_is_valid)


def test_without_any_certificate_both_are_missing() -> None:
    given(opened()).when(register).breaks(post_certificate_is_valid, training_certificate_is_valid)


def test_a_withdrawn_certificate_is_missing() -> None:
    given(opened(), POST, TRAINING, withdrawn("T-1")).when(register).breaks(training_certificate_is_valid)
    given(opened(), POST, TRAINING, withdrawn("P-1")).when(register).breaks(post_certificate_is_valid)


def test_on_its_last_day_a_certificate_is_enough() -> None:
    given(opened(), POST, certificate(expires_on=TODAY)).when(register).then(newly())


def test_the_day_after_its_last_a_certificate_is_missing() -> None:
    given(opened(), POST, certificate(expires_on=TODAY - ONE_DAY)).when(register).breaks(training_certificate_is_valid)


def test_a_certificate_that_is_valid_from_tomorrow_is_missing() -> None:
    given(opened(), POST, certificate(issued_on=TODAY + ONE_DAY)).when(register).breaks(training_certificate_is_valid)


def test_a_registration_is_not_made_twice() -> None:
    given(*practising()).when(register, OTHER).breaks(holder_is_not_registered)


def test_a_closed_company_registers_nobody() -> None:
    given(opened(), POST, TRAINING).when(register, closed=True).breaks(company_is_open)


def test_all_that_stands_in_the_way_is_told() -> None:
    given(*practising(), withdrawn("P-1"), withdrawn("T-1")).when(register, closed=True).breaks(
        post_certificate_is_valid, training_certificate_is_valid, holder_is_not_registered, company_is_open
    )


def test_an_earlier_register_is_taken_over_with_its_day() -> None:
    given(opened(), POST, TRAINING).when(register, on=date(2019, 3, 14)).then(newly(on=date(2019, 3, 14)))


def test_nobody_is_registered_from_tomorrow_on() -> None:
    given(opened(), POST, TRAINING).when(register, on=TODAY).then(newly())
    given(opened(), POST, TRAINING).when(register, on=TODAY + ONE_DAY).raises(Unacceptable, pointer="/registered_on")


def test_the_certificates_count_on_the_day_of_the_decision_not_of_an_earlier_register() -> None:
    given(opened(), POST, certificate(issued_on=TODAY)).when(register, on=OPENED).then(newly(on=OPENED))


def test_on_the_last_banned_day_nobody_is_registered() -> None:
    given(*REVOKED, RETRAINED).when(register, today=LAST_BANNED).breaks(holder_is_not_banned)


def test_the_day_after_the_ban_a_retrained_manager_is_registered_under_a_new_number() -> None:
    given(*REVOKED, RETRAINED).when(register, OTHER, today=FREE).then(newly(OTHER, on=FREE))


def test_the_ban_holds_whatever_company_employs_them() -> None:
    given(*REVOKED, RETRAINED).when(register, OTHER, today=FREE - ONE_DAY).breaks(holder_is_not_banned)


def test_the_days_of_a_ban_are_not_registered_afterwards() -> None:
    given(*REVOKED, RETRAINED).when(register, on=LAST_BANNED, today=FREE + ONE_DAY).breaks(holder_is_not_banned)
    given(*REVOKED, RETRAINED).when(register, on=FREE, today=FREE + ONE_DAY).then(newly(on=FREE))


def test_after_a_revocation_the_training_must_be_passed_again() -> None:
    given(*REVOKED).when(register, today=FREE).breaks(holder_is_retrained)


def test_a_training_passed_the_day_before_the_revocation_is_the_old_one() -> None:
    too_early = certificate(issued_on=TODAY - ONE_DAY)
    given(*REVOKED, too_early).when(register, today=FREE).breaks(holder_is_retrained)


def test_an_expired_retraining_is_none() -> None:
    expired = certificate(issued_on=TODAY, expires_on=LAST_BANNED)
    given(*REVOKED, expired).when(register, today=FREE).breaks(holder_is_retrained)


def test_within_the_ban_and_without_retraining_both_are_told() -> None:
    given(*REVOKED).when(register, today=TODAY + ONE_DAY).breaks(holder_is_not_banned, holder_is_retrained)


def test_once_registered_again_the_retraining_is_not_asked_for_a_second_time() -> None:
    back = (*REVOKED, RETRAINED, newly(on=FREE), deregistered(on=FREE), withdrawn("T-2", on=FREE))
    given(*back).when(register, today=FREE + ONE_DAY).then(newly(on=FREE + ONE_DAY))


def test_a_second_revocation_asks_for_a_training_after_the_second() -> None:
    second = TODAY + ONE_DAY
    twice = (*REVOKED, revoked(on=second, cycle="2025", company=None), RETRAINED)
    given(*twice).when(register, today=FREE).breaks(holder_is_not_banned, holder_is_retrained)
    given(*twice).when(register, today=FREE + ONE_DAY).breaks(holder_is_retrained)


def test_a_number_stays_through_deregistration_and_a_move() -> None:
    given(*practising(), deregistered()).when(register, OTHER).then(newly(OTHER, number=NUMBER))


def test_a_number_stays_when_the_revocation_was_annulled() -> None:
    charged = deducted(points=25, code="V04")
    back = (*practising(), charged, revoked(), *rescinded(charged, total=0), reinstated(0), deregistered())
    given(*back).when(register, OTHER).then(newly(OTHER, number=NUMBER))


def test_a_deregistered_manager_who_was_revoked_gets_a_new_number() -> None:
    gone = (*practising(), deregistered(), deducted(points=25, code="V04"), revoked(company=None), RETRAINED)
    given(*gone).when(register, today=FREE).then(newly(on=FREE))


@pytest.mark.parametrize(
    ("events", "number"),
    [
        ((opened(), POST, TRAINING), None),
        ((*practising(), deregistered()), NUMBER),
        (REVOKED, None),
        ((*REVOKED, RETRAINED, newly(on=FREE), deregistered(on=FREE)), NEXT_NUMBER),
    ],
)
def test_which_number_is_kept(events: tuple[Any, ...], number: LicenceNumber | None) -> None:
    assert number_kept(licence(*events)) == number
