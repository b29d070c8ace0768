"""Entering a stage: show area before handover, regular operation after it (Text 4 保洁 (一))."""

from dataclasses import dataclass

from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import check
from domain.projects.events import ProjectEvent, Stage, StageEntered
from domain.projects.project import Project
from domain.projects.rules import Case, project_is_on_register


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterStage:
    """Enter a stage."""

    project_id: ProjectId
    stage: Stage


def enter_stage(project: Project, asked: EnterStage) -> list[ProjectEvent]:
    """Enter a stage; every section has its own; nothing when it is in that stage.

    Raises: RulesBroken.
    """
    check(Case(project=project), project_is_on_register)
    return [] if project.stage is asked.stage else [StageEntered(stage=asked.stage)]
