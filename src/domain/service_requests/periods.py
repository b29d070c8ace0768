"""Weeks and months by their labels, as analysis is asked for."""

import re
from datetime import date, timedelta
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.service_requests.analysis_events import MonthLabel, WeekLabel

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MORE_THAN_A_MONTH: Final = timedelta(days=31)


def days_of_week(week: WeekLabel, pointer: str = "/week") -> tuple[date, date]:
    """Answer Monday and Sunday of an ISO week.

    Raises: Unacceptable for what is no week.
    """
    year, number = _numbers(_WEEK, week)
    try:
        return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)
    except ValueError:
        raise Unacceptable(pointer, zh="须为 ISO 周,如 2026-W47", en="must be an ISO week, as 2026-W47") from None


def days_of_month(month: MonthLabel, pointer: str = "/month") -> tuple[date, date]:
    """Answer the first and the last day of a calendar month.

    Raises: Unacceptable for what is no month.
    """
    year, number = _numbers(_MONTH, month)
    try:
        first = date(year, number, 1)
        return first, (first + _MORE_THAN_A_MONTH).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        raise Unacceptable(pointer, zh="须为月份,如 2026-11", en="must be a month, as 2026-11") from None


def _numbers(form: re.Pattern[str], label: str) -> tuple[int, int]:
    """Answer year and number, of which 0 is no year, when the label has not the form."""
    said = form.fullmatch(label)
    return (0, 0) if said is None else (int(said[1]), int(said[2]))
