"""Deducting points, and revoking when the cycle's total reaches the limit."""

from dataclasses import dataclass, field
from typing import ClassVar

from application.kernel.attachments import AttachmentsKnown, NoAttachments, ids_among
from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.kernel.ports import Identities
from application.processes.consequences import carry_over
from application.processes.scope import supervised
from domain.licensing.deduction import Charge, DeductPoints, deduct_points
from domain.licensing.folding import LICENCE
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True)
class DeductingPoints:
    """Charge a manager with a violation; relief from every project is in the same append as a revocation.

    Evidence may be any text; the ids among it of attachments that the caller knows are put down as such, and kept.
    """

    identities: Identities
    attachments: AttachmentsKnown = field(default_factory=NoAttachments)
    command: ClassVar[str] = "deduct-points"

    async def __call__(self, dossier: Dossier, asked: DeductPoints) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.DEDUCT,
            await supervised(dossier, asked.licence_id, licence),
            reading=Operation.READ_LICENCES,
        )
        if asked.project_id is not None:
            await dossier.named(PROJECT, asked.project_id, "/project_id")
        rule_sets = await dossier.rule_sets()
        named = ids_among(asked.evidence)
        known = await self.attachments.known(named, to=dossier.caller)
        charge = Charge(
            deduction_id=self.identities.deduction(),
            officer=dossier.caller.subject,
            is_delegated=dossier.caller.role is Role.DISTRICT,
            today=rule_sets.today(dossier.now),
            attachments=tuple(attachment for attachment in named if attachment in known),
        )
        decided = deduct_points(licence, asked, rule_sets.in_force_on(asked.occurred_on), charge)
        await carry_over(dossier, asked.licence_id, decided)
        dossier.answer_with(deduction_id=str(charge.deduction_id))
