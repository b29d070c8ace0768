"""Deciding an objection, and undoing what no longer follows when it is upheld."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from application.processes.consequences import carry_over
from domain.kernel.errors import existing
from domain.licensing.folding import LICENCE
from domain.licensing.objection import DecideObjection, decide_objection


@dataclass(frozen=True, slots=True)
class DecidingObjection:
    """Uphold or reject; a reinstated manager is back on the company's roster, not in the projects."""

    command: ClassVar[str] = "decide-objection"

    async def __call__(self, dossier: Dossier, asked: DecideObjection) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        deduction = existing(licence.deductions.get(asked.deduction_id))
        await dossier.admit(
            Operation.DECIDE_OBJECTION, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        rules = (await dossier.rule_sets()).in_force_on(deduction.occurred_on)
        decided = decide_objection(licence, asked, rules, officer=dossier.caller.subject, today=await dossier.today())
        await carry_over(dossier, asked.licence_id, decided)
