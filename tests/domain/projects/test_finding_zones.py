"""Which zone a household belongs to: the longest name holds, at dashes; a zone without names takes the rest."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.identifiers import Subject
from domain.projects.zone_definition import define_zone
from domain.projects.zone_events import ZoneManager
from domain.projects.zones import zone_of
from tests.domain.projects.builders import project, registered, state
from tests.domain.projects.zoning import WANG, ZHAO, ask, defined, named, zone


def found(units: Mapping[str, Sequence[str]], unit: str) -> str | None:
    """Answer the name of the zone that a unit belongs to, among zones of these units."""
    zones = [event for name, held in units.items() for event in zone(name, units=tuple(held))]
    belongs_to = zone_of(state(registered(), *zones), unit)
    return None if belongs_to is None else belongs_to.name


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("3-2-501", "甲"),
        ("3-1-101", "乙"),
        ("3", "乙"),
        ("3-22-501", "乙"),
        ("31-2-501", None),
        ("4-1-101", "甲"),
        ("4-1-1011", None),
        ("4-1", None),
        ("4", None),
        ("", None),
    ],
)
def test_the_longest_name_holds_and_only_at_dashes(unit: str, name: str | None) -> None:
    assert found({"甲": ["3-2", "4-1-101"], "乙": ["3"]}, unit) == name


def test_the_one_zone_without_units_takes_what_no_other_names() -> None:
    assert found({"甲": []}, "3-2-501") == "甲"
    assert found({"甲": ["3"], "乙": []}, "3-2-501") == "甲"
    assert found({"甲": ["3"], "乙": []}, "4-2-501") == "乙"


def test_of_several_without_units_none_can_be_told() -> None:
    assert found({"甲": [], "乙": []}, "3-2-501") is None
    assert found({"甲": [], "乙": [], "丙": ["3"]}, "3-2-501") == "丙"


def test_a_zone_with_units_takes_no_others() -> None:
    assert found({"甲": ["3"]}, "4-1-101") is None


def test_without_zones_there_is_none() -> None:
    assert found({}, "3-2-501") is None


def test_the_zone_tells_who_answers_for_it_today() -> None:
    belongs_to = zone_of(state(registered(), *zone(), named(ask(zone_manager=ZHAO))), "3-2-501")
    assert belongs_to is not None
    assert belongs_to.zone_manager == ZHAO


def test_a_zone_manager_who_was_only_named_acts_under_that_name() -> None:
    assert ZHAO.acts_as == Subject("赵六")
    assert WANG.acts_as == Subject("wang")
    assert ZoneManager(name="王五", subject=Subject("wang")) == WANG


_part = st.sampled_from(["1", "2", "11"])
_units = st.lists(_part, min_size=1, max_size=3).map("-".join)


@given(st.dictionaries(_units, st.sampled_from(["甲", "乙"])), st.lists(_part, min_size=3, max_size=3).map("-".join))
def test_a_household_is_found_as_one_would_by_hand(held: dict[str, str], unit: str) -> None:
    units = {name: [part for part, holder in held.items() if holder == name] for name in ("甲", "乙")}
    matching = [part for part in held if f"{unit}-".startswith(f"{part}-")]
    by_hand = held[max(matching, key=len)] if matching else None
    rest = [name for name, parts in units.items() if not parts]
    assert found(units, unit) == (by_hand or (rest[0] if len(rest) == 1 else None))


def test_what_is_found_can_be_defined() -> None:
    asked = ask("乙", units=("3-2",))
    project(registered(), *zone("甲", units=("3",))).when(define_zone, asked).then(defined(asked), named(asked))
