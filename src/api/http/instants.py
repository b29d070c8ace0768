"""Instants in bodies: RFC 3339 with an offset, as the contract writes times."""

import re
from datetime import datetime
from typing import Annotated, Final

from pydantic import PlainValidator, WithJsonSchema

from api.http.fields import FIRST_YEAR, LAST_YEAR
from api.http.sentences import refused

_INSTANT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_MICROSECONDS: Final = 6


def _instant(value: object) -> datetime:
    form = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if form is not None:
        day, time, fraction, offset = form.groups()
        microseconds = (fraction or "0").ljust(_MICROSECONDS, "0")[:_MICROSECONDS]
        try:
            instant = datetime.fromisoformat(f"{day}T{time}.{microseconds}{offset.upper()}")
        except ValueError:
            raise refused("没有这一时刻", "is an instant that does not exist") from None
        if FIRST_YEAR <= instant.year <= LAST_YEAR:
            return instant
    raise refused(
        f"必须是 {FIRST_YEAR} 至 {LAST_YEAR} 年间带时区偏移的时间，如 2026-11-24T09:30:00+08:00",
        f"must be a time with its offset, as 2026-11-24T09:30:00+08:00, between the years {FIRST_YEAR} and {LAST_YEAR}",
    )


Instant = Annotated[datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
"""An instant of the years 1900 to 2999 with its offset from UTC; finer than a microsecond is cut off."""
