"""Instants of bodies: RFC 3339 with an offset, and nothing that only looks like it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest
from pydantic import TypeAdapter, ValidationError

from api.http.instants import Instant

READ: Final = TypeAdapter[datetime](Instant).validate_python
NOON: Final = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-24T12:00:00+08:00", NOON),
        ("2026-11-24T04:00:00Z", NOON),
        ("2026-11-24t04:00:00z", NOON),
        ("2026-11-24T04:00:00-00:00", NOON),
        ("2026-11-23T16:00:00-12:00", NOON),
        ("2026-11-24T12:00:00.5+08:00", NOON + timedelta(milliseconds=500)),
        ("2026-11-24T12:00:00.123456789+08:00", NOON + timedelta(microseconds=123_456)),
        ("1900-01-01T00:00:00+14:00", datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        ("2999-12-31T23:59:59Z", datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_exactly(written: str, meant: datetime) -> None:
    read = READ(written)
    assert read == meant
    assert read.utcoffset() is not None


@pytest.mark.parametrize(
    "written",
    [
        None,
        1_795_483_800,
        True,
        NOON,
        "",
        "2026-11-24",
        "2026-11-24T12:00:00",
        "2026-11-24T12:00+08:00",
        "2026-11-24 12:00:00+08:00",
        "2026-11-24T12:00:00+08",
        "2026-11-24T12:00:00+0800",
        "2026-11-24T12:00:00.+08:00",
        "2026-11-24T12:00:00,5+08:00",
        "2026-11-24T12:00:00.1234567890+08:00",
        "2026-11-24T12:00:00+24:00",
        "2026-11-24T24:00:00Z",
        "2026-11-24T12:60:00Z",
        "2026-11-24T12:00:60Z",
        "2026-02-29T12:00:00Z",
        "2026-W48-2T12:00:00Z",
        "1899-12-31T23:59:59Z",
        "3000-01-01T00:00:00Z",
        "２026-11-24T12:00:00Z",
        "2026-11-24T12:00:00Z\n",
    ],
    ids=repr,
)
def test_what_is_no_instant_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        READ(written)
