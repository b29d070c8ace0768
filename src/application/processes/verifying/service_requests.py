"""Service requests as their commands made them: active projects, deadlines by the rule set then in force, managers."""

from collections.abc import Iterable, Iterator

from application.kernel.callers import Role
from application.processes.verifying.register import Fact, Step
from application.processes.verifying.report import Finding
from domain.licensing.folding import LICENCE
from domain.projects.project import PROJECT
from domain.service_requests.deadlines import deadlines, take_charge_by
from domain.service_requests.events import (
    ManagerTookCharge,
    ReturnVisitRecorded,
    ServiceRequestReceived,
    ServiceRequestReopened,
    ServiceRequestSignedOff,
)
from domain.service_requests.words import VisitOutcome


def requests_are_received_by_active_projects(step: Step) -> Iterator[Finding]:
    """A request is received for a project that was active, not before it happened."""
    for fact, received in step.of(ServiceRequestReceived):
        project = step.was(PROJECT, received.project_id)
        if project is None or not project.is_active:
            yield Finding(fact.position, fact.stream, "received for a project that is not active")
        if received.occurred_at > step.origin.decided_at:
            yield Finding(fact.position, fact.stream, f"received at {received.occurred_at}, after it was filed")


def deadlines_are_those_of_the_rule_set(step: Step) -> Iterator[Finding]:
    """A request cites the rule set in force on the day of its receipt, and its deadlines follow from it."""
    for fact, received in step.of(ServiceRequestReceived):
        rules = step.rule_sets.in_force_on(step.rule_sets.today(received.occurred_at))
        due = deadlines(received.category, received.occurred_at, rules)
        charge = take_charge_by(received.occurred_at, rules) if received.major else None
        if received.rule_set != rules.version:
            yield Finding(
                fact.position, fact.stream, f"cites rule set {received.rule_set}, in force was {rules.version}"
            )
        elif (received.respond_by, received.resolve_by, received.take_charge_by) != (
            due.respond_by,
            due.resolve_by,
            charge,
        ):
            yield Finding(fact.position, fact.stream, f"its deadlines are not those of rule set {rules.version}")


def managers_take_charge_in_person(step: Step) -> Iterator[Finding]:
    """Who takes charge or signs off as a manager is one, and is in office somewhere; nobody else is named as one."""
    in_person: Iterable[tuple[Fact, ManagerTookCharge | ServiceRequestSignedOff]] = (
        *step.of(ManagerTookCharge),
        *step.of(ServiceRequestSignedOff),
    )
    for fact, event in in_person:
        if (event.licence_id is not None) is not (step.origin.role is Role.MANAGER):
            yield Finding(fact.position, fact.stream, f"{fact.entry.type} by {step.origin.role} for a manager")
        elif event.licence_id is not None:
            licence = step.was(LICENCE, event.licence_id)
            if licence is None or not licence.appointments:
                yield Finding(fact.position, fact.stream, f"{fact.entry.type} by a manager who is nowhere in office")


def unsatisfied_visits_reopen(step: Step) -> Iterator[Finding]:
    """A resident who is not satisfied has the request reopened in the same breath."""
    again = {fact.thing for fact, _ in step.of(ServiceRequestReopened)}
    for fact, visit in step.of(ReturnVisitRecorded):
        if visit.outcome is VisitOutcome.UNSATISFIED and fact.thing not in again:
            yield Finding(fact.position, fact.stream, "the resident was not satisfied, and it was not reopened")
