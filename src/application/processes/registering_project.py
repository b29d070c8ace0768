"""Registering a project: its company may not close meanwhile, and its parent learns of a section."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation, Thing
from domain.companies.company import COMPANY, Company
from domain.companies.roster import ROSTER, take_on
from domain.projects.project import PROJECT, Project
from domain.projects.registration import RegisterProject, add_section, register_project


@dataclass(frozen=True, slots=True)
class RegisteringProject:
    """Register a project, or a section of one, under the id that follows from district and name."""

    command: ClassVar[str] = "register-project"

    async def __call__(self, dossier: Dossier, asked: RegisterProject) -> None:
        """Decide on the dossier."""
        project_id = asked.project_id
        standing = await dossier.create(PROJECT, project_id)
        parent: Project | None = None
        if asked.section_of is not None:
            parent = await dossier.named(PROJECT, asked.section_of, "/section_of")
        company: Company | None = None
        if asked.company_id is not None:
            company = await dossier.named(COMPANY, asked.company_id, "/company_id")
        own = Thing(districts=frozenset({asked.district}))
        await dossier.admit(Operation.KEEP_PROJECTS, own, reading=Operation.READ_PROJECTS)
        registered = register_project(
            standing, asked, parent=parent, company_is_closed=company is not None and company.is_closed
        )
        dossier.add(PROJECT, project_id, registered)
        if asked.section_of is not None and parent is not None:
            dossier.add(PROJECT, asked.section_of, add_section(asked))
        if asked.company_id is not None:
            roster = await dossier.read(ROSTER, asked.company_id)
            dossier.add(ROSTER, asked.company_id, take_on(roster, {project_id: asked.district}))
