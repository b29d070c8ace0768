"""Entering a stage; every section has its own."""

from domain.projects.events import Stage, StageEntered
from domain.projects.rules import project_is_on_register
from domain.projects.stage import EnterStage, enter_stage
from tests.domain.projects.builders import ESTATE, project, registered, section, withdrawn

REGULAR = EnterStage(project_id=ESTATE, stage=Stage.REGULAR)


def test_a_project_enters_a_stage() -> None:
    project(registered(stage=Stage.SHOW_AREA)).when(enter_stage, REGULAR).then(StageEntered(stage=Stage.REGULAR))


def test_the_same_stage_is_nothing_to_do() -> None:
    project(registered(stage=Stage.REGULAR)).when(enter_stage, REGULAR).then()
    project(registered(stage=Stage.SHOW_AREA), StageEntered(stage=Stage.REGULAR)).when(enter_stage, REGULAR).then()


def test_a_section_enters_a_stage_of_its_own() -> None:
    project(section(stage=Stage.SHOW_AREA)).when(enter_stage, REGULAR).then(StageEntered(stage=Stage.REGULAR))


def test_a_withdrawn_project_enters_no_stage() -> None:
    project(registered(stage=Stage.SHOW_AREA), withdrawn).when(enter_stage, REGULAR).breaks(project_is_on_register)
    project(registered(stage=Stage.REGULAR), withdrawn).when(enter_stage, REGULAR).breaks(project_is_on_register)
