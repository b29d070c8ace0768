"""Defining zones: the bounds of the text, the reason that a zone outside them needs, and units that are held once."""

from dataclasses import replace

import pytest

from domain.kernel.errors import Unacceptable
from domain.projects.events import ProjectEvent
from domain.projects.project import Project
from domain.projects.rules import project_is_on_register
from domain.projects.zone_definition import (
    DefineZone,
    define_zone,
    size_is_usual_or_explained,
    units_are_free,
)
from domain.projects.zone_events import ZoneKind
from tests.domain.projects.builders import project, registered, section, withdrawn
from tests.domain.projects.zoning import USUAL, ZHAO, ask, defined, named, zone
from tests.spec import Asked

BESIDE = (registered(), *zone("旁区"))
"""A project with another zone, so that a second one is judged."""

UNUSUAL = [
    ask(area="69999.99"),
    ask(area="80000.01"),
    ask(households=319),
    ask(households=481),
    ask(kind=ZoneKind.VILLA, households=199),
    ask(kind=ZoneKind.VILLA, households=301),
]
AT_THE_BOUNDS = [
    ask(area=70_000),
    ask(area="70000.01"),
    ask(area="79999.99"),
    ask(area=80_000),
    ask(households=320),
    ask(households=480),
    ask(kind=ZoneKind.VILLA, households=200),
    ask(kind=ZoneKind.VILLA, households=250),
    ask(kind=ZoneKind.VILLA, households=300),
    ask(kind=ZoneKind.VILLA, households=250, area="0.01"),
    ask(kind=ZoneKind.VILLA, households=250, area=900_000),
]


def spell(asked: DefineZone) -> str:
    return f"{asked.kind} {asked.area_m2.square_metres} m² {asked.households}"


def defining(*events: ProjectEvent, asked: DefineZone) -> Asked[Project, ProjectEvent]:
    return project(*events).when(define_zone, asked)


def test_a_zone_is_defined_and_its_manager_named() -> None:
    project(registered()).when(define_zone, USUAL).then(defined(), named())


def test_a_section_has_zones_of_its_own() -> None:
    project(section()).when(define_zone, USUAL).then(defined(), named())


@pytest.mark.parametrize("asked", AT_THE_BOUNDS, ids=spell)
def test_a_zone_within_the_bounds_needs_no_reason(asked: DefineZone) -> None:
    defining(*BESIDE, asked=asked).then(defined(asked), named(asked))


@pytest.mark.parametrize("asked", UNUSUAL, ids=spell)
def test_a_zone_outside_the_bounds_needs_a_reason(asked: DefineZone) -> None:
    defining(*BESIDE, asked=asked).breaks(size_is_usual_or_explained)


@pytest.mark.parametrize("asked", UNUSUAL, ids=spell)
def test_with_a_reason_it_is_defined(asked: DefineZone) -> None:
    explained = defined(asked, reason="地块狭长")
    project(*BESIDE).when(define_zone, replace(asked, reason="地块狭长")).then(explained, named(asked))


@pytest.mark.parametrize("asked", UNUSUAL, ids=spell)
def test_the_only_zone_of_a_project_needs_no_reason(asked: DefineZone) -> None:
    defining(registered(), asked=asked).then(defined(asked), named(asked))
    defining(registered(), *zone(), asked=asked).then(defined(asked))


def test_what_stands_is_not_judged_when_a_second_zone_comes_beside_it() -> None:
    first = zone("小区", area=10_000, households=50)
    project(registered(), *first).when(define_zone, ask("二区")).then(defined(ask("二区")), named(ask("二区")))


def test_in_the_size_in_which_it_stands_it_only_gets_another_manager() -> None:
    first = ask("小区", area=10_000, households=50)
    events = (registered(), defined(first), named(first), *zone("二区"))
    other = ask("小区", area=10_000, households=50, zone_manager=ZHAO)
    defining(*events, asked=other).then(named(other))
    grown = ask("小区", area=10_001, households=50)
    defining(*events, asked=grown).breaks(size_is_usual_or_explained)


