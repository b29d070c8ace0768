"""Whole lives of licences, as decisions let them be: what read models must be able to follow."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final
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

Pick = Callable[[int], int]
"""Picks one of so many, counted from 0."""
Step = Callable[[Licence, date, Pick], list[LicenceEvent]]

_COMPANIES: Final = (GREEN, OTHER)
_PROJECTS: Final = (LAKESIDE, HILLSIDE)
_CODES: Final = ("V08", "V14", "V21", "V01")
_JUDGE: Final = Subject("judge")


class NothingToChooseFrom(Exception):
    """The licence has none of what the step is about."""


def _record(held: Licence, today: date, _: Pick) -> list[LicenceEvent]:
    nth = len(held.certificates)
    post = certificate(CertificateKind.POST_MUNICIPAL, f"P-{nth}", issued_on=today)
    return [post, certificate(CertificateKind.TRAINING, f"T-{nth}", issued_on=today)]


def _withdraw(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    number = held.certificates[pick(len(held.certificates))].number
    asked = WithdrawCertificate(licence_id=LICENCE_ID, number=number, reason="in error")
    return withdraw_certificate(held, asked, today=today)


def _register(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    asked = RegisterPractice(licence_id=LICENCE_ID, company_id=_COMPANIES[pick(2)])
    number = LicenceNumber(f"PM-321000-{today.year}-{len(held.registrations):06}")
    return register_practice(held, asked, DEFAULT, new_number=number, company_is_closed=False, today=today)


def _deregister(held: Licence, today: date, _: Pick) -> list[LicenceEvent]:
    return deregister_practice(held, DeregisterPractice(licence_id=LICENCE_ID, reason="moves on"), today=today)


def _appoint(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    chosen = project(_PROJECTS[pick(2)], area="60000", company=_COMPANIES[pick(2)])
    if held.appointment_to(chosen.project_id) is not None:
        return []
    return appoint(held, chosen, DEFAULT, today=today)


def _relieve(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    return relieve(held, _PROJECTS[pick(2)], reason="moves on", today=today)


def _amend(held: Licence, _today: date, pick: Pick) -> list[LicenceEvent]:
    project_held = held.appointments[pick(len(held.appointments))]
    return change_appointed_area(project_held.project_id, Area.of(1 + pick(90_000)))


def _deduct(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    asked = violation(_CODES[pick(len(_CODES))], occurred_on=today - timedelta(days=pick(30)))
    nth = DeductionId(UUID(int=1_000 + len(held.deductions)))
    return deduct_points(held, asked, DEFAULT, charge(nth, delegated=bool(pick(2)), today=today))


def _deduction(held: Licence, pick: Pick) -> DeductionId:
    return list(held.deductions)[pick(len(held.deductions))]


def _serve(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    chosen = _deduction(held, pick)
    asked = RecordService(licence_id=LICENCE_ID, deduction_id=chosen, served_on=today, method="by hand")
    return record_service(held.deductions[chosen], asked, DEFAULT, today=today)


def _object(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    chosen = _deduction(held, pick)
    asked = ObjectToDeduction(licence_id=LICENCE_ID, deduction_id=chosen, grounds="not so")
    return object_to_deduction(held.deductions[chosen], asked, today=today)


def _decide_objection(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    upheld = bool(pick(2))
    asked = DecideObjection(
        licence_id=LICENCE_ID, deduction_id=_deduction(held, pick), upheld=upheld, reason="looked at again"
    )
    return decide_objection(held, asked, DEFAULT, officer=_JUDGE, today=today)


def _undo(held: Licence, today: date, pick: Pick) -> list[LicenceEvent]:
    """Charge, object and uphold, all on one day."""
    events: list[LicenceEvent] = []
    for step in (_deduct, _object, _decide_objection):
        events += step(LICENCE.fold(events, held) or held, today, pick)
    return events


def _revoke(held: Licence, today: date, _: Pick) -> list[LicenceEvent]:
    return decide_revocation(held, DecideRevocation(licence_id=LICENCE_ID, reason="heard"), DEFAULT, today=today)


def _inspect(held: Licence, today: date, _: Pick) -> list[LicenceEvent]:
    asked = ConcludeInspection(licence_id=LICENCE_ID, year=today.year - 1)
    return conclude_inspection(held, asked, DEFAULT, today=today)


def _erase(held: Licence, today: date, _: Pick) -> list[LicenceEvent]:
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
_STEPS: Final = (*_MOSTLY, *_MOSTLY, *_SOMETIMES)
_DAYS: Final = (0, 0, 0, 0, 1, 1, 1, 20, 200, 400)
_MOST_STEPS: Final = 25


def life(choose: Pick) -> list[LicenceEvent]:
    """A licence's events, from the opening of its file on; what the rules refuse is left out."""

    def pick(most: int) -> int:
        if not most:
            raise NothingToChooseFrom
        return choose(most)

    today = OPENED
    events: list[LicenceEvent] = [opened(by=GREEN, on=today)]
    if pick(4):
        events += _record(licence(*events), today, pick)
        events += _register(licence(*events), today, pick)
    for _ in range(pick(_MOST_STEPS)):
        step = _STEPS[pick(len(_STEPS))]
        today += timedelta(days=_DAYS[pick(len(_DAYS))])
        try:
            events += step(licence(*events), today, pick)
        except (RulesBroken, Unacceptable, NothingToChooseFrom):
            continue
    return events


@st.composite
def lives(draw: st.DrawFn) -> list[LicenceEvent]:
    """Any life."""
    return life(lambda most: draw(st.integers(0, most - 1)))


def lived(seed: int) -> list[LicenceEvent]:
    """One life, the same for one seed; the ids of its deductions are its own."""
    return [_of_its_own(event, seed) for event in life(Random(seed).randrange)]


def _of_its_own(event: Any, seed: int) -> LicenceEvent:
    if hasattr(event, "deduction_id"):
        event = replace(event, deduction_id=DeductionId(UUID(int=event.deduction_id.int + seed * 1_000_000)))
    moved: LicenceEvent = event
    return moved
