"""Renaming a company."""

from dataclasses import dataclass
from typing import ClassVar

from application.companies.identities import hand_over, holder_of
from application.companies.scope import company_thing
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from domain.companies.company import COMPANY
from domain.companies.identity import identity_of
from domain.companies.naming import RenameCompany, rename_company


@dataclass(frozen=True, slots=True)
class RenamingCompany:
    """Rename a company; a provisional one takes the new name and lets go of the old."""

    command: ClassVar[str] = "rename-company"

    async def __call__(self, dossier: Dossier, asked: RenameCompany) -> None:
        """Decide on the dossier."""
        company = await dossier.open(COMPANY, asked.company_id)
        thing = company_thing(asked.company_id, None)
        await dossier.admit(Operation.KEEP_COMPANIES, thing, reading=Operation.READ_COMPANIES)
        identity = identity_of(asked.name, company.uscc)
        is_taken = await holder_of(dossier, identity) not in {None, asked.company_id}
        dossier.add(COMPANY, asked.company_id, rename_company(company, asked, is_taken=is_taken))
        await hand_over(dossier, company.identity, identity, asked.company_id)
