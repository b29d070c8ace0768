"""The sections of a project, which share its company, its contract and its end."""

from collections.abc import Mapping

from application.kernel.dossier import Dossier
from domain.kernel.errors import existing
from domain.kernel.identifiers import ProjectId
from domain.projects.project import PROJECT, Project


async def sections_of(dossier: Dossier, project: Project) -> Mapping[ProjectId, Project]:
    """Answer the active sections of a project."""
    sections: dict[ProjectId, Project] = {}
    for section_id in project.sections:
        section = await dossier.read(PROJECT, section_id)
        sections[section_id] = existing(section)
    return sections
