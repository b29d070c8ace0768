"""Time as the regulation counts it: at any hour, in service hours only, or on working days only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.kernel.days import WorkingDays
from domain.kernel.rule_set import ServiceHours

_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTime:
    """The time within `hours` (None: any hour) of the days that `days` include (None: every day), in a time zone.

    Instants have an offset; what is answered is in UTC.
    """

    timezone: ZoneInfo
    hours: ServiceHours | None = None
    days: WorkingDays | None = None

    def after(self, start: datetime, length: timedelta) -> datetime:
        """Answer the first instant at which so much time has been counted since the start."""
        instant, left = start.astimezone(UTC), length
        if not left:
            return instant
        for begins, ends in self._spans(instant):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise AssertionError("there is always another day")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Answer how much time is counted from one instant to another; none when the end is not later."""
        counted, limit = timedelta(), end.astimezone(UTC)
        for begins, ends in self._spans(start.astimezone(UTC)):
            if begins >= limit:
                break
            counted += min(ends, limit) - begins
        return counted

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Go through the stretches of counted time from an instant on."""
        if self.hours is None and self.days is None:
            yield start, datetime.max.replace(tzinfo=UTC)
            return
        day = start.astimezone(self.timezone).date()
        while True:
            if self.days is None or self.days.include(day):
                opens, closes = self._counted_on(day)
                if start < closes:
                    yield max(start, opens), closes
            day += _DAY

    def _counted_on(self, day: date) -> tuple[datetime, datetime]:
        if self.hours is None:
            return self._instant(day, _MIDNIGHT), self._instant(day + _DAY, _MIDNIGHT)
        return self._instant(day, self.hours.opens), self._instant(day, self.hours.closes)

    def _instant(self, day: date, at: time) -> datetime:
        # Lengths are measured between instants in UTC: a day on which the clocks change is longer or shorter.
        return datetime.combine(day, at, self.timezone).astimezone(UTC)
