"""Handing a project over: project, sections and the rosters of both companies in one append."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from application.projects.sections import sections_of
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER, hand_back, take_on
from domain.projects.company_change import ChangeCompany, change_company
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True)
class ChangingCompany:
    """Have another company take a project on, or an unmanaged one its first."""

    command: ClassVar[str] = "change-company"

    async def __call__(self, dossier: Dossier, asked: ChangeCompany) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        company = await dossier.named(COMPANY, asked.company_id, "/company_id")
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.KEEP_PROJECTS, thing, reading=Operation.READ_PROJECTS)
        sections = await sections_of(dossier, project)
        changed = change_company(project, asked, sections=tuple(sections.values()), company_is_closed=company.is_closed)
        if not changed:
            return
        moved = dict.fromkeys((asked.project_id, *sections), project.district)
        for each in moved:
            dossier.add(PROJECT, each, changed)
        if project.company_id is not None:
            left = await dossier.read(ROSTER, project.company_id)
            dossier.add(ROSTER, project.company_id, hand_back(left, *moved))
        taking = await dossier.read(ROSTER, asked.company_id)
        dossier.add(ROSTER, asked.company_id, take_on(taking, moved))
