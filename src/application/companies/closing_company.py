"""Closing a company; its roster is read, so that nobody joins and no project comes meanwhile."""

from dataclasses import dataclass
from typing import ClassVar

from application.companies.scope import company_thing
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from domain.companies.closing import CloseCompany, close_company
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER


@dataclass(frozen=True, slots=True)
class ClosingCompany:
    """Close a company that has no manager and no project left."""

    command: ClassVar[str] = "close-company"

    async def __call__(self, dossier: Dossier, asked: CloseCompany) -> None:
        """Decide on the dossier."""
        company = await dossier.open(COMPANY, asked.company_id)
        roster = await dossier.read(ROSTER, asked.company_id)
        thing = company_thing(asked.company_id, roster)
        await dossier.admit(Operation.KEEP_COMPANIES, thing, reading=Operation.READ_COMPANIES)
        today = await dossier.today()
        dossier.add(COMPANY, asked.company_id, close_company(company, asked, roster=roster, today=today))
