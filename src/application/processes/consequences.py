"""What a decision over a licence means for its projects and its company, in the same append."""

from collections.abc import Sequence

from application.kernel.dossier import Dossier
from domain.companies.roster import ROSTER, join, leave
from domain.kernel.errors import existing
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.licensing.events import (
    LicenceEvent,
    LicenceReinstated,
    LicenceRevoked,
    ManagerRelieved,
    PracticeDeregistered,
)
from domain.licensing.folding import LICENCE
from domain.projects.office import leave_office
from domain.projects.project import PROJECT


async def carry_over(dossier: Dossier, licence_id: LicenceId, decided: Sequence[LicenceEvent]) -> None:
    """Add what was decided to the licence, and what follows from it to projects left and rosters changed."""
    dossier.add(LICENCE, licence_id, decided)
    for event in decided:
        match event:
            case ManagerRelieved():
                await _leave_project(dossier, event.project_id, event)
            case LicenceRevoked(company_id=company_id) | PracticeDeregistered(company_id=company_id):
                await _leave_company(dossier, company_id, licence_id)
            case LicenceReinstated(company_id=company_id) if company_id is not None:
                roster = await dossier.read(ROSTER, company_id)
                dossier.add(ROSTER, company_id, join(roster, licence_id))
            case _:
                pass


async def _leave_project(dossier: Dossier, project_id: ProjectId, relieved: ManagerRelieved) -> None:
    held = await dossier.read(PROJECT, project_id)
    project = existing(held)
    rules = (await dossier.rule_sets()).in_force_on(relieved.until)
    dossier.add(PROJECT, project_id, leave_office(project, reason=relieved.reason, until=relieved.until, rules=rules))


async def _leave_company(dossier: Dossier, company_id: CompanyId | None, licence_id: LicenceId) -> None:
    if company_id is not None:
        roster = await dossier.read(ROSTER, company_id)
        dossier.add(ROSTER, company_id, leave(roster, licence_id))
