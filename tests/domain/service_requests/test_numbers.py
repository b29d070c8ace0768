"""Numbers of requests: readable, and different for different requests."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.numbers import request_number

DAY = date(2026, 11, 24)


def number(of: UUID) -> str:
    return request_number("321000", DAY, ServiceRequestId(of))


def test_a_number_tells_city_and_day() -> None:
    assert number(UUID(int=0)) == "SR-321000-20261124-0000000000"
    assert number(UUID("6b1f2c58-7c2f-4d0e-9a41-3f0c9c0b7e21")) == "SR-321000-20261124-9Z1JE0PZH1"


@given(first=st.integers(0, 2**50 - 1), second=st.integers(0, 2**50 - 1))
def test_numbers_are_alike_only_for_what_ends_alike(first: int, second: int) -> None:
    assert (number(UUID(int=first)) == number(UUID(int=second))) is (first == second)


@given(of=st.uuids(version=4))
def test_no_letter_is_taken_for_another(of: UUID) -> None:
    letters = number(of).rpartition("-")[2]
    assert len(letters) == 10
    assert not set(letters) & set("ILOU")
