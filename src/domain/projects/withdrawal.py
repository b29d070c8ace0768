"""Withdrawing a project with all its sections, or one section by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import check
from domain.projects.events import ProjectEvent, ProjectWithdrawn, SectionWithdrawn
from domain.projects.project import Project
from domain.projects.rules import Case, nobody_is_in_office, project_is_on_register


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawProject:
    """Withdraw a project from the register."""

    project_id: ProjectId
    reason: str


def withdraw_project(
    project: Project, asked: WithdrawProject, *, sections: Sequence[Project], today: date
) -> list[ProjectEvent]:
    """Withdraw the project; the events stand for it and for each of its sections.

    Raises: RulesBroken.
    """
    check(Case(project=project, sections=tuple(sections)), project_is_on_register, nobody_is_in_office)
    return [ProjectWithdrawn(reason=asked.reason, withdrawn_on=today)]


def withdraw_section(parent: Project, section_id: ProjectId) -> list[ProjectEvent]:
    """Note in its parent that a section was withdrawn by itself."""
    return [SectionWithdrawn(section_id=section_id)] if section_id in parent.sections else []
