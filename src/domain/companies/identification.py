"""Identifying a provisional company: it is known by its code from now on."""

from dataclasses import dataclass

from domain.companies.company import Company
from domain.companies.events import CompanyEvent, CompanyIdentified
from domain.companies.rules import Case, company_is_on_register, company_is_provisional, identity_is_free
from domain.companies.uscc import Uscc
from domain.kernel.identifiers import CompanyId
from domain.kernel.rules import check


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyCompany:
    """Give a provisional company its code."""

    company_id: CompanyId
    uscc: Uscc


def identify_company(company: Company, asked: IdentifyCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Give a provisional company its code; from now on its name may be another's too.

    Raises: RulesBroken.
    """
    check(Case(company=company, is_taken=is_taken), company_is_on_register, company_is_provisional, identity_is_free)
    return [CompanyIdentified(uscc=asked.uscc)]
