"""Renewing the service contract of a project and of all its sections."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import check
from domain.projects.events import Contract, ContractRenewed, ProjectEvent
from domain.projects.project import Project
from domain.projects.rules import Case, project_is_on_register, project_is_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewContract:
    """Have the service contract run on these days, both included."""

    project_id: ProjectId
    starts_on: date
    ends_on: date


def renew_contract(project: Project, asked: RenewContract) -> list[ProjectEvent]:
    """Renew the contract; the events stand for the project and for each of its sections; nothing when it is the same.

    Raises: RulesBroken; Unacceptable when it ends before it starts.
    """
    if asked.ends_on < asked.starts_on:
        raise Unacceptable("/ends_on", zh="不得早于 starts_on", en="must not be before starts_on")
    check(Case(project=project), project_is_on_register, project_is_whole)
    if project.contract == Contract(starts_on=asked.starts_on, ends_on=asked.ends_on):
        return []
    return [ContractRenewed(starts_on=asked.starts_on, ends_on=asked.ends_on)]
