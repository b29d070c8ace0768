"""Deregistering practice: the licence and the roster of the company that is left."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from application.processes.consequences import carry_over
from domain.licensing.folding import LICENCE
from domain.licensing.registration import DeregisterPractice, deregister_practice


@dataclass(frozen=True, slots=True)
class DeregisteringPractice:
    """End a registration."""

    command: ClassVar[str] = "deregister-practice"

    async def __call__(self, dossier: Dossier, asked: DeregisterPractice) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.KEEP_LICENCE_FILES, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        today = await dossier.today()
        await carry_over(dossier, asked.licence_id, deregister_practice(licence, asked, today=today))
