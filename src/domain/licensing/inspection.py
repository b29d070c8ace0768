"""The annual inspection (年检): not passed with 25 points or more (Text 3 §2(3))."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.days import Period
from domain.kernel.identifiers import LicenceId
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.licensing.cycles import cycle_of_year
from domain.licensing.events import (
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    CycleLabel,
    LicenceEvent,
)
from domain.licensing.licence import Licence, Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeInspection:
    """Conclude the annual inspection of a year that has ended."""

    licence_id: LicenceId
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The case of an inspection: the cycle it judges, by its label and its days."""

    licence: Licence
    year: int
    cycle: CycleLabel
    period: Period
    today: date


def _file_began_later(case: Inspection) -> bool:
    began = min((case.licence.opened_on, *(held.since for held in case.licence.registrations)))
    return case.year < began.year


def _an_objection_is_pending(case: Inspection) -> bool:
    return any(
        entry.cycle == case.cycle and entry.objection is Objection.PENDING for entry in case.licence.deductions.values()
    )


year_is_not_passed: Final = Rule[Inspection](
    code="inspection.already-concluded",
    zh="该年度年检已通过",
    en="the inspection of this year was passed already",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.year in case.licence.passed_years,
)
year_is_over: Final = Rule[Inspection](
    code="inspection.year-not-over",
    zh="该年度尚未结束",
    en="the year is not over",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.period.until is None or case.today <= case.period.until,
)
file_existed: Final = Rule[Inspection](
    code="inspection.before-file",
    zh="该年度尚无执业档案",
    en="the file did not exist in that year",
    cites="Text 3 §2(3); reading: a year before the file existed",
    is_broken_by=_file_began_later,
)
no_objection_is_pending: Final = Rule[Inspection](
    code="inspection.objection-pending",
    zh="该考核周期尚有未决定的异议",
    en="an objection in that cycle is pending",
    cites="Text 3 §2(3)",
    is_broken_by=_an_objection_is_pending,
)


def conclude_inspection(
    licence: Licence, asked: ConcludeInspection, rules: RuleSet, *, today: date
) -> list[LicenceEvent]:
    """Pass or fail the inspection: points over the year's cycle, certificates and registration as they are today."""
    cycle, period = cycle_of_year(licence, asked.year, rules)
    check(
        Inspection(licence=licence, year=asked.year, cycle=cycle, period=period, today=today),
        year_is_not_passed,
        year_is_over,
        file_existed,
        no_objection_is_pending,
    )
    reasons = _reasons(licence, cycle, rules, today)
    if reasons:
        return [AnnualInspectionFailed(year=asked.year, reasons=reasons, inspected_on=today)]
    return [AnnualInspectionPassed(year=asked.year, inspected_on=today)]


def _reasons(licence: Licence, cycle: CycleLabel, rules: RuleSet, today: date) -> tuple[str, ...]:
    """Answer why it is not passed, as codes; nothing means passed."""
    has_certificates = licence.has_post_certificate_on(today) and licence.has_training_certificate_on(today)
    found = {
        "points": licence.total(cycle) >= rules.inspection_fail_points,
        "certificate-not-valid": not has_certificates,
        "not-registered": licence.registration is None,
    }
    return tuple(reason for reason, is_found in found.items() if is_found)
