"""A manager takes over, leaves, and holds a project whose area is amended; the days of a tenure are all covered."""

from typing import Final

import pytest

from domain.kernel.area import Area
from domain.licensing.appointment import (
    area_is_small_enough,
    change_appointed_area,
    holding_with,
    projects_are_few_enough,
    relieve,
    somebody_is_in_office,
    take_over,
)
from domain.licensing.events import AppointedAreaChanged, LicenceEvent
from domain.licensing.licence import Licence
from tests.domain.licensing.practice import (
    HILLSIDE,
    LAKESIDE,
    ONE_DAY,
    OPENED,
    RIVERSIDE,
    TODAY,
    appointed,
    given,
    licence,
    practising,
    project,
    relieved,
)
from tests.domain.rule_sets import DEFAULT

IN_OFFICE: Final = (*practising(), appointed(LAKESIDE))


def test_another_manager_takes_over() -> None:
    given(*practising()).when(take_over, project(is_managed=True), DEFAULT, today=TODAY).then(appointed(since=TODAY))


def test_nobody_takes_over_from_nobody() -> None:
    given(*practising()).when(take_over, project(), DEFAULT, today=TODAY).breaks(somebody_is_in_office)


def test_taking_over_is_judged_as_an_appointment() -> None:
    two = (*practising(), appointed(), appointed(HILLSIDE))
    given(*two).when(take_over, project(RIVERSIDE, area="0.01", is_managed=True), DEFAULT, today=TODAY).breaks(
        projects_are_few_enough, area_is_small_enough
    )


def test_a_manager_is_relieved_of_one_project() -> None:
    given(*IN_OFFICE, appointed(HILLSIDE)).when(relieve, HILLSIDE, reason="moves on", today=TODAY).then(
        relieved(HILLSIDE)
    )


def test_nobody_is_relieved_of_a_project_that_is_not_theirs() -> None:
    given(*IN_OFFICE).when(relieve, HILLSIDE, reason="moves on", today=TODAY).breaks(somebody_is_in_office)


def test_nobody_is_relieved_twice() -> None:
    given(*IN_OFFICE, relieved()).when(relieve, LAKESIDE, reason="moves on", today=TODAY).breaks(somebody_is_in_office)


@pytest.mark.parametrize(("area", "over"), [("79999.99", False), ("80000", False), ("80000.01", True)])
def test_an_amended_area_is_measured_with_the_other_projects(area: str, over: bool) -> None:
    both = licence(*practising(), appointed(LAKESIDE, area="120000"), appointed(HILLSIDE, area="60000"))
    assert holding_with(both, HILLSIDE, Area.of(area), DEFAULT).is_over_the_limit is over


def test_a_project_that_was_left_is_not_measured() -> None:
    left = licence(*practising(), appointed(LAKESIDE, area="190000"), relieved(LAKESIDE), appointed(HILLSIDE))
    assert holding_with(left, HILLSIDE, Area.of(200_000), DEFAULT).appointed_area == Area.of(200_000)


def amending(_: Licence, area: str) -> list[LicenceEvent]:
    return change_appointed_area(LAKESIDE, Area.of(area))


def test_an_amended_area_is_carried_over() -> None:
    changed = AppointedAreaChanged(project_id=LAKESIDE, building_area_m2=Area.of("120000.5"))
    given(*IN_OFFICE).when(amending, "120000.5").then(changed)
    assert licence(*IN_OFFICE, appointed(HILLSIDE, area="0.5"), changed).appointed_area == Area.of(120_001)


def test_the_area_of_a_tenure_that_has_ended_stays_as_it_was() -> None:
    changed = AppointedAreaChanged(project_id=LAKESIDE, building_area_m2=Area.of(5))
    again = licence(*IN_OFFICE, relieved(LAKESIDE), appointed(LAKESIDE, since=TODAY), changed)
    assert [held.building_area_m2 for held in (*again.ended, *again.appointments)] == [Area.of(100_000), Area.of(5)]


def test_a_tenure_covers_its_first_and_its_last_day() -> None:
    (held,) = licence(*IN_OFFICE, relieved()).ended
    assert [held.covers(day) for day in (OPENED - ONE_DAY, OPENED, TODAY, TODAY + ONE_DAY)] == [
        False,
        True,
        True,
        False,
    ]


def test_who_has_ended_a_hundred_tenures_holds_what_is_held_now_alone() -> None:
    past = [event for _ in range(100) for event in (appointed(LAKESIDE), relieved(LAKESIDE))]
    again = licence(*IN_OFFICE, relieved(LAKESIDE), *past, appointed(HILLSIDE))
    assert [held.project_id for held in again.appointments] == [HILLSIDE]
    assert len(again.ended) == 101
    assert again.has_held(LAKESIDE, TODAY)
