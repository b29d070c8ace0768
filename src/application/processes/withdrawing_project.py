"""Withdrawing a project: sections, parent and the company's roster in one append."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from application.projects.sections import sections_of
from domain.companies.roster import ROSTER, hand_back
from domain.kernel.errors import existing
from domain.projects.project import PROJECT
from domain.projects.withdrawal import WithdrawProject, withdraw_project, withdraw_section


@dataclass(frozen=True, slots=True)
class WithdrawingProject:
    """Withdraw a project with all its sections, or one section by itself."""

    command: ClassVar[str] = "withdraw-project"

    async def __call__(self, dossier: Dossier, asked: WithdrawProject) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.KEEP_PROJECTS, thing, reading=Operation.READ_PROJECTS)
        sections = await sections_of(dossier, project)
        today = await dossier.today()
        withdrawn = withdraw_project(project, asked, sections=tuple(sections.values()), today=today)
        for each in (asked.project_id, *sections):
            dossier.add(PROJECT, each, withdrawn)
        if project.section_of is not None:
            parent = await dossier.read(PROJECT, project.section_of)
            dossier.add(PROJECT, project.section_of, withdraw_section(existing(parent), asked.project_id))
        if project.company_id is not None:
            roster = await dossier.read(ROSTER, project.company_id)
            dossier.add(ROSTER, project.company_id, hand_back(roster, asked.project_id, *sections))
