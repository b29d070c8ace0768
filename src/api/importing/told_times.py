"""Times as a table writes them, read in the time zone in which it was kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from zoneinfo import ZoneInfo

from api.http.fields import FIRST_YEAR, LAST_YEAR
from api.importing.request_mapping import RequestMapping


class NoTime(ValueError):
    """What is written is no time in the format of the table; the message says what would be one."""


@dataclass(frozen=True, slots=True)
class TimesTold:
    """How the times of a table are read; `form` is one of `strptime`, None for ISO 8601."""

    zone: ZoneInfo
    form: str | None = None

    @classmethod
    def of(cls, mapping: RequestMapping, city_zone: ZoneInfo) -> Self:
        """Read as a mapping says."""
        return cls(ZoneInfo(mapping.timezone) if mapping.timezone else city_zone, mapping.time_format)

    def read(self, written: str, *, after: datetime | None = None) -> datetime:
        """Answer the instant in UTC.

        Of the two that a local time names when clocks are set back it is the earlier one, unless only the later one is
        not before `after`. Raises: NoTime.
        """
        try:
            told = datetime.fromisoformat(written) if self.form is None else datetime.strptime(written, self.form)  # noqa: DTZ007 - the zone is given below
        except ValueError:
            raise NoTime(f"{written!r} is no time as {self.form or 'ISO 8601'} writes it") from None
        if not FIRST_YEAR <= told.year <= LAST_YEAR:
            raise NoTime(f"{written!r} does not lie between the years {FIRST_YEAR} and {LAST_YEAR}")
        if told.tzinfo is not None:
            return told.astimezone(UTC)
        earlier = told.replace(tzinfo=self.zone).astimezone(UTC)
        if after is None or earlier >= after:
            return earlier
        return max(earlier, told.replace(tzinfo=self.zone, fold=1).astimezone(UTC))
