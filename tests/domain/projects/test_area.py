"""Amending an area: sections fit, an estimate is confirmed, and a tolerance has its bounds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.area import Area
from domain.kernel.errors import Unacceptable
from domain.projects.area import AmendArea, amend_area, amend_section, tolerate_over_limit
from domain.projects.events import AreaAmended, ManagerLeftOffice, OverLimitTolerated, SectionAreaAmended
from domain.projects.rules import project_is_on_register, sections_fit_in_the_area
from tests.domain.projects.builders import (
    EAST,
    ESTATE,
    TODAY,
    WEST,
    ZHANG,
    in_office,
    project,
    registered,
    section,
    state,
    with_section,
    withdrawn,
)


def ask(area: int | str, **changes: Any) -> AmendArea:
    return replace(AmendArea(project_id=ESTATE, building_area_m2=Area.of(area), reason="实测"), **changes)


def amended(area: int | str) -> AreaAmended:
    return AreaAmended(building_area_m2=Area.of(area), reason="实测")


def test_an_area_is_amended() -> None:
    project(registered(120_000)).when(amend_area, ask("125000.5"), parent=None, today=TODAY).then(amended("125000.5"))


def test_the_same_area_is_nothing_to_do() -> None:
    project(registered(120_000)).when(amend_area, ask("120000.00"), parent=None, today=TODAY).then()


def test_the_same_area_confirms_an_estimate_once() -> None:
    estimated = registered(120_000, area_estimated=True)
    project(estimated).when(amend_area, ask(120_000), parent=None, today=TODAY).then(amended(120_000))
    project(estimated, amended(120_000)).when(amend_area, ask(120_000), parent=None, today=TODAY).then()


def test_a_withdrawn_project_is_not_amended() -> None:
    project(registered(), withdrawn).when(amend_area, ask(1), parent=None, today=TODAY).breaks(project_is_on_register)


@pytest.mark.parametrize("area", ["300000.00", "300000.01"])
def test_a_parent_holds_its_sections(area: str) -> None:
    project(registered(400_000), with_section(180_000, EAST), with_section(120_000, WEST)).when(
        amend_area, ask(area), parent=None, today=TODAY
    ).then(amended(area))


def test_a_parent_cannot_be_smaller_than_its_sections() -> None:
    project(registered(400_000), with_section(180_000, EAST), with_section(120_000, WEST)).when(
        amend_area, ask("299999.99"), parent=None, today=TODAY
    ).breaks(sections_fit_in_the_area)


@pytest.mark.parametrize("area", ["219999.99", "220000"])
def test_a_section_grows_as_far_as_its_parent_allows(area: str) -> None:
    parent = state(registered(400_000), with_section(120_000, EAST), with_section(180_000, WEST))
    project(section(120_000)).when(amend_area, ask(area, project_id=EAST), parent=parent, today=TODAY).then(
        amended(area)
    )


def test_a_section_cannot_outgrow_its_parent() -> None:
    parent = state(registered(400_000), with_section(120_000, EAST), with_section(180_000, WEST))
    project(section(120_000)).when(amend_area, ask("220000.01", project_id=EAST), parent=parent, today=TODAY).breaks(
        sections_fit_in_the_area
    )


def test_a_section_amended_before_counts_as_amended() -> None:
    shrunk = SectionAreaAmended(section_id=WEST, building_area_m2=Area.of(100_000))
    parent = state(registered(400_000), with_section(120_000, EAST), with_section(180_000, WEST), shrunk)
    project(section(120_000)).when(amend_area, ask(300_000, project_id=EAST), parent=parent, today=TODAY).then(
        amended(300_000)
    )


def test_the_parent_notes_an_amended_section_once() -> None:
    asked = ask(130_000, project_id=EAST)
    noted = SectionAreaAmended(section_id=EAST, building_area_m2=Area.of(130_000))
    project(registered(400_000), with_section(120_000, EAST)).when(amend_section, asked).then(noted)
    project(registered(400_000), with_section(120_000, EAST), noted).when(amend_section, asked).then()


def test_an_area_is_more_than_nothing() -> None:
    project(registered()).when(amend_area, ask("0.01"), parent=None, today=TODAY).then(amended("0.01"))
    project(registered()).when(amend_area, ask(0), parent=None, today=TODAY).raises(
        Unacceptable, pointer="/building_area_m2"
    )


@pytest.mark.parametrize("days", [0, 1, 29, 30])
def test_a_tolerance_of_up_to_thirty_days(days: int) -> None:
    asked = ask(150_000, over_limit_until=TODAY + timedelta(days=days))
    project(registered()).when(amend_area, asked, parent=None, today=TODAY).then(amended(150_000))


@pytest.mark.parametrize("days", [-1, 31])
def test_a_tolerance_beyond_its_bounds(days: int) -> None:
    asked = ask(150_000, over_limit_until=TODAY + timedelta(days=days))
    project(registered()).when(amend_area, asked, parent=None, today=TODAY).raises(
        Unacceptable, pointer="/over_limit_until"
    )


def test_relief_and_tolerance_do_not_go_together() -> None:
    asked = ask(150_000, relieve_manager=True, over_limit_until=TODAY)
    project(registered()).when(amend_area, asked, parent=None, today=TODAY).raises(
        Unacceptable, pointer="/over_limit_until"
    )


UNTIL = date(2026, 12, 24)
TOLERATED = OverLimitTolerated(licence_id=ZHANG, over_limit_until=UNTIL)


def test_a_manager_over_the_limit_is_tolerated_once() -> None:
    project(registered(), in_office).when(tolerate_over_limit, UNTIL).then(TOLERATED)
    project(registered(), in_office, TOLERATED).when(tolerate_over_limit, UNTIL).then()


def test_without_a_manager_there_is_nothing_to_tolerate() -> None:
    project(registered()).when(tolerate_over_limit, UNTIL).then()


def test_another_amendment_ends_a_tolerance() -> None:
    project(registered(), in_office, TOLERATED, amended(150_000)).when(tolerate_over_limit, UNTIL).then(TOLERATED)


def test_a_tolerance_ends_with_the_managers_tenure() -> None:
    left = ManagerLeftOffice(licence_id=ZHANG, until=TODAY, reason="离任", replacement_due=UNTIL)
    assert state(registered(), in_office, TOLERATED).over_limit_until == UNTIL
    assert state(registered(), in_office, TOLERATED, left).over_limit_until is None
