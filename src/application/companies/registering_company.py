"""Registering a company, provisionally while its code is unknown."""

from dataclasses import dataclass
from typing import ClassVar

from application.companies.identities import hand_over, holder_of
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.kernel.ports import Identities
from domain.companies.company import COMPANY
from domain.companies.registration import RegisterCompany, register_company
from domain.kernel.identifiers import CompanyId


@dataclass(frozen=True, slots=True)
class RegisteringCompany:
    """Register a company under a new id; a refusal is found under the company that has the code or the name."""

    identities: Identities
    command: ClassVar[str] = "register-company"

    async def __call__(self, dossier: Dossier, asked: RegisterCompany) -> None:
        """Decide on the dossier."""
        company_id = CompanyId(self.identities.new())
        standing = await dossier.create(COMPANY, company_id)
        await dossier.admit(Operation.KEEP_COMPANIES, reading=Operation.READ_COMPANIES)
        holder = await holder_of(dossier, asked.identity)
        if holder is not None:
            dossier.concern(COMPANY, holder)
        dossier.add(COMPANY, company_id, register_company(standing, asked, is_taken=holder is not None))
        await hand_over(dossier, None, asked.identity, company_id)
