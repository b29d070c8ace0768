"""Deduction of points (扣分) and what follows from a cycle's total (计分考核制, Text 3 §2(3))."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.days import years_after
from domain.kernel.identifiers import AttachmentId, DeductionId, LicenceId, ProjectId, Subject
from domain.kernel.rule_set import Needs, RevocationMode, RuleSet, Violation
from domain.kernel.rules import Rule, check
from domain.licensing.cycles import cycle_of
from domain.licensing.events import (
    Basis,
    LicenceEvent,
    PointsDeducted,
    RepeatOffenceFlagged,
    RevocationProposed,
    WarningIssued,
    WarningKind,
)
from domain.licensing.licence import Licence
from domain.licensing.revocation import revoke


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductPoints:
    """Charge a manager with a violation; omitted points are the catalogue's reference points."""

    licence_id: LicenceId
    violation: str
    occurred_on: date
    reason: str
    points: int | None = None
    project_id: ProjectId | None = None
    basis: Basis = Basis.REGULATION
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Who charges, when, and under which id; a delegated officer (a district's) cannot revoke.

    `attachments` are those entries of the evidence that are attachments, and known to the officer.
    """

    deduction_id: DeductionId
    officer: Subject
    is_delegated: bool
    today: date
    attachments: tuple[AttachmentId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The case of a deduction; `violation` is None when the catalogue in force on that day has none of the code."""

    licence: Licence
    asked: DeductPoints
    violation: Violation | None
    rules: RuleSet
    today: date

    @property
    def points(self) -> int:
        """The points asked for, or the reference points."""
        if self.asked.points is not None:
            return self.asked.points
        return self.violation.points if self.violation else 0


def _is_out_of_range(case: Case) -> bool:
    return case.violation is not None and not case.violation.lowest <= case.points <= case.violation.highest


def _is_too_old(case: Case) -> bool:
    own = case.violation.limitation_years if case.violation else None
    return case.today > years_after(case.asked.occurred_on, own or case.rules.limitation_years)


def _lacks_registration(case: Case) -> bool:
    if case.violation is None or case.violation.needs is Needs.NOTHING:
        return False
    return case.licence.registration_on(case.asked.occurred_on) is None


def _lacks_tenure(case: Case) -> bool:
    if case.violation is None or case.violation.needs is not Needs.TENURE or case.asked.project_id is None:
        return False
    return not case.licence.has_held(case.asked.project_id, case.asked.occurred_on)


violation_is_in_catalogue: Final = Rule[Case](
    code="deduction.unknown-violation",
    zh="当日施行的扣分目录中没有该违规代码",
    en="the catalogue in force on that day has no violation of this code",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.violation is None,
)
points_are_in_range: Final = Rule[Case](
    code="deduction.points-out-of-range",
    zh="扣分超出该违规允许的幅度",
    en="the points lie outside the range of this violation",
    cites="Text 3 §2(3)",
    is_broken_by=_is_out_of_range,
)
violation_has_happened: Final = Rule[Case](
    code="deduction.in-the-future",
    zh="违规日期不得晚于今天",
    en="the violation must not lie in the future",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.asked.occurred_on > case.today,
)
violation_is_recent: Final = Rule[Case](
    code="deduction.too-old",
    zh="已超过追究时限",
    en="the violation lies further back than may be charged",
    cites="Text 3 §2(3); rule set: limitation_years",
    is_broken_by=_is_too_old,
)
manager_was_registered: Final = Rule[Case](
    code="deduction.before-registration",
    zh="违规当日没有执业注册",
    en="no practice registration was held on that day",
    cites="Text 3 §2(3)",
    is_broken_by=_lacks_registration,
)
project_was_theirs: Final = Rule[Case](
    code="deduction.no-tenure",
    zh="违规当日不是该项目的项目经理",
    en="the manager did not hold that project on that day",
    cites="Text 3 §2(3)",
    is_broken_by=_lacks_tenure,
)


def deduct_points(licence: Licence, asked: DeductPoints, rules: RuleSet, charge: Charge) -> list[LicenceEvent]:
    """Charge a manager with a violation, and draw what follows when the cycle's total reaches a step.

    `rules` are those in force on the day of the violation; the cycle is that day's, not the decision's.
    """
    case = Case(
        licence=licence,
        asked=asked,
        violation=rules.violation(asked.violation),
        rules=rules,
        today=charge.today,
    )
    check(
        case,
        violation_is_in_catalogue,
        points_are_in_range,
        violation_has_happened,
        violation_is_recent,
        manager_was_registered,
        project_was_theirs,
    )
    deducted = _deducted(case, charge)
    return [
        deducted,
        *_warnings(licence, deducted, rules, charge),
        *_revocation(licence, deducted, rules, charge),
        *_repetition(licence, deducted, rules),
    ]


def _deducted(case: Case, charge: Charge) -> PointsDeducted:
    licence, asked, rules = case.licence, case.asked, case.rules
    cycle = cycle_of(licence, asked.occurred_on, rules)
    employed = licence.registration_on(asked.occurred_on)
    return PointsDeducted(
        deduction_id=charge.deduction_id,
        violation=asked.violation,
        points=case.points,
        occurred_on=asked.occurred_on,
        project_id=asked.project_id,
        basis=asked.basis,
        reason=asked.reason,
        evidence=asked.evidence,
        officer=charge.officer,
        decided_on=charge.today,
        cycle=cycle,
        total=licence.total(cycle) + case.points,
        notice_number=_notice_number(licence, asked.licence_id),
        served_on=charge.today,
        object_by=rules.last_day(charge.today, rules.objection_days),
        rectify_by=rules.last_day(charge.today, rules.rectification_days),
        company_id=employed.company_id if employed else None,
        rule_set=rules.version,
        attachments=charge.attachments,
    )


def _notice_number(licence: Licence, licence_id: LicenceId) -> str:
    """Number the notice within the licence; a file that never was registered goes by the head of its id."""
    name = licence.registrations[-1].licence_number if licence.registrations else f"PM-{licence_id.hex[:8]}"
    return f"{name}-{len(licence.deductions) + 1:03}"


def _warnings(licence: Licence, deducted: PointsDeducted, rules: RuleSet, charge: Charge) -> list[LicenceEvent]:
    return [
        WarningIssued(kind=kind, cycle=deducted.cycle, total=deducted.total, issued_on=charge.today)
        for kind, step in warning_steps(rules)
        if deducted.total >= step and (deducted.cycle, kind) not in licence.warnings
    ]


def warning_steps(rules: RuleSet) -> tuple[tuple[WarningKind, int], ...]:
    """Answer the steps before revocation, the lower first."""
    return (WarningKind.WRITTEN, rules.warning_points), (WarningKind.INTERVIEW, rules.interview_points)


def _revocation(licence: Licence, deducted: PointsDeducted, rules: RuleSet, charge: Charge) -> list[LicenceEvent]:
    """Revoke at the limit, once a cycle; a delegated officer or the mode `after_hearing` only propose it."""
    is_revoked = any(entry.cycle == deducted.cycle for entry in licence.revocations)
    if deducted.total < rules.revocation_points or is_revoked:
        return []
    waits_for_hearing = rules.revocation_mode is RevocationMode.AFTER_HEARING
    if not charge.is_delegated and not waits_for_hearing:
        return revoke(licence, deducted.cycle, deducted.total, rules, today=charge.today)
    if any(proposal.cycle == deducted.cycle for proposal in licence.proposals):
        return []
    return [
        RevocationProposed(
            cycle=deducted.cycle,
            total=deducted.total,
            proposed_on=charge.today,
            hearing_until=rules.working_days.after(charge.today, rules.hearing_days) if waits_for_hearing else None,
            rule_set=rules.version,
        )
    ]


def _repetition(licence: Licence, deducted: PointsDeducted, rules: RuleSet) -> list[LicenceEvent]:
    """Flag the third deduction of one code in a cycle (Text 4 检讨); per-case items (每件) are exempt."""
    violation = rules.violation(deducted.violation)
    count = licence.tally(deducted.cycle).charges.get(deducted.violation, 0) + 1
    if violation is None or violation.per_case or count != rules.repeat_offence_count:
        return []
    return [RepeatOffenceFlagged(violation=deducted.violation, cycle=deducted.cycle, count=count)]
