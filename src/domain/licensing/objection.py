"""Service of a notice (告知单送达), objection (异议) and its decision."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import DeductionId, LicenceId, Subject
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.licensing.deduction import warning_steps
from domain.licensing.events import (
    DeductionRescinded,
    LicenceEvent,
    LicenceReinstated,
    NoticeServed,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    RevocationProposalWithdrawn,
    WarningWithdrawn,
)
from domain.licensing.folding import evolve
from domain.licensing.licence import Deduction, Licence, Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordService:
    """Record that a notice was served later than it was decided."""

    licence_id: LicenceId
    deduction_id: DeductionId
    served_on: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectToDeduction:
    """Object to a deduction; `on_behalf` when a clerk enters the manager's paper objection."""

    licence_id: LicenceId
    deduction_id: DeductionId
    grounds: str
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection:
    """Uphold or reject a pending objection."""

    licence_id: LicenceId
    deduction_id: DeductionId
    upheld: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Service:
    """The case of a service."""

    deduction: Deduction
    served_on: date


@dataclass(frozen=True, slots=True)
class Objecting:
    """The case of an objection."""

    deduction: Deduction
    today: date


@dataclass(frozen=True, slots=True)
class Deciding:
    """The case of a decision over an objection."""

    deduction: Deduction
    officer: Subject


notice_follows_decision: Final = Rule[Service](
    code="notice.served-before-decision",
    zh="送达日期不得早于决定日期",
    en="a notice is not served before it was decided",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.served_on < case.deduction.decided_on,
)
objection_is_in_time: Final = Rule[Objecting](
    code="objection.too-late",
    zh="已超过异议期限",
    en="the time to object has passed",
    cites="Text 3 §2(3); rule set: objection_days",
    is_broken_by=lambda case: case.today > case.deduction.object_by,
)
objection_is_the_first: Final = Rule[Objecting](
    code="objection.already-made",
    zh="已提出过异议",
    en="an objection is pending or was rejected",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.deduction.objection in {Objection.PENDING, Objection.REJECTED},
)
deduction_still_counts: Final = Rule[Objecting](
    code="objection.already-rescinded",
    zh="该扣分已撤销",
    en="the deduction is rescinded already",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: not case.deduction.counts,
)
officer_is_another: Final = Rule[Deciding](
    code="objection.same-officer",
    zh="作出扣分的人员不得决定对该扣分的异议",
    en="the officer who deducted may not decide the objection",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.officer == case.deduction.officer,
)
objection_is_pending: Final = Rule[Deciding](
    code="objection.none-pending",
    zh="没有待决定的异议",
    en="no objection is pending",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.deduction.objection is not Objection.PENDING,
)


def record_service(deduction: Deduction, asked: RecordService, rules: RuleSet, *, today: date) -> list[LicenceEvent]:
    """Record a later service; the time to object and to rectify runs from there."""
    if asked.served_on > today:
        raise Unacceptable("/served_on", zh="不得晚于今天", en="must not be after today")
    check(Service(deduction, asked.served_on), notice_follows_decision)
    if asked.served_on == deduction.served_on:
        return []
    return [
        NoticeServed(
            deduction_id=asked.deduction_id,
            served_on=asked.served_on,
            method=asked.method,
            object_by=rules.last_day(asked.served_on, rules.objection_days),
            rectify_by=rules.last_day(asked.served_on, rules.rectification_days),
        )
    ]


def object_to_deduction(deduction: Deduction, asked: ObjectToDeduction, *, today: date) -> list[LicenceEvent]:
    """Object once, in time, to a deduction that counts."""
    check(Objecting(deduction, today), objection_is_in_time, objection_is_the_first, deduction_still_counts)
    return [
        ObjectionFiled(
            deduction_id=asked.deduction_id, grounds=asked.grounds, on_behalf=asked.on_behalf, filed_on=today
        )
    ]


def decide_objection(
    licence: Licence, asked: DecideObjection, rules: RuleSet, *, officer: Subject, today: date
) -> list[LicenceEvent]:
    """Decide an objection; an upheld one rescinds the deduction and undoes what no longer follows.

    `rules` are those in force on the day of the violation.
    """
    deduction = licence.deductions[asked.deduction_id]
    check(Deciding(deduction, officer), officer_is_another, objection_is_pending)
    if not asked.upheld:
        return [ObjectionRejected(deduction_id=asked.deduction_id, reason=asked.reason, decided_on=today)]
    upheld = ObjectionUpheld(deduction_id=asked.deduction_id, reason=asked.reason, decided_on=today)
    relieved = evolve(licence, upheld)
    rescinded = DeductionRescinded(
        deduction_id=asked.deduction_id,
        violation=deduction.violation,
        points=deduction.points,
        occurred_on=deduction.occurred_on,
        cycle=deduction.cycle,
        total=relieved.total(deduction.cycle),
        company_id=deduction.company_id,
        rescinded_on=today,
    )
    return [upheld, rescinded, *_undone(relieved, rescinded, rules, today=today)]


def _undone(licence: Licence, rescinded: DeductionRescinded, rules: RuleSet, *, today: date) -> list[LicenceEvent]:
    """Undo what the cycle's lower total no longer carries: a revocation, a proposal, warnings."""
    cycle, total = rescinded.cycle, rescinded.total
    undone: list[LicenceEvent] = []
    if total < rules.revocation_points:
        if any(entry.cycle == cycle for entry in licence.revocations):
            undone.append(_reinstated(licence, rescinded, today=today))
        if any(entry.cycle == cycle for entry in licence.proposals):
            undone.append(RevocationProposalWithdrawn(cycle=cycle, total=total, withdrawn_on=today))
    undone += [
        WarningWithdrawn(kind=kind, cycle=cycle, total=total, withdrawn_on=today)
        for kind, step in reversed(warning_steps(rules))
        if total < step and (cycle, kind) in licence.warnings
    ]
    return undone


def _reinstated(licence: Licence, rescinded: DeductionRescinded, *, today: date) -> LicenceReinstated:
    reinstated = LicenceReinstated(cycle=rescinded.cycle, total=rescinded.total, reinstated_on=today, company_id=None)
    held = evolve(licence, reinstated).registration
    goes_on = held is not None and licence.registration is None
    company_id = held.company_id if held is not None and goes_on else None
    return LicenceReinstated(cycle=rescinded.cycle, total=rescinded.total, reinstated_on=today, company_id=company_id)
