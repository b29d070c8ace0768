"""Entering a stage."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from domain.projects.project import PROJECT
from domain.projects.stage import EnterStage, enter_stage


@dataclass(frozen=True, slots=True)
class EnteringStage:
    """Have one project, or one section, enter a stage."""

    command: ClassVar[str] = "enter-stage"

    async def __call__(self, dossier: Dossier, asked: EnterStage) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.ENTER_STAGE, thing, reading=Operation.READ_PROJECTS)
        dossier.add(PROJECT, asked.project_id, enter_stage(project, asked))
