"""Weeks and months as bodies and queries name them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Final, TypeVar

from pydantic import PlainValidator, WithJsonSchema

from api.http.fields import FIRST_YEAR, LAST_YEAR
from api.http.sentences import refused
from domain.kernel.errors import Unacceptable
from domain.service_requests.analysis_events import MonthLabel, WeekLabel
from domain.service_requests.periods import days_of_month, days_of_week

Label = TypeVar("Label", WeekLabel, MonthLabel)

_NO_PERIOD: Final = "必须是字符串", "must be a string"


def _within_years(label: Label, days_of: Callable[[Label], tuple[date, date]]) -> Label:
    try:
        first, last = days_of(label)
    except Unacceptable as found:
        raise refused(found.zh, found.en) from None
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise refused(
            f"必须在 {FIRST_YEAR} 至 {LAST_YEAR} 年间", f"must lie between the years {FIRST_YEAR} and {LAST_YEAR}"
        )
    return label


def _week(value: object) -> WeekLabel:
    if not isinstance(value, str):
        raise refused(*_NO_PERIOD)
    return _within_years(WeekLabel(value), days_of_week)


def _month(value: object) -> MonthLabel:
    if not isinstance(value, str):
        raise refused(*_NO_PERIOD)
    return _within_years(MonthLabel(value), days_of_month)


Week = Annotated[
    WeekLabel,
    PlainValidator(_week),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$", "examples": ["2026-W47"]}),
]
"""An ISO week, `2026-W47`; it begins on Monday."""

Month = Annotated[
    MonthLabel,
    PlainValidator(_month),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2026-11"]}),
]
"""A calendar month, `2026-11`."""
