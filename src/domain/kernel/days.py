"""Days as the regulation counts them; what day it is comes from outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

_SATURDAY: Final = 5
_FEBRUARY_28: Final = 28


def years_after(day: date, years: int) -> date:
    """Answer the corresponding day years later (negative: earlier); 29 February falls back to 28 February.

    Where the calendar does not reach that far, its first or last day stands.
    """
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=_FEBRUARY_28)


def within(day: date, since: date, until: date | None) -> bool:
    """Tell whether a day lies from `since` through `until`, both included; open while `until` is None."""
    return since <= day and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` through `until`, both included; open while `until` is None."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the day lies within."""
        return within(day, self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Monday to Friday, without `holidays`, with `make_up_days` (a make-up day wins)."""

    holidays: Collection[date] = ()
    make_up_days: Collection[date] = ()

    def include(self, day: date) -> bool:
        """Tell whether the day is worked."""
        return day in self.make_up_days or (day.weekday() < _SATURDAY and day not in self.holidays)

    def on_or_after(self, day: date) -> date:
        """Answer the day itself when it is worked, else the next one that is."""
        while not self.include(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """Answer the `count`-th working day after a day that is itself not counted."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day
