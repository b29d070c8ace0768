"""Points add up, and at the limit the licence was revoked or its revocation proposed (Text 3 §2(3))."""

from collections.abc import Iterable, Iterator

from application.kernel.callers import Role
from application.processes.verifying.register import Fact, Step
from application.processes.verifying.report import Finding
from domain.kernel.days import years_after
from domain.licensing.cycles import cycle_of
from domain.licensing.deduction import warning_steps
from domain.licensing.events import (
    CycleLabel,
    DeductionRescinded,
    LicenceRevoked,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
)
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence


def points_add_up(step: Step) -> Iterator[Finding]:
    """The total that an event names is that of its cycle, and the cycle is that of the day of the violation."""
    changed: Iterable[tuple[Fact, PointsDeducted | DeductionRescinded]] = (
        *step.of(PointsDeducted),
        *step.of(DeductionRescinded),
    )
    for fact, event in changed:
        licence = step.now(LICENCE, fact.thing)
        total = 0 if licence is None else licence.total(event.cycle)
        if total != event.total:
            yield Finding(fact.position, fact.stream, f"says the cycle's total is {event.total}, it is {total}")
    for fact, deducted in step.of(PointsDeducted):
        licence = step.was(LICENCE, fact.thing)
        if licence is None:
            continue
        cycle = cycle_of(licence, deducted.occurred_on, step.rule_sets.in_force_on(deducted.occurred_on))
        if cycle != deducted.cycle:
            yield Finding(fact.position, fact.stream, f"counts in cycle {deducted.cycle}, not in {cycle}")


def limits_have_their_consequence(step: Step) -> Iterator[Finding]:
    """A cycle that has reached a step has its warning, one that has reached the limit its revocation or proposal."""
    for fact, deducted in step.of(PointsDeducted):
        licence = step.now(LICENCE, fact.thing)
        if licence is None:
            continue
        rules = step.rule_sets.in_force_on(deducted.occurred_on)
        total = licence.total(deducted.cycle)
        if total >= rules.revocation_points and not _is_revoked(licence, deducted.cycle):
            yield Finding(
                fact.position,
                fact.stream,
                f"{total} points in cycle {deducted.cycle}, the limit is {rules.revocation_points}: "
                "neither revoked nor proposed",
            )
        for kind, points in warning_steps(rules):
            if total >= points and (deducted.cycle, kind) not in licence.warnings:
                yield Finding(fact.position, fact.stream, f"{total} points without the {kind} warning due at {points}")


def revocations_are_right(step: Step) -> Iterator[Finding]:
    """Only the city revokes, only at the limit of the rule set cited, and for as long as that says."""
    for fact, revoked in step.of(LicenceRevoked):
        licence, rules = step.now(LICENCE, fact.thing), step.rule_sets.version(revoked.rule_set)
        if step.origin.role is not Role.MUNICIPAL:
            yield Finding(fact.position, fact.stream, f"revoked by {step.origin.role}: only the city revokes")
        if licence is None or rules is None:
            continue
        if licence.total(revoked.cycle) < rules.revocation_points:
            yield Finding(fact.position, fact.stream, f"revoked under the limit of {rules.revocation_points} points")
        last = years_after(revoked.revoked_on, rules.ban_years)
        if revoked.banned_until != last:
            yield Finding(fact.position, fact.stream, f"banned until {revoked.banned_until}, it must be {last}")


def officers_are_known_and_apart(step: Step) -> Iterator[Finding]:
    """Whoever charged is whoever is named; another decided the objection."""
    for fact, deducted in step.of(PointsDeducted):
        if deducted.officer != step.origin.subject:
            yield Finding(fact.position, fact.stream, f"names {deducted.officer}, charged by {step.origin.subject}")
    decisions: Iterable[tuple[Fact, ObjectionUpheld | ObjectionRejected]] = (
        *step.of(ObjectionUpheld),
        *step.of(ObjectionRejected),
    )
    for fact, decided in decisions:
        licence = step.was(LICENCE, fact.thing)
        deduction = None if licence is None else licence.deductions.get(decided.deduction_id)
        if deduction is None or deduction.officer == step.origin.subject:
            what = "the officer who charged decided the objection"
            yield Finding(fact.position, fact.stream, "decides over no deduction" if deduction is None else what)


def _is_revoked(licence: Licence, cycle: CycleLabel) -> bool:
    return any(entry.cycle == cycle for entry in licence.revocations) or any(
        entry.cycle == cycle for entry in licence.proposals
    )
