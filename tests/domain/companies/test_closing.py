"""Closing a company: nobody is registered with it any more, and nothing is managed by it."""

from datetime import date
from uuid import UUID

from domain.companies.closing import CloseCompany, close_company
from domain.companies.events import CompanyClosed
from domain.companies.roster import Roster
from domain.companies.rules import company_has_no_manager, company_has_no_project, company_is_on_register
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, ProjectId
from tests.domain.companies.builders import COMPANY_ID, company, provisional, registered

TODAY = date(2026, 11, 24)
CLOSE = CloseCompany(company_id=COMPANY_ID, reason="解散")
CLOSED = CompanyClosed(reason="解散", closed_on=TODAY)

MANAGERS = frozenset({LicenceId(UUID(int=2))})
PROJECTS = {ProjectId(UUID(int=3)): District("420102")}


def test_a_company_that_nothing_holds_is_closed() -> None:
    company(registered()).when(close_company, CLOSE, roster=None, today=TODAY).then(CLOSED)
    company(provisional()).when(close_company, CLOSE, roster=Roster(), today=TODAY).then(CLOSED)


def test_a_company_with_an_active_project() -> None:
    company(registered()).when(close_company, CLOSE, roster=Roster(projects=PROJECTS), today=TODAY).breaks(
        company_has_no_project
    )


def test_a_company_with_a_registered_manager() -> None:
    company(registered()).when(close_company, CLOSE, roster=Roster(managers=MANAGERS), today=TODAY).breaks(
        company_has_no_manager
    )


def test_a_company_is_closed_once() -> None:
    company(registered(), CLOSED).when(close_company, CLOSE, roster=Roster(), today=TODAY).breaks(
        company_is_on_register
    )


def test_all_that_is_broken_is_reported() -> None:
    company(registered(), CLOSED).when(
        close_company, CLOSE, roster=Roster(managers=MANAGERS, projects=PROJECTS), today=TODAY
    ).breaks(company_is_on_register, company_has_no_project, company_has_no_manager)
