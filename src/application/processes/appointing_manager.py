"""Appointing a manager to a project: the licence and the project in one append."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from application.projects.scope import project_thing
from domain.kernel.identifiers import ProjectId
from domain.licensing.appointment import AppointManager, ProjectFacts, ReplaceManager, appoint
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from domain.projects.office import take_office
from domain.projects.project import PROJECT, Project


@dataclass(frozen=True, slots=True)
class AppointingManager:
    """Appoint, or refuse with every rule that is broken."""

    command: ClassVar[str] = "appoint-manager"

    async def __call__(self, dossier: Dossier, asked: AppointManager) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        licence = await dossier.named(LICENCE, asked.licence_id, "/licence_id")
        await admit_to_office(dossier, asked, licence, project)
        rules, today = await dossier.rules_today()
        appointed = appoint(licence, facts_of(asked.project_id, project), rules, today=today)
        dossier.add(LICENCE, asked.licence_id, appointed)
        dossier.add(PROJECT, asked.project_id, take_office(project, asked.licence_id, since=today))


async def admit_to_office(
    dossier: Dossier, asked: AppointManager | ReplaceManager, licence: Licence, project: Project
) -> None:
    """Let those pass who may appoint; a company appoints its own managers to its own projects."""
    things = [project_thing(asked.project_id, project)]
    if dossier.caller.role is Role.COMPANY:
        things.append(licence_thing(asked.licence_id, licence))
    await dossier.admit(Operation.APPOINT, *things, reading=Operation.READ_PROJECTS)


def facts_of(project_id: ProjectId, project: Project) -> ProjectFacts:
    """Answer what an appointment depends on in a project."""
    return ProjectFacts(
        project_id=project_id,
        company_id=project.company_id,
        district=project.district,
        building_area_m2=project.building_area_m2,
        is_managed=project.manager is not None,
        is_active=project.is_active,
        has_sections=project.has_sections,
    )
