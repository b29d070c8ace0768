"""What a project is measured against when a permission is scoped."""

from application.kernel.permissions import Thing
from domain.kernel.identifiers import ProjectId
from domain.projects.project import Project


def project_thing(project_id: ProjectId, project: Project) -> Thing:
    """Answer the project with the one it is a section of, its district, its company, and the manager in office."""
    return Thing(
        projects=frozenset({project_id} if project.section_of is None else {project_id, project.section_of}),
        districts=frozenset({project.district}),
        companies=frozenset() if project.company_id is None else frozenset({project.company_id}),
        licences=frozenset() if project.manager is None else frozenset({project.manager.licence_id}),
    )
