"""Licence numbers are consecutive per city and year, from 1."""

from datetime import date

import pytest

from domain.kernel.identifiers import LicenceNumber
from domain.licensing.number_events import NumberIssued
from domain.licensing.numbers import NUMBERS, Series, issue, series_of
from tests.domain.licensing.practice import LICENCE_ID, TODAY


def number(serial: int, written: str) -> NumberIssued:
    return NumberIssued(licence_number=LicenceNumber(written), serial=serial, licence_id=LICENCE_ID)


@pytest.mark.parametrize(
    ("series", "issued"),
    [
        (None, number(1, "PM-321000-2026-000001")),
        (Series(1), number(2, "PM-321000-2026-000002")),
        (Series(999_999), number(1_000_000, "PM-321000-2026-1000000")),
    ],
)
def test_the_next_number_follows_the_last(series: Series | None, issued: NumberIssued) -> None:
    assert issue(series, "321000", TODAY, LICENCE_ID) == issued


def test_a_series_remembers_its_last_number() -> None:
    first = issue(None, "321000", TODAY, LICENCE_ID)
    second = issue(NUMBERS.fold([first]), "321000", TODAY, LICENCE_ID)
    assert NUMBERS.fold([first, second]) == Series(2)


def test_every_city_and_every_year_has_a_series_of_its_own() -> None:
    series = {
        series_of("321000", date(2026, 1, 1)),
        series_of("321000", date(2026, 12, 31)),
        series_of("321000", date(2027, 1, 1)),
        series_of("420100", date(2026, 1, 1)),
    }
    assert len(series) == 3
