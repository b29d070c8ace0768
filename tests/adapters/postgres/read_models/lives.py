"""Whole lives of licences, as decisions let them be: what read models must be able to follow."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hypothesis import strategies as st

from domain.kernel.area import Area
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import DeductionId, LicenceNumber, Subject
from domain.kernel.rules import RulesBroken
from domain.licensing.appointment import appoint, change_appointed_area, relieve
from domain.licensing.certificates import EraseHolder, WithdrawCertificate, erase_holder, withdraw_certificate
from domain.licensing.deduction import deduct_points
from domain.licensing.events import CertificateKind, LicenceEvent
from domain.licensing.folding import LICENCE
from domain.licensing.inspection import ConcludeInspection, conclude_inspection
from domain.licensing.licence import Licence
from domain.licensing.objection import (
    DecideObjection,
    ObjectToDeduction,
    RecordService,
    decide_objection,
    object_to_deduction,
    record_service,
)
from domain.licensing.registration import DeregisterPractice, RegisterPractice, deregister_practice, register_practice
from domain.licensing.revocation import DecideRevocation, decide_revocation
from tests.domain.licensing.assessment import charge, violation
from tests.domain.licensing.practice import (
    GREEN,
    HILLSIDE,
    LAKESIDE,
    LICENCE_ID,
    OPENED,
    OTHER,
    certificate,
    licence,
    opened,
    project,
)
from tests.domain.rule_sets import DEFAULT

Draw = Callable[[st.SearchStrategy[int]], int]
Step = Callable[[Licence, date, Draw], list[LicenceEvent]]

_COMPANIES: Final = (GREEN, OTHER)
_PROJECTS: Final = (LAKESIDE, HILLSIDE)
_CODES: Final = ("V08", "V14", "V21", "V01")
_JUDGE: Final = Subject("judge")


class NothingToChooseFrom(Exception):
    """The licence has none of what the step is about."""


def _one_of(draw: Draw, most: int) -> int:
    if not most:
        raise NothingToChooseFrom
    return draw(st.integers(0, most - 1))


def _record(held: Licence, today: date, _: Draw) -> list[LicenceEvent]:
    nth = len(held.certificates)
    post = certificate(CertificateKind.POST_MUNICIPAL, f"P-{nth}", issued_on=today)
    return [post, certificate(CertificateKind.TRAINING, f"T-{nth}", issued_on=today)]


def _withdraw(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    number = held.certificates[_one_of(draw, len(held.certificates))].number
    asked = WithdrawCertificate(licence_id=LICENCE_ID, number=number, reason="in error")
    return withdraw_certificate(held, asked, today=today)


def _register(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    asked = RegisterPractice(licence_id=LICENCE_ID, company_id=_COMPANIES[_one_of(draw, 2)])
    number = LicenceNumber(f"PM-321000-{today.year}-{len(held.registrations):06}")
    return register_practice(held, asked, DEFAULT, new_number=number, company_is_closed=False, today=today)


def _deregister(held: Licence, today: date, _: Draw) -> list[LicenceEvent]:
    return deregister_practice(held, DeregisterPractice(licence_id=LICENCE_ID, reason="moves on"), today=today)


def _appoint(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    chosen = project(_PROJECTS[_one_of(draw, 2)], area="60000", company=_COMPANIES[_one_of(draw, 2)])
    if held.appointment_to(chosen.project_id) is not None:
        return []
    return appoint(held, chosen, DEFAULT, today=today)


def _relieve(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    return relieve(held, _PROJECTS[_one_of(draw, 2)], reason="moves on", today=today)


def _amend(held: Licence, _today: date, draw: Draw) -> list[LicenceEvent]:
    project_held = held.appointments[_one_of(draw, len(held.appointments))]
    return change_appointed_area(project_held.project_id, Area.of(draw(st.integers(1, 90_000))))


def _deduct(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    asked = violation(_CODES[_one_of(draw, len(_CODES))], occurred_on=today - timedelta(days=_one_of(draw, 30)))
    nth = DeductionId(UUID(int=1_000 + len(held.deductions)))
    return deduct_points(held, asked, DEFAULT, charge(nth, delegated=bool(_one_of(draw, 2)), today=today))


def _deduction(held: Licence, draw: Draw) -> DeductionId:
    return list(held.deductions)[_one_of(draw, len(held.deductions))]


def _serve(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    chosen = _deduction(held, draw)
    asked = RecordService(licence_id=LICENCE_ID, deduction_id=chosen, served_on=today, method="by hand")
    return record_service(held.deductions[chosen], asked, DEFAULT, today=today)


def _object(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    chosen = _deduction(held, draw)
    asked = ObjectToDeduction(licence_id=LICENCE_ID, deduction_id=chosen, grounds="not so")
    return object_to_deduction(held.deductions[chosen], asked, today=today)


def _decide_objection(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    upheld = bool(_one_of(draw, 2))
    asked = DecideObjection(
        licence_id=LICENCE_ID, deduction_id=_deduction(held, draw), upheld=upheld, reason="looked at again"
    )
    return decide_objection(held, asked, DEFAULT, officer=_JUDGE, today=today)


def _undo(held: Licence, today: date, draw: Draw) -> list[LicenceEvent]:
    """Charge, object and uphold, all on one day."""
    events: list[LicenceEvent] = []
    for step in (_deduct, _object, _decide_objection):
        events += step(LICENCE.fold(events, held) or held, today, draw)
    return events


def _revoke(held: Licence, today: date, _: Draw) -> list[LicenceEvent]:
    return decide_revocation(held, DecideRevocation(licence_id=LICENCE_ID, reason="heard"), DEFAULT, today=today)


def _inspect(held: Licence, today: date, _: Draw) -> list[LicenceEvent]:
    asked = ConcludeInspection(licence_id=LICENCE_ID, year=today.year - 1)
    return conclude_inspection(held, asked, DEFAULT, today=today)


def _erase(held: Licence, today: date, _: Draw) -> list[LicenceEvent]:
    return erase_holder(held, EraseHolder(licence_id=LICENCE_ID, reason="asked for"), today=today)


_MOSTLY: Final[Sequence[Step]] = (_deduct, _deduct, _object, _decide_objection, _undo, _appoint, _register, _record)
_SOMETIMES: Final[Sequence[Step]] = (
    _revoke,
    _inspect,
    _withdraw,
    _deregister,
    _relieve,
    _amend,
    _serve,
    _erase,
)
_STEPS: Final = st.one_of(st.sampled_from(_MOSTLY), st.sampled_from(_MOSTLY), st.sampled_from(_SOMETIMES))
_DAYS: Final = st.sampled_from([0, 0, 0, 0, 1, 1, 1, 20, 200, 400])


@st.composite
def lives(draw: st.DrawFn) -> list[LicenceEvent]:
    """A licence's events, from the opening of its file on; what the rules refuse is left out."""
    today = OPENED
    events: list[LicenceEvent] = [opened(by=GREEN, on=today)]
    if draw(st.sampled_from([True, True, True, False])):
        events += _record(licence(*events), today, draw)
        events += _register(licence(*events), today, draw)
    for step in draw(st.lists(_STEPS, min_size=draw(st.integers(0, 15)), max_size=25)):
        today += timedelta(days=draw(_DAYS))
        try:
            events += step(licence(*events), today, draw)
        except (RulesBroken, Unacceptable, NothingToChooseFrom):
            continue
    return events