def test_a_reason_holds_as_long_as_the_size_and_no_longer() -> None:
    odd = ask(area=90_000, reason="地块狭长")
    events = (*BESIDE, defined(odd), named(odd))
    defining(*events, asked=ask(area=90_000)).then()
    defining(*events, asked=ask(area=90_000, units=("3",))).then(
        defined(ask(area=90_000, units=("3",)), reason="地块狭长")
    )
    defining(*events, asked=ask(area=91_000)).breaks(size_is_usual_or_explained)
    defining(*events, asked=ask()).then(defined(ask(), reason=None))


def test_a_reason_is_put_right_by_another() -> None:
    odd = ask(area=90_000, reason="地块狭长")
    better = ask(area=90_000, reason="地块狭长,中间有河")
    defining(*BESIDE, defined(odd), named(odd), asked=better).then(defined(better))


def test_the_same_again_is_nothing_to_do() -> None:
    asked = ask(area="75000.00", units=("3-2", "4"))
    events = (registered(), *zone(units=("4", "3-2")))
    defining(*events, asked=asked).then()


@pytest.mark.parametrize("asked", [ask(zone_manager=ZHAO), ask(hotline="0514-80000002")], ids=["manager", "hotline"])
def test_another_manager_or_hotline_is_named_alone(asked: DefineZone) -> None:
    defining(registered(), *zone(), asked=asked).then(named(asked))


def test_another_size_is_defined_alone() -> None:
    for asked in (ask(area=76_000), ask(households=410), ask(kind=ZoneKind.VILLA, households=250), ask(units=("5",))):
        defining(registered(), *zone(), asked=asked).then(defined(asked))


def test_units_that_are_left_out_are_no_longer_the_zones() -> None:
    defining(registered(), *zone(units=("3", "4")), asked=ask(units=("4",))).then(defined(ask(units=("4",))))
    defining(registered(), *zone(units=("3", "4")), asked=ask()).then(defined(ask()))


def test_a_unit_that_is_named_twice_is_kept_once() -> None:
    defining(registered(), asked=ask(units=("3", "4", "3"))).then(defined(ask(units=("3", "4"))), named())


def test_a_unit_belongs_to_one_zone() -> None:
    beside = (registered(), *zone("旁区", units=("3", "4-1")))
    defining(*beside, asked=ask(units=("5", "4-1"))).breaks(units_are_free)
    # A staircase out of another zone's building is a longer name, not the same one.
    for units in (("3-2",), ("4",), ("33",), ("4-11",)):
        defining(*beside, asked=ask(units=units)).then(defined(ask(units=units)), named())


def test_a_zone_keeps_its_own_units() -> None:
    mine = (registered(), *zone("旁区"), *zone(units=("3",)))
    defining(*mine, asked=ask(units=("3", "4"))).then(defined(ask(units=("3", "4"))))


def test_units_that_another_zone_gave_up_are_free() -> None:
    given_up = defined(ask("旁区", units=("4",)))
    defining(registered(), *zone("旁区", units=("3",)), given_up, asked=ask(units=("3",))).then(
        defined(ask(units=("3",))), named()
    )


def test_a_withdrawn_project_gets_no_zone() -> None:
    defining(registered(), withdrawn, asked=USUAL).breaks(project_is_on_register)
    defining(registered(), *zone(), withdrawn, asked=USUAL).breaks(project_is_on_register)


def test_all_that_is_broken_is_named() -> None:
    asked = ask(households=1, units=("3",))
    defining(registered(), *zone("旁区", units=("3",)), withdrawn, asked=asked).breaks(
        project_is_on_register, size_is_usual_or_explained, units_are_free
    )


@pytest.mark.parametrize("unit", ["3-", "-3", "3--501", "-", " - "])
def test_a_unit_that_could_never_be_found_cannot_stand(unit: str) -> None:
    defining(registered(), asked=ask(units=("4", unit))).raises(Unacceptable, pointer="/units/1")


def test_a_zone_of_nothing_cannot_stand() -> None:
    defining(registered(), asked=ask(area=0)).raises(Unacceptable, pointer="/area_m2")
    defining(registered(), asked=ask(households=-1)).raises(Unacceptable, pointer="/households")
    empty = ask(households=0, area="0.01")
    defining(registered(), asked=empty).then(defined(empty), named(empty))
