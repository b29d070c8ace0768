"""Reading a rule set from a file."""

from pathlib import Path

import pytest

import adapters.rule_sets
from adapters.rule_sets.reading import first_rule_set, read_rule_set

SHIPPED = (Path(adapters.rule_sets.__file__).parent / "first.toml").read_text(encoding="utf-8")


def test_the_time_zone_is_the_citys() -> None:
    assert first_rule_set().timezone == "Asia/Shanghai"
    assert first_rule_set(timezone="Asia/Urumqi").timezone == "Asia/Urumqi"


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("max_projects = 2", "max_estates = 2", TypeError),
        ("max_projects = 2", "", TypeError),
        ('cycle = "calendar_year"', 'cycle = "lunar_year"', ValueError),
        ("max_area_m2 = 200_000", "max_area_m2 = -1", ValueError),
        ('needs = "nothing"', 'needs = "luck"', ValueError),
    ],
)
def test_a_file_that_is_no_rule_set(before: str, after: str, error: type[Exception]) -> None:
    assert before in SHIPPED
    with pytest.raises(error):
        read_rule_set(SHIPPED.replace(before, after))
