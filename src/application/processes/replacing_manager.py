"""Replacing the manager of a project without a gap: relief and appointment in one append."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.processes.appointing_manager import admit_to_office, facts_of
from application.processes.consequences import carry_over
from application.processes.relieving_manager import manager_in_office
from domain.licensing.appointment import ReplaceManager, appoint, relieve, take_over
from domain.licensing.folding import LICENCE
from domain.projects.office import take_office
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True)
class ReplacingManager:
    """Relieve who is in office and appoint another; appointing the same person again is refused."""

    command: ClassVar[str] = "replace-manager"

    async def __call__(self, dossier: Dossier, asked: ReplaceManager) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        licence = await dossier.named(LICENCE, asked.licence_id, "/licence_id")
        await admit_to_office(dossier, asked, licence, project)
        rules, today = await dossier.rules_today()
        in_office = await manager_in_office(dossier, project)
        is_the_same = in_office is not None and in_office[0] == asked.licence_id
        decide = appoint if is_the_same else take_over
        appointed = decide(licence, facts_of(asked.project_id, project), rules, today=today)
        if in_office is not None:
            relieved = relieve(in_office[1], asked.project_id, reason=asked.reason, today=today)
            await carry_over(dossier, in_office[0], relieved)
        dossier.add(LICENCE, asked.licence_id, appointed)
        dossier.add(PROJECT, asked.project_id, take_office(project, asked.licence_id, since=today))
