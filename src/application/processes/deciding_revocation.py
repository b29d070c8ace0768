"""Deciding a proposed revocation."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from application.processes.consequences import carry_over
from domain.licensing.folding import LICENCE
from domain.licensing.revocation import DecideRevocation, decide_revocation, proposed


@dataclass(frozen=True, slots=True)
class DecidingRevocation:
    """Revoke what a district, or a deduction under the mode `after_hearing`, has proposed."""

    command: ClassVar[str] = "decide-revocation"

    async def __call__(self, dossier: Dossier, asked: DecideRevocation) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.DECIDE_REVOCATION, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        rule_sets, today = await dossier.rule_sets(), await dossier.today()
        proposal = proposed(licence)
        made_under = rule_sets.version(proposal.rule_set) if proposal else None
        rules = made_under or rule_sets.in_force_on(today)
        await carry_over(dossier, asked.licence_id, decide_revocation(licence, asked, rules, today=today))
