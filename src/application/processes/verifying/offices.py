"""Who is in office where: licence and project say the same, and nobody holds more than they may (Text 3 §2(1))."""

from collections.abc import Iterator

from application.processes.verifying.register import Step
from application.processes.verifying.report import Finding
from domain.kernel.identifiers import LicenceId, ProjectId
from domain.licensing.events import AppointedAreaChanged, LicenceRevoked, ManagerAppointed
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from domain.projects.project import PROJECT, Project


def licence_and_project_agree(step: Step) -> Iterator[Finding]:
    """A project has a manager if and only if that manager's licence has the project, with the same area."""
    for licence_id, project_id in _pairs(step):
        licence, project = step.now(LICENCE, licence_id), step.now(PROJECT, project_id)
        tenure = None if licence is None else licence.appointment_to(project_id)
        in_office = project is not None and _manager(project) == licence_id
        if (tenure is not None) != in_office:
            where = "the licence has the project, the project not the manager"
            if in_office:
                where = "the project has the manager, the licence not the project"
            yield Finding(
                step.position, LICENCE.stream(licence_id), f"{where}: {PROJECT.stream(project_id)} after this command"
            )
        elif tenure is not None and project is not None and tenure.building_area_m2 != project.building_area_m2:
            yield Finding(
                step.position,
                LICENCE.stream(licence_id),
                f"{PROJECT.stream(project_id)} has {project.building_area_m2.square_metres} m², "
                f"the licence counts {tenure.building_area_m2.square_metres} m²",
            )


def managers_stay_within_limits(step: Step) -> Iterator[Finding]:
    """An appointment leaves the manager within the limits then in force, a new area too unless it is tolerated."""
    for fact, appointed in step.of(ManagerAppointed):
        licence = step.now(LICENCE, fact.thing)
        rules = step.rule_sets.in_force_on(appointed.since)
        if licence is not None and len(licence.appointments) > rules.max_projects:
            count = len(licence.appointments)
            yield Finding(fact.position, fact.stream, f"appointed to {count} projects, at most {rules.max_projects}")
        if licence is not None and licence.appointed_area > rules.max_area_m2:
            yield Finding(fact.position, fact.stream, _too_large(licence))
    for fact, changed in step.of(AppointedAreaChanged):
        licence, project = step.now(LICENCE, fact.thing), step.now(PROJECT, changed.project_id)
        if licence is None or licence.appointment_to(changed.project_id) is None:
            continue
        tolerated = project is not None and project.over_limit_until is not None
        if not tolerated and licence.appointed_area > step.rule_sets.in_force_on(step.today).max_area_m2:
            yield Finding(fact.position, fact.stream, _too_large(licence))


def nobody_stays_where_nobody_may(step: Step) -> Iterator[Finding]:
    """A revoked licence holds no project; a project that was withdrawn or divided has no manager."""
    for fact, _ in step.of(LicenceRevoked):
        licence = step.now(LICENCE, fact.thing)
        if licence is not None and licence.appointments:
            yield Finding(fact.position, fact.stream, "the licence was revoked and still holds a project")
    for project_id, project in step.touched(PROJECT):
        if project.manager is not None and (project.is_withdrawn or project.has_sections):
            stands = "was withdrawn" if project.is_withdrawn else "is in sections"
            yield Finding(step.position, PROJECT.stream(project_id), f"the project {stands} and has a manager")


def _pairs(step: Step) -> Iterator[tuple[LicenceId, ProjectId]]:
    """Find whoever held something before or after the command, by the word of the licence or of the project."""
    pairs: dict[tuple[LicenceId, ProjectId], None] = {}
    for key, licence in step.touched(LICENCE):
        for tenure in (*_held(step.was(LICENCE, key)), *_held(licence)):
            pairs[LicenceId(key), tenure] = None
    for key, project in step.touched(PROJECT):
        for manager in (_manager(step.was(PROJECT, key)), _manager(project)):
            if manager is not None:
                pairs[manager, ProjectId(key)] = None
    yield from pairs


def _held(licence: Licence | None) -> Iterator[ProjectId]:
    if licence is not None:
        yield from (tenure.project_id for tenure in licence.appointments)


def _manager(project: Project | None) -> LicenceId | None:
    return project.manager.licence_id if project is not None and project.manager is not None else None


def _too_large(licence: Licence) -> str:
    return f"holds {licence.appointed_area.square_metres} m² in all, more than the limit then in force"
