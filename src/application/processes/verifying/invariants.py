"""Every invariant that a recorded command is held against."""

from collections.abc import Callable, Iterator
from typing import Final

from application.processes.verifying.citations import cited_rule_sets_were_in_force, days_are_those_of_the_decision
from application.processes.verifying.companies import (
    closed_companies_have_nobody,
    rosters_have_the_active_projects,
    rosters_have_the_registered_managers,
)
from application.processes.verifying.judging import appointments_stand, deductions_stand, registrations_stand
from application.processes.verifying.names import (
    claims_have_one_holder,
    names_are_claimed,
    numbers_are_consecutive,
    registrations_bear_their_number,
)
from application.processes.verifying.offices import (
    licence_and_project_agree,
    managers_stay_within_limits,
    nobody_stays_where_nobody_may,
)
from application.processes.verifying.points import (
    limits_have_their_consequence,
    officers_are_known_and_apart,
    points_add_up,
    revocations_are_right,
)
from application.processes.verifying.register import Step
from application.processes.verifying.report import Finding
from application.processes.verifying.sections import parents_know_their_sections, sections_fit
from application.processes.verifying.service_requests import (
    deadlines_are_those_of_the_rule_set,
    managers_take_charge_in_person,
    requests_are_received_by_active_projects,
    unsatisfied_visits_reopen,
)
from application.processes.verifying.zones import notices_show_what_holds, zones_stand

Invariant = Callable[[Step], Iterator[Finding]]

INVARIANTS: Final[tuple[Invariant, ...]] = (
    licence_and_project_agree,
    managers_stay_within_limits,
    nobody_stays_where_nobody_may,
    points_add_up,
    limits_have_their_consequence,
    revocations_are_right,
    officers_are_known_and_apart,
    numbers_are_consecutive,
    registrations_bear_their_number,
    claims_have_one_holder,
    names_are_claimed,
    closed_companies_have_nobody,
    rosters_have_the_registered_managers,
    rosters_have_the_active_projects,
    sections_fit,
    parents_know_their_sections,
    cited_rule_sets_were_in_force,
    days_are_those_of_the_decision,
    appointments_stand,
    registrations_stand,
    deductions_stand,
    zones_stand,
    notices_show_what_holds,
    requests_are_received_by_active_projects,
    deadlines_are_those_of_the_rule_set,
    managers_take_charge_in_person,
    unsatisfied_visits_reopen,
)


def broken_by(step: Step) -> Iterator[Finding]:
    """Hold a command against every invariant; one that cannot be judged is a finding too."""
    for invariant in INVARIANTS:
        try:
            yield from invariant(step)
        except Exception as error:  # noqa: BLE001 - a log that was tampered with may trip over anything
            said = " ".join(invariant.__name__.split("_"))
            yield Finding(
                step.position, step.facts[-1].stream, f"cannot tell whether {said}: {type(error).__name__} {error}"
            )
