"""Withdrawing a project: with all its sections, when nobody is in office there."""

from domain.projects.events import ProjectWithdrawn, SectionWithdrawn
from domain.projects.rules import nobody_is_in_office, project_is_on_register
from domain.projects.withdrawal import WithdrawProject, withdraw_project, withdraw_section
from tests.domain.projects.builders import (
    EAST,
    ESTATE,
    TODAY,
    WEST,
    in_office,
    project,
    registered,
    section,
    state,
    with_section,
    withdrawn,
)

WITHDRAW = WithdrawProject(project_id=ESTATE, reason="合同终止")
WITHDRAWN = ProjectWithdrawn(reason="合同终止", withdrawn_on=TODAY)


def test_a_project_is_withdrawn() -> None:
    project(registered()).when(withdraw_project, WITHDRAW, sections=(), today=TODAY).then(WITHDRAWN)
    assert not state(registered(), WITHDRAWN).is_active


def test_a_project_is_withdrawn_with_its_sections() -> None:
    project(registered(), with_section()).when(
        withdraw_project, WITHDRAW, sections=(state(section()),), today=TODAY
    ).then(WITHDRAWN)


def test_a_withdrawn_project_has_no_active_sections() -> None:
    assert not state(registered(400_000), with_section(120_000, EAST), WITHDRAWN).has_sections


def test_the_manager_must_have_left() -> None:
    project(registered(), in_office).when(withdraw_project, WITHDRAW, sections=(), today=TODAY).breaks(
        nobody_is_in_office
    )


def test_the_managers_of_the_sections_must_have_left() -> None:
    project(registered(), with_section()).when(
        withdraw_project, WITHDRAW, sections=(state(section()), state(section(), in_office)), today=TODAY
    ).breaks(nobody_is_in_office)


def test_a_project_is_withdrawn_once() -> None:
    project(registered(), withdrawn).when(withdraw_project, WITHDRAW, sections=(), today=TODAY).breaks(
        project_is_on_register
    )


def test_a_section_is_withdrawn_by_itself() -> None:
    project(section()).when(withdraw_project, WITHDRAW, sections=(), today=TODAY).then(WITHDRAWN)


def test_the_parent_notes_a_withdrawn_section_once() -> None:
    gone = SectionWithdrawn(section_id=EAST)
    parent = (registered(400_000), with_section(120_000, EAST), with_section(180_000, WEST))
    project(*parent).when(withdraw_section, EAST).then(gone)
    project(*parent, gone).when(withdraw_section, EAST).then()
    assert set(state(*parent, gone).sections) == {WEST}


def test_without_sections_left_a_project_is_undivided() -> None:
    assert state(registered(400_000), with_section(120_000, EAST)).has_sections
    assert not state(registered(400_000), with_section(120_000, EAST), SectionWithdrawn(section_id=EAST)).has_sections
