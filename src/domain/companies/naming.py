"""Renaming a company; a provisional one is known by its name."""

from dataclasses import dataclass

from domain.companies.company import Company
from domain.companies.events import CompanyEvent, CompanyRenamed
from domain.companies.rules import Case, company_is_on_register, identity_is_free
from domain.kernel.identifiers import CompanyId
from domain.kernel.rules import check


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameCompany:
    """Give a company another name."""

    company_id: CompanyId
    name: str


def rename_company(company: Company, asked: RenameCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Rename a company; `is_taken` matters to a provisional one, which is known by its name.

    Raises: RulesBroken.
    """
    check(Case(company=company, is_taken=is_taken), company_is_on_register, identity_is_free)
    return [] if company.name == asked.name else [CompanyRenamed(name=asked.name)]
