"""Posting a zone's notice at an entrance."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from domain.projects.project import PROJECT
from domain.projects.zone_notice import PostNotice, post_notice


@dataclass(frozen=True, slots=True)
class PostingNotice:
    """Record that the notice of a zone hangs at an entrance."""

    command: ClassVar[str] = "post-notice"

    async def __call__(self, dossier: Dossier, asked: PostNotice) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.KEEP_ZONES, thing, reading=Operation.READ_PROJECTS)
        dossier.add(PROJECT, asked.project_id, post_notice(project, asked, today=await dossier.today()))
