"""Companies for tests: what matters is named, the rest is dull."""

from typing import Final
from uuid import UUID

from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from domain.companies.roster import ROSTER
from domain.companies.uscc import Uscc, uscc_of
from domain.kernel.identifiers import CompanyId
from tests.spec import Given

company: Final = Given(COMPANY)
roster: Final = Given(ROSTER)

COMPANY_ID: Final = CompanyId(UUID(int=1))
CODE: Final = uscc_of("91321000MA1GUANJ0P")
OTHER_CODE: Final = uscc_of("91321000MA1HEXE00Y")


def registered(name: str = "安居物业", uscc: Uscc | None = CODE) -> CompanyRegistered:
    return CompanyRegistered(name=name, uscc=uscc)


def provisional(name: str = "安居物业") -> CompanyRegistered:
    return registered(name, uscc=None)
