"""Identifying a provisional company: it is known by its code from now on."""

from datetime import date

from domain.companies.events import CompanyClosed, CompanyIdentified
from domain.companies.identification import IdentifyCompany, identify_company
from domain.companies.rules import company_is_on_register, company_is_provisional, identity_is_free
from tests.domain.companies.builders import CODE, COMPANY_ID, OTHER_CODE, company, provisional, registered

IDENTIFY = IdentifyCompany(company_id=COMPANY_ID, uscc=CODE)
CLOSED = CompanyClosed(reason="解散", closed_on=date(2026, 11, 24))


def test_a_provisional_company_is_given_its_code() -> None:
    company(provisional()).when(identify_company, IDENTIFY, is_taken=False).then(CompanyIdentified(uscc=CODE))


def test_a_company_is_identified_once() -> None:
    company(registered(uscc=OTHER_CODE)).when(identify_company, IDENTIFY, is_taken=False).breaks(company_is_provisional)
    company(provisional(), CompanyIdentified(uscc=CODE)).when(identify_company, IDENTIFY, is_taken=False).breaks(
        company_is_provisional
    )


def test_the_code_of_another_company() -> None:
    company(provisional()).when(identify_company, IDENTIFY, is_taken=True).breaks(identity_is_free)


def test_a_closed_company() -> None:
    company(provisional(), CLOSED).when(identify_company, IDENTIFY, is_taken=False).breaks(company_is_on_register)


def test_all_that_is_broken_is_reported() -> None:
    company(registered(uscc=OTHER_CODE), CLOSED).when(identify_company, IDENTIFY, is_taken=True).breaks(
        company_is_on_register, company_is_provisional, identity_is_free
    )
