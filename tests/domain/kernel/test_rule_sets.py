"""Which rule set is in force, and what day it is in the city."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.rule_set import RuleSet, RuleSets
from tests.domain.rule_sets import DEFAULT, rule_set

STRICTER = rule_set(version="2027", in_force_from=date(2027, 1, 1), revocation_points=20)


def zoned(timezone: str, *, since: date) -> RuleSet:
    return rule_set(version=f"{timezone} {since}", in_force_from=since, timezone=timezone)


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 12, 31), DEFAULT),
        (date(2027, 1, 1), STRICTER),
        (date(2030, 6, 1), STRICTER),
        (date(1999, 12, 31), DEFAULT),
    ],
)
def test_a_rule_set_is_in_force_from_its_day_on(day: date, rules: RuleSet) -> None:
    assert RuleSets((DEFAULT, STRICTER)).in_force_on(day) is rules


def test_the_order_of_adoption_does_not_matter_but_for_one_day() -> None:
    later = rule_set(version="2028", in_force_from=date(2028, 1, 1))
    adopted = RuleSets((DEFAULT, later, STRICTER))
    assert adopted.in_force_on(date(2027, 12, 31)) is STRICTER
    assert adopted.in_force_on(date(2028, 1, 1)) is later


def test_of_two_that_come_into_force_on_one_day_the_later_adopted_counts() -> None:
    corrected = rule_set(version="2027 corrected", in_force_from=STRICTER.in_force_from)
    assert RuleSets((DEFAULT, STRICTER, corrected)).in_force_on(date(2027, 1, 1)) is corrected


def test_a_rule_set_is_found_by_its_version() -> None:
    assert RuleSets((DEFAULT, STRICTER)).version("2027") is STRICTER
    assert RuleSets((DEFAULT, STRICTER)).version("2028") is None


@pytest.mark.parametrize(
    ("instant", "today"),
    [
        ("2026-11-23T15:59:59.999999+00:00", date(2026, 11, 23)),
        ("2026-11-23T16:00:00+00:00", date(2026, 11, 24)),
        ("2026-11-24T00:00:00+00:00", date(2026, 11, 24)),
        ("2026-11-24T15:59:59+00:00", date(2026, 11, 24)),
        ("2026-12-31T16:00:00+00:00", date(2027, 1, 1)),
        ("2026-11-24T00:30:00+08:00", date(2026, 11, 24)),
    ],
)
def test_a_day_begins_at_midnight_in_the_city_not_in_utc(instant: str, today: date) -> None:
    assert RuleSets((DEFAULT,)).today(datetime.fromisoformat(instant)) == today


def test_a_new_time_zone_counts_from_the_day_on_which_it_comes_into_force() -> None:
    moved = zoned("UTC", since=date(2027, 1, 1))
    rule_sets = RuleSets((DEFAULT, moved))
    before = datetime(2026, 12, 30, 20, tzinfo=UTC)
    assert rule_sets.today(before) == date(2026, 12, 31)
    assert rule_sets.today(before + timedelta(days=30)) == date(2027, 1, 29)


def test_a_new_time_zone_counts_on_its_first_day() -> None:
    rule_sets = RuleSets((DEFAULT, zoned("UTC", since=date(2027, 1, 1))))
    assert rule_sets.today(datetime(2027, 1, 1, 20, tzinfo=UTC)) == date(2027, 1, 1)


def test_before_any_is_in_force_the_first_adopted_counts() -> None:
    rule_sets = RuleSets((DEFAULT, zoned("UTC", since=date(2027, 1, 1))))
    long_ago = datetime(1999, 1, 1, 20, tzinfo=UTC)
    assert rule_sets.today(long_ago) == date(1999, 1, 2)


def test_of_two_time_zones_from_one_day_on_the_later_adopted_counts() -> None:
    wrong, right = zoned("UTC", since=date(2027, 1, 1)), zoned("Asia/Urumqi", since=date(2027, 1, 1))
    late = datetime(2027, 3, 1, 20, tzinfo=UTC)
    assert RuleSets((DEFAULT, wrong, right)).today(late) == date(2027, 3, 2)


def test_a_violation_is_found_by_its_code() -> None:
    found = DEFAULT.violation("V08")
    assert found is not None
    assert (found.points, found.lowest, found.highest) == (12, 8, 15)
    assert DEFAULT.violation("V99") is None
