"""The rules judge a recorded decision again, on the state that it was made on."""

from collections.abc import Callable, Iterator
from functools import partial

from application.kernel.callers import Role
from application.processes.appointing_manager import facts_of
from application.processes.verifying.register import Fact, Step
from application.processes.verifying.report import Finding
from domain.companies.company import COMPANY
from domain.kernel.errors import Unacceptable, existing
from domain.kernel.identifiers import LicenceId
from domain.kernel.rules import RulesBroken
from domain.licensing.appointment import appoint, take_over
from domain.licensing.deduction import Charge, DeductPoints, deduct_points
from domain.licensing.events import ManagerAppointed, PointsDeducted, PracticeRegistered
from domain.licensing.folding import LICENCE
from domain.licensing.registration import RegisterPractice, register_practice
from domain.projects.events import ManagerLeftOffice
from domain.projects.project import PROJECT


def appointments_stand(step: Step) -> Iterator[Finding]:
    """An appointment breaks none of its rules."""
    replaced = {fact.thing for fact, _ in step.of(ManagerLeftOffice)}
    for fact, appointed in step.of(ManagerAppointed):
        licence = existing(step.was(LICENCE, fact.thing))
        project = facts_of(appointed.project_id, existing(step.was(PROJECT, appointed.project_id)))
        decide = take_over if appointed.project_id in replaced else appoint
        rules = step.rule_sets.in_force_on(step.today)
        yield from _judged(fact, partial(decide, licence, project, rules, today=step.today))


def registrations_stand(step: Step) -> Iterator[Finding]:
    """A practice registration breaks none of its rules."""
    for fact, registered in step.of(PracticeRegistered):
        licence = existing(step.was(LICENCE, fact.thing))
        company = existing(step.was(COMPANY, registered.company_id))
        asked = RegisterPractice(
            licence_id=LicenceId(fact.thing),
            company_id=registered.company_id,
            registered_on=registered.registered_on,
        )
        decide = partial(
            register_practice,
            licence,
            asked,
            step.rule_sets.in_force_on(step.today),
            new_number=registered.licence_number,
            company_is_closed=company.is_closed,
            today=step.today,
        )
        yield from _judged(fact, decide)


def deductions_stand(step: Step) -> Iterator[Finding]:
    """A deduction breaks none of its rules."""
    for fact, deducted in step.of(PointsDeducted):
        licence = existing(step.was(LICENCE, fact.thing))
        asked = DeductPoints(
            licence_id=LicenceId(fact.thing),
            violation=deducted.violation,
            occurred_on=deducted.occurred_on,
            reason=deducted.reason,
            points=deducted.points,
            project_id=deducted.project_id,
            basis=deducted.basis,
            evidence=deducted.evidence,
        )
        charge = Charge(
            deduction_id=deducted.deduction_id,
            officer=deducted.officer,
            is_delegated=step.origin.role is Role.DISTRICT,
            today=step.today,
        )
        rules = step.rule_sets.in_force_on(deducted.occurred_on)
        yield from _judged(fact, partial(deduct_points, licence, asked, rules, charge))


def _judged(fact: Fact, decide: Callable[[], object]) -> Iterator[Finding]:
    try:
        decide()
    except (RulesBroken, Unacceptable) as refusal:
        yield Finding(fact.position, fact.stream, f"{fact.entry.type} breaks its rules: {refusal}")
