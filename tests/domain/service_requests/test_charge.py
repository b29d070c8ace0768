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
    done,
    major,
    received,
    request,
    signed_off,
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


def test_the_manager_signs_off_what_is_completed() -> None:
    expected = ServiceRequestSignedOff(licence_id=ZHANG, by=DESK, reason=None, occurred_at=at(5))
    request(*done(major())).when(sign_off, SIGN_OFF, step(5), ZHANG).then(expected)
    request(*done(major()), signed_off(5)).when(sign_off, SIGN_OFF, step(6), ZHANG).then()
    request(major(), took_charge()).when(sign_off, SIGN_OFF, step(5), ZHANG).breaks(step_is_drawn)


def test_signing_off_is_taking_charge_if_nobody_has() -> None:
    signed = state(*done(major()), signed_off(5))
    assert signed.charge is not None
    assert signed.charge.at == at(5)
    before = state(*done(major()), took_charge(4), signed_off(5)).charge
    assert before is not None
    assert before.at == at(4)


def test_who_stands_in_for_the_manager_says_why() -> None:
    expected = ServiceRequestSignedOff(licence_id=None, by=DESK, reason="项目经理空缺", occurred_at=at(5))
    request(*done(major())).when(sign_off, WITH_A_REASON, step(5), None).then(expected)
    request(*done(major())).when(sign_off, SIGN_OFF, step(5), None).raises(Unacceptable, pointer="/reason")
