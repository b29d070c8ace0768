"""What a company is measured against when a permission is scoped."""

from application.kernel.permissions import Thing
from domain.companies.roster import NOBODY, Roster
from domain.kernel.identifiers import CompanyId


def company_thing(company_id: CompanyId, roster: Roster | None) -> Thing:
    """Answer the company itself, its projects and the districts in which they lie."""
    held = roster or NOBODY
    return Thing(companies=frozenset({company_id}), projects=frozenset(held.projects), districts=held.districts)
