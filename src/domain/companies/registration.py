"""Registering a company, provisionally while its code is unknown."""

from dataclasses import dataclass

from domain.companies.company import Company
from domain.companies.events import CompanyEvent, CompanyRegistered
from domain.companies.identity import Identity, identity_of
from domain.companies.rules import Case, identity_is_free
from domain.companies.uscc import Uscc
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


def register_company(standing: Company | None, asked: RegisterCompany, *, is_taken: bool) -> list[CompanyEvent]:
    """Put a company on the register; `is_taken` tells whether another has its code, or provisionally its name.

    Raises: RulesBroken.
    """
    check(Case(is_taken=is_taken or standing is not None), identity_is_free)
    return [CompanyRegistered(name=asked.name, uscc=asked.uscc)]
