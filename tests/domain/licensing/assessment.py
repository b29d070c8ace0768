"""The assessment of a manager, in examples: what a test does not talk about is filled in here."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.kernel.identifiers import CompanyId, DeductionId, ProjectId, Subject
from domain.kernel.rule_set import RuleSet
from domain.licensing.deduction import Charge, DeductPoints, deduct_points
from domain.licensing.events import (
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    Basis,
    CycleLabel,
    DeductionRescinded,
    LicenceEvent,
    LicenceReinstated,
    LicenceRevoked,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
    RevocationProposalWithdrawn,
    RevocationProposed,
    WarningIssued,
    WarningKind,
    WarningWithdrawn,
)
from domain.licensing.licence import Licence
from domain.licensing.objection import (
    DecideObjection,
    ObjectToDeduction,
    object_to_deduction,
)
from tests.domain.licensing.practice import GREEN, LICENCE_ID, NUMBER, TODAY
from tests.domain.rule_sets import DEFAULT

FIRST, SECOND, THIRD, FOURTH = (DeductionId(UUID(int=number)) for number in range(31, 35))
CLERK, JUDGE = Subject("clerk"), Subject("judge")
WRITTEN, INTERVIEW = WarningKind.WRITTEN, WarningKind.INTERVIEW
THIS_YEAR: Final = "2026"


def violation(
    code: str = "V08", *, points: int | None = None, occurred_on: date = TODAY, project_id: ProjectId | None = None
) -> DeductPoints:
    """Ask for a deduction."""
    return DeductPoints(
        licence_id=LICENCE_ID,
        violation=code,
        points=points,
        occurred_on=occurred_on,
        project_id=project_id,
        reason="seen on site",
        evidence=("photo 1",),
    )


def charge(
    deduction_id: DeductionId = FIRST, *, by: Subject = CLERK, delegated: bool = False, today: date = TODAY
) -> Charge:
    return Charge(deduction_id=deduction_id, officer=by, is_delegated=delegated, today=today)


def deducted(
    deduction_id: DeductionId = FIRST,
    *,
    points: int,
    total: int | None = None,
    code: str = "V08",
    occurred_on: date = TODAY,
    on: date = TODAY,
    cycle: str | None = None,
    project_id: ProjectId | None = None,
    company: CompanyId | None = GREEN,
    officer: Subject = CLERK,
    notice: str | None = None,
) -> PointsDeducted:
    """A deduction of today's, the first of its cycle; notices are numbered as the ids are."""
    return PointsDeducted(
        deduction_id=deduction_id,
        violation=code,
        points=points,
        occurred_on=occurred_on,
        project_id=project_id,
        basis=Basis.REGULATION,
        reason="seen on site",
        evidence=("photo 1",),
        officer=officer,
        decided_on=on,
        cycle=CycleLabel(cycle or str(occurred_on.year)),
        total=points if total is None else total,
        notice_number=notice or f"{NUMBER}-{int(deduction_id) - 30:03}",
        served_on=on,
        object_by=on + timedelta(days=15),
        rectify_by=on + timedelta(days=15),
        company_id=company,
        rule_set=DEFAULT.version,
        attachments=(),
    )


def warned(kind: WarningKind, total: int, *, cycle: str = THIS_YEAR, on: date = TODAY) -> WarningIssued:
    return WarningIssued(kind=kind, cycle=CycleLabel(cycle), total=total, issued_on=on)


def warning_withdrawn(kind: WarningKind, total: int, *, cycle: str = THIS_YEAR, on: date = TODAY) -> WarningWithdrawn:
    return WarningWithdrawn(kind=kind, cycle=CycleLabel(cycle), total=total, withdrawn_on=on)


def revoked(
    total: int = 25,
    *,
    on: date = TODAY,
    banned_until: date | None = None,
    cycle: str = THIS_YEAR,
    company: CompanyId | None = GREEN,
    reason: str | None = None,
) -> LicenceRevoked:
    return LicenceRevoked(
        cycle=CycleLabel(cycle),
        total=total,
        revoked_on=on,
        banned_until=banned_until or on.replace(year=on.year + 2),
        company_id=company,
        reason=reason,
        rule_set=DEFAULT.version,
    )


def reinstated(
    total: int, *, cycle: str = THIS_YEAR, on: date = TODAY, company: CompanyId | None = GREEN
) -> LicenceReinstated:
    return LicenceReinstated(cycle=CycleLabel(cycle), total=total, reinstated_on=on, company_id=company)


def proposed(
    total: int = 25, *, cycle: str = THIS_YEAR, on: date = TODAY, hearing_until: date | None = None
) -> RevocationProposed:
    return RevocationProposed(
        cycle=CycleLabel(cycle), total=total, proposed_on=on, hearing_until=hearing_until, rule_set=DEFAULT.version
    )


def proposal_withdrawn(total: int, *, cycle: str = THIS_YEAR, on: date = TODAY) -> RevocationProposalWithdrawn:
    return RevocationProposalWithdrawn(cycle=CycleLabel(cycle), total=total, withdrawn_on=on)


def objected(deduction_id: DeductionId = FIRST, *, on: date = TODAY, on_behalf: bool = False) -> ObjectionFiled:
    return ObjectionFiled(deduction_id=deduction_id, grounds="was not there", on_behalf=on_behalf, filed_on=on)


def rejected(deduction_id: DeductionId = FIRST, *, on: date = TODAY) -> ObjectionRejected:
    return ObjectionRejected(deduction_id=deduction_id, reason="was there", decided_on=on)


def rescinded(charged: PointsDeducted, *, total: int, on: date = TODAY) -> Sequence[LicenceEvent]:
    """An upheld objection and what it does to the deduction."""
    return (
        ObjectionUpheld(deduction_id=charged.deduction_id, reason="was not there", decided_on=on),
        DeductionRescinded(
            deduction_id=charged.deduction_id,
            violation=charged.violation,
            points=charged.points,
            occurred_on=charged.occurred_on,
            cycle=charged.cycle,
            total=total,
            company_id=charged.company_id,
            rescinded_on=on,
        ),
    )


def decision(deduction_id: DeductionId = FIRST, *, upheld: bool = True) -> DecideObjection:
    return DecideObjection(
        licence_id=LICENCE_ID,
        deduction_id=deduction_id,
        upheld=upheld,
        reason="was not there" if upheld else "was there",
    )


def objecting(licence: Licence, *, deduction_id: DeductionId = FIRST, on: date = TODAY) -> list[LicenceEvent]:
    """Object on a day; as a decision on the licence."""
    asked = ObjectToDeduction(licence_id=LICENCE_ID, deduction_id=deduction_id, grounds="was not there")
    return object_to_deduction(licence.deductions[deduction_id], asked, today=on)


def passed(year: int = 2025, *, on: date = TODAY) -> AnnualInspectionPassed:
    return AnnualInspectionPassed(year=year, inspected_on=on)


def failed(year: int = 2025, *reasons: str, on: date = TODAY) -> AnnualInspectionFailed:
    return AnnualInspectionFailed(year=year, reasons=reasons or ("not-registered",), inspected_on=on)


def charging(licence: Licence, asked: DeductPoints, rules: RuleSet, charged: Charge) -> list[LicenceEvent]:
    """Deduct points, without what follows from the cycle's total."""
    return deduct_points(licence, asked, rules, charged)[:1]
