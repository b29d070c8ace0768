"""Major requests: taken in charge and signed off by the manager in person, or by who stands in with a reason."""

import pytest

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import LicenceId
from domain.service_requests.charge import SignOff, request_is_major, sign_off, take_charge
from domain.service_requests.events import ManagerTookCharge, ServiceRequestSignedOff
from domain.service_requests.steps import step_is_drawn
from tests.domain.service_requests.builders import (
    DESK,
    DONE,
    LEAK,
    LI,
    ZHANG,
    at,
    cancelled,
    closed,
    completed,
    done,
    major,
    received,
    reopened,
    request,
    signed_off,
    started,
    state,
    step,
    took_charge,
)

SIGN_OFF = SignOff(request_id=LEAK)
WITH_A_REASON = SignOff(request_id=LEAK, reason="项目经理空缺")


def test_the_manager_takes_charge() -> None:
    expected = ManagerTookCharge(licence_id=ZHANG, by=DESK, occurred_at=at(1))
    request(major()).when(take_charge, step(1), ZHANG).then(expected)


@pytest.mark.parametrize("manager", [ZHANG, None])
def test_once_is_enough(manager: LicenceId | None) -> None:
    request(major(), took_charge(1, manager)).when(take_charge, step(2), manager).then()


def test_a_successor_takes_charge_and_the_first_time_counts() -> None:
    expected = ManagerTookCharge(licence_id=LI, by=DESK, occurred_at=at(3))
    request(major(), took_charge(1, ZHANG)).when(take_charge, step(3), LI).then(expected)
    charge = state(major(), took_charge(1, ZHANG), expected).charge
    assert charge is not None
    assert (charge.licence_id, charge.at) == (LI, at(1))


def test_late_is_not_refused() -> None:
    expected = ManagerTookCharge(licence_id=ZHANG, by=DESK, occurred_at=at(50))
    request(major()).when(take_charge, step(50), ZHANG).then(expected)


def test_what_is_not_major_is_not_taken_in_charge() -> None:
    request(received()).when(take_charge, step(1), ZHANG).breaks(request_is_major)
    request(*DONE).when(sign_off, SIGN_OFF, step(5), ZHANG).breaks(request_is_major)


def test_what_has_ended_is_not_taken_in_charge() -> None:
    request(major(), cancelled).when(take_charge, step(2), ZHANG).breaks(step_is_drawn)
    request(major(), took_charge(0.5), cancelled).when(take_charge, step(2), ZHANG).breaks(step_is_drawn)


def test_the_manager_signs_off_what_is_completed() -> None:
    expected = ServiceRequestSignedOff(licence_id=ZHANG, by=DESK, reason=None, occurred_at=at(5))
    taken = (*done(major()), took_charge(4))
    request(*taken).when(sign_off, SIGN_OFF, step(5), ZHANG).then(expected)
    request(*taken, signed_off(5)).when(sign_off, SIGN_OFF, step(6), ZHANG).then()
    request(*taken, signed_off(5), closed()).when(sign_off, SIGN_OFF, step(7), ZHANG).breaks(step_is_drawn)
    request(major(), took_charge()).when(sign_off, SIGN_OFF, step(5), ZHANG).breaks(step_is_drawn)


def test_who_signs_off_what_nobody_has_in_hand_takes_charge_in_the_same_moment() -> None:
    charge = ManagerTookCharge(licence_id=ZHANG, by=DESK, occurred_at=at(5))
    signed = ServiceRequestSignedOff(licence_id=ZHANG, by=DESK, reason=None, occurred_at=at(5))
    request(*done(major())).when(sign_off, SIGN_OFF, step(5), ZHANG).then(charge, signed)
    after = state(*done(major()), charge, signed)
    assert after.charge is not None
    assert (after.charge.licence_id, after.charge.at, after.is_signed_off) == (ZHANG, at(5), True)


def test_who_signs_off_what_another_has_in_hand_only_signs() -> None:
    expected = ServiceRequestSignedOff(licence_id=LI, by=DESK, reason=None, occurred_at=at(5))
    request(*done(major()), took_charge(4)).when(sign_off, SIGN_OFF, step(5), LI).then(expected)


def test_after_a_reopening_it_is_signed_off_anew_and_stays_in_the_same_hands() -> None:
    again = (*done(major()), took_charge(4), signed_off(5), reopened(6))
    request(*again).when(take_charge, step(7), ZHANG).then()
    expected = ServiceRequestSignedOff(licence_id=ZHANG, by=DESK, reason=None, occurred_at=at(9))
    request(*again, started(7), completed(8)).when(sign_off, SIGN_OFF, step(9), ZHANG).then(expected)


def test_who_stands_in_for_the_manager_says_why() -> None:
    charge = ManagerTookCharge(licence_id=None, by=DESK, occurred_at=at(5))
    signed = ServiceRequestSignedOff(licence_id=None, by=DESK, reason="项目经理空缺", occurred_at=at(5))
    request(*done(major())).when(sign_off, WITH_A_REASON, step(5), None).then(charge, signed)
    request(*done(major())).when(sign_off, SIGN_OFF, step(5), None).raises(Unacceptable, pointer="/reason")
