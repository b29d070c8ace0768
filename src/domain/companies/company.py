"""A company as decisions see it, and how it follows from its events."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from domain.companies.events import (
    STORED_NAMES,
    CompanyClosed,
    CompanyEvent,
    CompanyIdentified,
    CompanyRegistered,
    CompanyRenamed,
    CompanyRequestRefused,
)
from domain.companies.identity import Identity, identity_of
from domain.companies.uscc import Uscc
from domain.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What decisions need of a company."""

    name: str
    uscc: Uscc | None
    is_closed: bool = False

    @property
    def is_provisional(self) -> bool:
        """Tell whether its code is unknown still."""
        return self.uscc is None

    @property
    def identity(self) -> Identity:
        """What no other company may be known by."""
        return identity_of(self.name, self.uscc)


def _evolve(state: Company | None, event: CompanyEvent) -> Company:
    if isinstance(event, CompanyRegistered):
        return Company(name=event.name, uscc=event.uscc)
    company = _on_register(state)
    match event:
        case CompanyIdentified(uscc=code):
            return replace(company, uscc=code)
        case CompanyRenamed(name=name):
            return replace(company, name=name)
        case CompanyClosed():
            return replace(company, is_closed=True)
        case CompanyRequestRefused():
            return company
        case _:
            assert_never(event)


def _on_register(state: Company | None) -> Company:
    if state is None:
        raise LookupError("a company's stream begins with its registration")
    return state


COMPANY: Final = Aggregate[Company, CompanyEvent](name="company", events=STORED_NAMES, evolve=_evolve)
