"""Personal values say nothing unless they are asked."""

import pytest

from domain.kernel.personal import IdNumber, Personal, PersonName, Phone


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PersonName("张三"), "张*"),
        (PersonName("欧阳娜娜"), "欧*"),
        (PersonName("张"), "张*"),
        (IdNumber("321002199001011234"), "3210**********1234"),
        (Phone("13812345678"), "138****5678"),
        (Phone("051487654321"), "051*****4321"),
        (Phone("87654321"), "********"),
        (Phone("110"), "***"),
        (Personal("anything"), "********"),
    ],
)
def test_what_is_shown_of_it(value: Personal, shown: str) -> None:
    assert value.masked == shown


@pytest.mark.parametrize("kind", [PersonName, IdNumber, Phone])
def test_nothing_is_shown_once_it_is_erased(kind: type[Personal]) -> None:
    assert kind.erased() == kind(None)
    assert kind.erased().masked is None


@pytest.mark.parametrize("value", [PersonName("张三"), IdNumber("321002199001011234"), Phone("13812345678")])
def test_it_stays_out_of_logs_and_tracebacks(value: Personal) -> None:
    assert value.value is not None
    assert value.value not in repr(value)
    assert value.value not in f"{value}"


def test_a_name_is_no_phone() -> None:
    name: Personal = PersonName("13812345678")
    assert name != Phone("13812345678")
    assert name == PersonName("13812345678")
