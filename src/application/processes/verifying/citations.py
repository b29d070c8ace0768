"""What events say of their own decision: the rule set that was in force, the day on which it was made."""

from collections.abc import Iterable, Iterator

from application.processes.verifying.register import Fact, Step
from application.processes.verifying.report import Finding
from domain.licensing.events import (
    LicenceRevoked,
    ManagerAppointed,
    PointsDeducted,
    PracticeRegistered,
    RevocationProposed,
)


def cited_rule_sets_were_in_force(step: Step) -> Iterator[Finding]:
    """A decision cites the rule set in force on the day that matters: for points, the day of the violation."""
    for fact, deducted in step.of(PointsDeducted):
        yield from _cites(fact, deducted.rule_set, step.rule_sets.in_force_on(deducted.occurred_on).version)
    for fact, appointed in step.of(ManagerAppointed):
        yield from _cites(fact, appointed.rule_set, step.rule_sets.in_force_on(step.today).version)
    for fact, registered in step.of(PracticeRegistered):
        yield from _cites(fact, registered.rule_set, step.rule_sets.in_force_on(step.today).version)
    others: Iterable[tuple[Fact, LicenceRevoked | RevocationProposed]] = (
        *step.of(LicenceRevoked),
        *step.of(RevocationProposed),
    )
    for fact, event in others:
        if step.rule_sets.version(event.rule_set) is None:
            yield Finding(fact.position, fact.stream, f"cites rule set {event.rule_set}, which was never adopted")


def days_are_those_of_the_decision(step: Step) -> Iterator[Finding]:
    """What is dated by its decision bears the day of the decision in the city."""
    dated = (
        *((fact, event.since) for fact, event in step.of(ManagerAppointed)),
        *((fact, event.decided_on) for fact, event in step.of(PointsDeducted)),
        *((fact, event.revoked_on) for fact, event in step.of(LicenceRevoked)),
    )
    for fact, day in dated:
        if day != step.today:
            yield Finding(fact.position, fact.stream, f"dated {day}, decided on {step.today}")


def _cites(fact: Fact, cited: str, due: str) -> Iterator[Finding]:
    if cited != due:
        yield Finding(fact.position, fact.stream, f"cites rule set {cited}, in force was {due}")
