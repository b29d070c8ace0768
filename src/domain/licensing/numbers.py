"""Licence numbers: consecutive per city and year, without gaps, because the series is a stream like any other."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import NAMESPACE, LicenceId, LicenceNumber
from domain.licensing.number_events import STORED_NAMES, NumberIssued


@dataclass(frozen=True, slots=True)
class Series:
    """The last serial that was issued."""

    last: int


def _evolve(_state: Series | None, event: NumberIssued) -> Series:
    return Series(event.serial)


NUMBERS: Final = Aggregate[Series, NumberIssued](name="licence-numbers", events=STORED_NAMES, evolve=_evolve)


def series_of(city: str, day: date) -> UUID:
    """Answer the id of the series of a city and year."""
    return uuid5(NAMESPACE, f"licence-numbers:{city}:{day.year}")


def issue(series: Series | None, city: str, day: date, licence_id: LicenceId) -> NumberIssued:
    """Issue the next number, `PM-<city>-<year>-<6 digits>`, beginning with 1."""
    serial = (series.last if series else 0) + 1
    number = LicenceNumber(f"PM-{city}-{day.year}-{serial:06}")
    return NumberIssued(licence_number=number, serial=serial, licence_id=licence_id)
