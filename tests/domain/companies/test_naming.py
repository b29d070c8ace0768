"""Renaming a company; a provisional one is known by its name."""

from datetime import date

from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, CompanyRenamed
from domain.companies.identity import Identity
from domain.companies.naming import RenameCompany, rename_company
from domain.companies.rules import company_is_on_register, identity_is_free
from tests.domain.companies.builders import CODE, COMPANY_ID, company, provisional, registered

RENAME = RenameCompany(company_id=COMPANY_ID, name="和谐物业")


def test_a_company_is_renamed() -> None:
    company(registered("安居物业")).when(rename_company, RENAME, is_taken=False).then(CompanyRenamed(name="和谐物业"))


def test_the_same_name_is_nothing_to_do() -> None:
    company(registered("和谐物业")).when(rename_company, RENAME, is_taken=False).then()


def test_a_provisional_name_that_is_taken() -> None:
    company(provisional("安居物业")).when(rename_company, RENAME, is_taken=True).breaks(identity_is_free)


def test_a_closed_company_keeps_its_name() -> None:
    closed = CompanyClosed(reason="解散", closed_on=date(2026, 11, 24))
    company(registered("安居物业"), closed).when(rename_company, RENAME, is_taken=False).breaks(company_is_on_register)
    company(registered("和谐物业"), closed).when(rename_company, RENAME, is_taken=False).breaks(company_is_on_register)


def test_a_provisional_company_is_known_by_its_present_name() -> None:
    renamed = COMPANY.fold([provisional("安居物业"), CompanyRenamed(name="和谐物业")])
    assert renamed is not None
    assert renamed.identity == Identity("provisional-company-name", "和谐物业")


def test_an_identified_company_is_known_by_its_code_alone() -> None:
    renamed = COMPANY.fold([registered("安居物业", CODE), CompanyRenamed(name="和谐物业")])
    assert renamed is not None
    assert renamed.identity == Identity("company-code", CODE)
