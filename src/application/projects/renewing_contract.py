"""Renewing the service contract of a project."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.projects.scope import project_thing
from application.projects.sections import sections_of
from domain.projects.contract import RenewContract, renew_contract
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True)
class RenewingContract:
    """Renew the contract of a project and of all its sections, in one append."""

    command: ClassVar[str] = "renew-contract"

    async def __call__(self, dossier: Dossier, asked: RenewContract) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        thing = project_thing(asked.project_id, project)
        await dossier.admit(Operation.KEEP_PROJECTS, thing, reading=Operation.READ_PROJECTS)
        sections = await sections_of(dossier, project)
        renewed = renew_contract(project, asked)
        for each in (asked.project_id, *sections):
            dossier.add(PROJECT, each, renewed)
