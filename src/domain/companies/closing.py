"""Closing a company that has no manager and no project left."""

from dataclasses import dataclass
from datetime import date

from domain.companies.company import Company
from domain.companies.events import CompanyClosed, CompanyEvent
from domain.companies.roster import NOBODY, Roster
from domain.companies.rules import Case, company_has_no_manager, company_has_no_project, company_is_on_register
from domain.kernel.identifiers import CompanyId
from domain.kernel.rules import check


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCompany:
    """Take a company off the register."""

    company_id: CompanyId
    reason: str


def close_company(company: Company, asked: CloseCompany, *, roster: Roster | None, today: date) -> list[CompanyEvent]:
    """Close the company.

    Raises: RulesBroken.
    """
    check(
        Case(company=company, roster=roster or NOBODY),
        company_is_on_register,
        company_has_no_project,
        company_has_no_manager,
    )
    return [CompanyClosed(reason=asked.reason, closed_on=today)]
