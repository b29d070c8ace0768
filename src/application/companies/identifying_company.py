"""Giving a provisional company its code."""

from dataclasses import dataclass
from typing import ClassVar

from application.companies.identities import hand_over, holder_of
from application.companies.scope import company_thing
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from domain.companies.company import COMPANY
from domain.companies.identification import IdentifyCompany, identify_company
from domain.companies.identity import identity_of


@dataclass(frozen=True, slots=True)
class IdentifyingCompany:
    """Take the code and let go of the provisional name."""

    command: ClassVar[str] = "identify-company"

    async def __call__(self, dossier: Dossier, asked: IdentifyCompany) -> None:
        """Decide on the dossier."""
        company = await dossier.open(COMPANY, asked.company_id)
        thing = company_thing(asked.company_id, None)
        await dossier.admit(Operation.KEEP_COMPANIES, thing, reading=Operation.READ_COMPANIES)
        identity = identity_of(company.name, asked.uscc)
        is_taken = await holder_of(dossier, identity) not in {None, asked.company_id}
        dossier.add(COMPANY, asked.company_id, identify_company(company, asked, is_taken=is_taken))
        await hand_over(dossier, company.identity, identity, asked.company_id)
