"""Relieving the manager of a project."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from application.processes.consequences import carry_over
from application.projects.scope import project_thing
from domain.kernel.errors import existing
from domain.kernel.identifiers import LicenceId
from domain.kernel.rules import check
from domain.licensing.appointment import Relief, RelieveManager, relieve, somebody_is_in_office
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from domain.projects.project import PROJECT, Project


@dataclass(frozen=True, slots=True)
class RelievingManager:
    """End the tenure of whoever is in office."""

    command: ClassVar[str] = "relieve-manager"

    async def __call__(self, dossier: Dossier, asked: RelieveManager) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        in_office = await manager_in_office(dossier, project)
        things = [project_thing(asked.project_id, project)]
        if dossier.caller.role is Role.COMPANY and in_office is not None:
            things.append(licence_thing(*in_office))
        await dossier.admit(Operation.APPOINT, *things, reading=Operation.READ_PROJECTS)
        check(Relief(is_managed=in_office is not None), somebody_is_in_office)
        licence_id, licence = existing(in_office)
        today = await dossier.today()
        await carry_over(dossier, licence_id, relieve(licence, asked.project_id, reason=asked.reason, today=today))


async def manager_in_office(dossier: Dossier, project: Project) -> tuple[LicenceId, Licence] | None:
    """Answer who manages a project now; a refusal is found under them too."""
    if project.manager is None:
        return None
    licence_id = project.manager.licence_id
    licence = await dossier.read(LICENCE, licence_id)
    dossier.concern(LICENCE, licence_id)
    return licence_id, existing(licence)
