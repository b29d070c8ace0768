"""A clock that somebody keeps by hand: it looks at every single minute and asks whether it counts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

MINUTE: Final = timedelta(minutes=1)
SHANGHAI: Final = timezone(timedelta(hours=8))
"""Written out a second time: Shanghai has kept eight hours ahead of UTC since 1991."""

Counts = Callable[[datetime], bool]
"""Tells of a minute, named by its beginning in Shanghai, whether it counts."""


def any_minute(_: datetime) -> bool:
    return True


def in_service(minute: datetime) -> bool:
    return 8 * 60 <= minute.hour * 60 + minute.minute < 18 * 60


def on_working_days(holidays: tuple[date, ...], make_up_days: tuple[date, ...]) -> Counts:
    def counts(minute: datetime) -> bool:
        day = minute.date()
        return day in make_up_days or (day.isoweekday() <= 5 and day not in holidays)

    return counts


def due(start: datetime, minutes: int, counts: Counts) -> datetime:
    """Walk on, minute by minute, until so many have counted."""
    minute, counted = start, 0
    while counted < minutes:
        counted += counts(minute.astimezone(SHANGHAI))
        minute += MINUTE
    return minute.astimezone(UTC)


def is_late(start: datetime, end: datetime, minutes: int, counts: Counts, stands_still: Counts) -> bool:
    """Walk from one minute to another: late is who works on for a minute, counted or not, when the time is up."""
    minute, ran = start, 0
    while minute < end:
        here = minute.astimezone(SHANGHAI)
        if not stands_still(here):
            if ran == minutes:
                return True
            ran += counts(here)
        minute += MINUTE
    return False
