"""Registering, identifying and renaming a company."""

from dataclasses import dataclass

from domain.companies.company import Company
from domain.companies.events import CompanyEvent, CompanyIdentified, CompanyRegistered, CompanyRenamed
from domain.companies.identity import Identity, identity_of
from domain.companies.rules import Case, company_is_on_register, company_is_provisional, identity_is_free
from domain.companies.uscc import Uscc
from domain.kernel.identifiers import CompanyId
from domain.kernel.rules import check


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCompany:
    """Register a company; without `uscc` provisionally, by its name."""

    name: str
    uscc: Uscc | None = None

    @property
    def identity(self) -> Identity:
        """What the company will be known by."""
        return identity_of(self.name, self.uscc)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyCompany:
    """Give a provisional company its code."""

    company_id: CompanyId
    uscc: Uscc


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameCompany:
    """Give a company another name."""

    company_id: CompanyId
    name: str


def register_company(standing: Company | None, asked: RegisterCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Put a company on the register; `is_taken` tells whether another has its code, or provisionally its name.

    Raises: RulesBroken.
    """
    check(Case(is_taken=is_taken or standing is not None), identity_is_free)
    return [CompanyRegistered(name=asked.name, uscc=asked.uscc)]


def identify_company(company: Company, asked: IdentifyCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Give a provisional company its code; from now on its name may be another's too.

    Raises: RulesBroken.
    """
    check(Case(company=company, is_taken=is_taken), company_is_on_register, company_is_provisional, identity_is_free)
    return [CompanyIdentified(uscc=asked.uscc)]


def rename_company(company: Company, asked: RenameCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Rename a company; `is_taken` matters to a provisional one, which is known by its name.

    Raises: RulesBroken.
    """
    check(Case(company=company, is_taken=is_taken), company_is_on_register, identity_is_free)
    return [] if company.name == asked.name else [CompanyRenamed(name=asked.name)]
