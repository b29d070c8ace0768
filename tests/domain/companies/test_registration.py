"""Registering a company: one per code, provisional by its name while the code is unknown."""

import pytest

from domain.companies.company import COMPANY
from domain.companies.events import CompanyIdentified, CompanyRegistered, CompanyRequestRefused
from domain.companies.registration import RegisterCompany, register_company
from domain.companies.rules import identity_is_free
from tests.domain.companies.builders import CODE, company, registered


def test_a_company_is_registered_under_its_code() -> None:
    company().when(register_company, RegisterCompany(name="安居物业", uscc=CODE), is_taken=False).then(
        CompanyRegistered(name="安居物业", uscc=CODE)
    )


def test_a_company_without_code_is_provisional() -> None:
    company().when(register_company, RegisterCompany(name="安居物业"), is_taken=False).then(
        CompanyRegistered(name="安居物业", uscc=None)
    )
    opened = COMPANY.fold([CompanyRegistered(name="安居物业", uscc=None)])
    assert opened is not None
    assert opened.is_provisional


def test_a_code_or_provisional_name_is_registered_once() -> None:
    company().when(register_company, RegisterCompany(name="安居物业"), is_taken=True).breaks(identity_is_free)
    company().when(register_company, RegisterCompany(name="安居物业", uscc=CODE), is_taken=True).breaks(
        identity_is_free
    )


def test_an_id_is_used_once() -> None:
    company(registered()).when(register_company, RegisterCompany(name="和谐物业"), is_taken=False).breaks(
        identity_is_free
    )


def test_a_refusal_changes_nothing() -> None:
    refused = CompanyRequestRefused(command="close-company", asked={}, broken=(), about=())
    assert COMPANY.fold([registered(), refused]) == COMPANY.fold([registered()])


def test_a_companys_stream_begins_with_its_registration() -> None:
    with pytest.raises(LookupError):
        COMPANY.fold([CompanyIdentified(uscc=CODE)])
