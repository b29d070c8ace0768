"""Defining a service zone."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from domain.projects.project import PROJECT
from domain.projects.zone_definition import DefineZone, define_zone


@dataclass(frozen=True, slots=True)
class DefiningZone:
    """Lay out a zone of one project, or of one section, and name who answers for it."""

    command: ClassVar[str] = "define-zone"

    async def __call__(self, dossier: Dossier, asked: DefineZone) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.KEEP_ZONES, thing, reading=Operation.READ_PROJECTS)
        dossier.add(PROJECT, asked.project_id, define_zone(project, asked))
