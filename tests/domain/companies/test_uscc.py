"""Unified social credit codes: eighteen characters, the last of which checks the others."""

import pytest

from domain.companies.uscc import uscc_of


@pytest.mark.parametrize(
    "written", ["91321000MA1GUANJ0P", "91321000ma1guanj0p", " 9132 1000 MA1G-UANJ0P ", "9 1 321000 MA1GUANJ0P"]
)
def test_a_code_is_read_as_people_write_it(written: str) -> None:
    assert uscc_of(written) == "91321000MA1GUANJ0P"


@pytest.mark.parametrize(
    "written",
    ["", "91321000MA1GUANJ0", "91321000MA1GUANJ0PP", "91321000MA1GUANJ0Q", "91321000MA1GUANI0P", "安居物业"],
)
def test_what_is_no_code(written: str) -> None:
    with pytest.raises(ValueError, match="unified social credit code"):
        uscc_of(written)
