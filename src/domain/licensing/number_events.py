"""What has happened to a series of licence numbers; names and fields are for ever."""

from dataclasses import dataclass
from typing import Final

from domain.kernel.identifiers import LicenceId, LicenceNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberIssued:
    """The next number of a city and year went to a licence."""

    licence_number: LicenceNumber
    serial: int
    licence_id: LicenceId


STORED_NAMES: Final[dict[str, type[NumberIssued]]] = {"licence-numbers.number-issued": NumberIssued}
