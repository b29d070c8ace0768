"""Counted time: any hour, service hours, working days; at midnight, over weekends and where clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.days import WorkingDays
from domain.kernel.rule_set import ServiceHours
from domain.kernel.working_time import CountedTime

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
EIGHT_TO_SIX = ServiceHours(opens=time(8), closes=time(18))
NEW_YEAR = WorkingDays(holidays=frozenset({date(2027, 1, 1)}), make_up_days=frozenset({date(2027, 1, 2)}))

ANY_HOUR = CountedTime(timezone=SHANGHAI)
IN_SERVICE = CountedTime(timezone=SHANGHAI, hours=EIGHT_TO_SIX)
WORKING = CountedTime(timezone=SHANGHAI, days=WorkingDays())
OVER_NEW_YEAR = CountedTime(timezone=SHANGHAI, days=NEW_YEAR)
HALF_AN_HOUR = timedelta(minutes=30)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type] # year to minute


@pytest.mark.parametrize(
    ("counted", "start", "length", "end"),
    [
        (ANY_HOUR, local(2026, 12, 31, 23, 45), HALF_AN_HOUR, local(2027, 1, 1, 0, 15)),
        (IN_SERVICE, local(2026, 11, 24, 10), HALF_AN_HOUR, local(2026, 11, 24, 10, 30)),
        (IN_SERVICE, local(2026, 11, 24, 17, 30), HALF_AN_HOUR, local(2026, 11, 24, 18)),
        (IN_SERVICE, local(2026, 11, 24, 17, 31), HALF_AN_HOUR, local(2026, 11, 25, 8, 1)),
        (IN_SERVICE, local(2026, 11, 24, 18), HALF_AN_HOUR, local(2026, 11, 25, 8, 30)),
        (IN_SERVICE, local(2026, 11, 30, 23, 59), HALF_AN_HOUR, local(2026, 12, 1, 8, 30)),
        (IN_SERVICE, local(2026, 11, 28, 7), HALF_AN_HOUR, local(2026, 11, 28, 8, 30)),
        (WORKING, local(2026, 11, 24, 10), timedelta(days=7), local(2026, 12, 3, 10)),
        (WORKING, local(2026, 11, 27, 18), timedelta(days=1), local(2026, 11, 30, 18)),
        (WORKING, local(2026, 11, 28, 10), timedelta(days=7), local(2026, 12, 9)),
        (WORKING, local(2026, 11, 27), timedelta(days=1), local(2026, 11, 28)),
        (OVER_NEW_YEAR, local(2026, 12, 31, 12), timedelta(days=1), local(2027, 1, 2, 12)),
        (OVER_NEW_YEAR, local(2026, 12, 31, 12), timedelta(days=2), local(2027, 1, 4, 12)),
    ],
)
def test_time_is_up(counted: CountedTime, start: datetime, length: timedelta, end: datetime) -> None:
    assert counted.after(start, length) == end
    assert counted.after(start, length).tzinfo is UTC
    assert counted.between(start, end) == length


def test_no_time_is_up_at_once() -> None:
    saturday_night = local(2026, 11, 28, 23)
    assert WORKING.after(saturday_night, timedelta()) == saturday_night
    assert WORKING.between(saturday_night, saturday_night) == timedelta()
    assert WORKING.between(saturday_night, saturday_night - timedelta(days=3)) == timedelta()


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is() -> None:
    summer_ends = datetime(2026, 10, 25, tzinfo=BERLIN)
    every_day = WorkingDays(make_up_days=frozenset({date(2026, 10, 25), date(2026, 10, 26)}))
    counted = CountedTime(timezone=BERLIN, days=every_day)
    assert counted.between(summer_ends, datetime(2026, 10, 26, tzinfo=BERLIN)) == timedelta(hours=25)
    assert counted.after(summer_ends, timedelta(hours=25)) == datetime(2026, 10, 26, tzinfo=BERLIN)


MINUTES = st.integers(0, 60 * 24 * 12)


@given(kind=st.sampled_from([ANY_HOUR, IN_SERVICE, WORKING, OVER_NEW_YEAR]), offset=MINUTES, length=MINUTES)
def test_what_is_added_is_counted(kind: CountedTime, offset: int, length: int) -> None:
    start = local(2026, 12, 26) + timedelta(minutes=offset)
    end = kind.after(start, timedelta(minutes=length))
    assert kind.between(start, end) == timedelta(minutes=length)
    # Never later than need be: a minute before, less was counted.
    if length:
        assert kind.between(start, end - timedelta(minutes=1)) < timedelta(minutes=length)
