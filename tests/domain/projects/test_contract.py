"""Renewing a contract: asked of the whole project, never of a section."""

from datetime import date

import pytest

from domain.kernel.errors import Unacceptable
from domain.projects.contract import RenewContract, renew_contract
from domain.projects.events import Contract, ContractRenewed
from domain.projects.rules import project_is_on_register, project_is_whole
from tests.domain.projects.builders import CONTRACT, ESTATE, project, registered, section, withdrawn

RENEWED = ContractRenewed(starts_on=date(2029, 1, 1), ends_on=date(2031, 12, 31))


def ask(starts_on: date = RENEWED.starts_on, ends_on: date = RENEWED.ends_on) -> RenewContract:
    return RenewContract(project_id=ESTATE, starts_on=starts_on, ends_on=ends_on)


def test_a_contract_is_renewed() -> None:
    project(registered()).when(renew_contract, ask()).then(RENEWED)


def test_an_unknown_contract_becomes_known() -> None:
    project(registered(contract=None)).when(renew_contract, ask()).then(RENEWED)


def test_the_same_contract_is_nothing_to_do() -> None:
    project(registered()).when(renew_contract, ask(CONTRACT.starts_on, CONTRACT.ends_on)).then()
    project(registered(), RENEWED).when(renew_contract, ask()).then()


def test_a_section_has_the_contract_of_the_whole() -> None:
    project(section()).when(renew_contract, ask()).breaks(project_is_whole)


def test_a_withdrawn_project_has_no_contract_to_renew() -> None:
    project(registered(), withdrawn).when(renew_contract, ask()).breaks(project_is_on_register)


def test_a_contract_of_one_day() -> None:
    day = date(2029, 1, 1)
    project(registered()).when(renew_contract, ask(day, day)).then(ContractRenewed(starts_on=day, ends_on=day))


def test_a_contract_does_not_end_before_it_starts() -> None:
    project(registered()).when(renew_contract, ask(date(2029, 1, 2), date(2029, 1, 1))).raises(
        Unacceptable, pointer="/ends_on"
    )
    with pytest.raises(ValueError, match="cannot end"):
        Contract(starts_on=date(2029, 1, 2), ends_on=date(2029, 1, 1))
