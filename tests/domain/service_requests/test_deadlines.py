"""Deadlines, as the table says and as somebody finds who counts every minute by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.rule_set import RuleSet
from domain.service_requests.deadlines import deadlines, moved, take_charge_by
from domain.service_requests.words import Category
from tests.domain.rule_sets import DEFAULT, rule_set
from tests.domain.service_requests.minutes import (
    MINUTE,
    SHANGHAI,
    Counts,
    any_minute,
    due,
    in_service,
    is_late,
    on_working_days,
)

HOLIDAYS = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
MAKE_UP_DAYS = (date(2027, 1, 2), date(2027, 1, 10))
WINTER = rule_set(holidays=HOLIDAYS, make_up_days=MAKE_UP_DAYS)
WORKED = on_working_days(HOLIDAYS, MAKE_UP_DAYS)

DAY = 24 * 60
RESPOND: dict[Category, tuple[int, Counts]] = {
    Category.EMERGENCY: (30, any_minute),
    Category.MINOR: (30, in_service),
    Category.COMPLEX: (72 * 60, any_minute),
    Category.COMPLAINT: (DAY, any_minute),
    Category.CONSULTATION: (DAY, any_minute),
    Category.SUGGESTION: (DAY, any_minute),
}
RESOLVE: dict[Category, tuple[int, Counts]] = {
    Category.EMERGENCY: (DAY, any_minute),
    Category.MINOR: (DAY, any_minute),
    Category.COMPLEX: (7 * DAY, WORKED),
    Category.COMPLAINT: (7 * DAY, any_minute),
    Category.CONSULTATION: (7 * DAY, any_minute),
    Category.SUGGESTION: (7 * DAY, any_minute),
}


def local(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("category", "received", "respond_by", "resolve_by"),
    [
        (Category.EMERGENCY, local(11, 24, 23, 50), local(11, 25, 0, 20), local(11, 25, 23, 50)),
        (Category.MINOR, local(11, 24, 17, 45), local(11, 25, 8, 15), local(11, 25, 17, 45)),
        (Category.MINOR, local(11, 29, 3), local(11, 29, 8, 30), local(11, 30, 3)),
        (Category.COMPLEX, local(11, 24, 10), local(11, 27, 10), local(12, 3, 10)),
        (Category.COMPLAINT, local(11, 28, 10), local(11, 29, 10), local(12, 5, 10)),
        (Category.CONSULTATION, local(12, 31, 23), local(1, 1, 23, year=2027), local(1, 7, 23, year=2027)),
    ],
)
def test_deadlines_are_those_of_the_table(
    category: Category, received: datetime, respond_by: datetime, resolve_by: datetime
) -> None:
    found = deadlines(category, received, DEFAULT)
    assert (found.respond_by, found.resolve_by) == (respond_by, resolve_by)


def test_holidays_and_make_up_days_are_those_of_the_rule_set() -> None:
    # Wednesday 30 December; off: 31, 1, 3, 4; worked: 2 (a Saturday), 5, 6, 7, 8, 10 (a Sunday), 11.
    found = deadlines(Category.COMPLEX, local(12, 30, 10), WINTER)
    assert found.resolve_by == local(1, 11, 10, year=2027)


def test_charge_is_taken_within_hours_of_any_day() -> None:
    assert take_charge_by(local(11, 28, 23), DEFAULT) == local(11, 29, 1)
    assert take_charge_by(local(11, 28, 23), rule_set(major_take_charge_hours=5)) == local(11, 29, 4)


STARTS = st.integers(0, 20 * DAY).map(lambda minutes: datetime(2026, 12, 24, tzinfo=UTC) + timedelta(minutes=minutes))


@settings(deadline=None, max_examples=60)
@given(category=st.sampled_from(Category), start=STARTS, rules=st.sampled_from([WINTER]))
def test_deadlines_are_found_by_who_counts_every_minute(category: Category, start: datetime, rules: RuleSet) -> None:
    found = deadlines(category, start, rules)
    assert found.respond_by == due(start, *RESPOND[category])
    assert found.resolve_by == due(start, *RESOLVE[category])


@settings(deadline=None, max_examples=60)
@given(
    category=st.sampled_from(Category),
    start=STARTS,
    waits=st.lists(st.tuples(st.integers(0, 4 * DAY), st.integers(0, 6 * DAY)), max_size=4),
)
def test_pauses_move_it_by_what_does_not_count(
    category: Category, start: datetime, waits: list[tuple[int, int]]
) -> None:
    minutes, counts = RESOLVE[category]
    deadline, now, stood = deadlines(category, start, WINTER).resolve_by, start, list[tuple[datetime, datetime]]()
    for works, waits_for in waits:
        since = now + timedelta(minutes=works)
        now = since + timedelta(minutes=waits_for)
        deadline = moved(deadline, category, WINTER, since=since, until=now)
        stood.append((since, now))

    def stands_still(minute: datetime) -> bool:
        return any(since <= minute < until for since, until in stood)

    assert not is_late(start, deadline, minutes, counts, stands_still)
    assert is_late(start, deadline + MINUTE, minutes, counts, stands_still)
