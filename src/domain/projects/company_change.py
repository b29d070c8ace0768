"""Another company takes a project on, with all its sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.kernel.identifiers import CompanyId, ProjectId
from domain.kernel.rules import check
from domain.projects.events import CompanyChanged, ProjectEvent
from domain.projects.project import Project
from domain.projects.rules import (
    Case,
    managing_company_is_open,
    nobody_is_in_office,
    project_is_on_register,
    project_is_whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCompany:
    """Hand a project over to another company, or an unmanaged one to its first."""

    project_id: ProjectId
    company_id: CompanyId


def change_company(
    project: Project, asked: ChangeCompany, *, sections: Sequence[Project], company_is_closed: bool
) -> list[ProjectEvent]:
    """Change the company; the events stand for the project and for each of its sections; nothing when it is the same.

    Raises: RulesBroken.
    """
    if project.company_id == asked.company_id:
        check(Case(project=project), project_is_on_register, project_is_whole)
        return []
    check(
        Case(project=project, sections=tuple(sections), company_is_closed=company_is_closed),
        project_is_on_register,
        project_is_whole,
        managing_company_is_open,
        nobody_is_in_office,
    )
    return [CompanyChanged(company_id=asked.company_id)]
