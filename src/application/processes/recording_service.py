"""Recording that the notice of a deduction was served later."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.scope import supervised
from domain.kernel.errors import existing
from domain.licensing.folding import LICENCE
from domain.licensing.objection import RecordService, record_service


@dataclass(frozen=True, slots=True)
class RecordingService:
    """Move the last days to object and to rectify to where the service puts them."""

    command: ClassVar[str] = "record-service"

    async def __call__(self, dossier: Dossier, asked: RecordService) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        deduction = existing(licence.deductions.get(asked.deduction_id))
        await dossier.admit(
            Operation.RECORD_SERVICE,
            await supervised(dossier, asked.licence_id, licence, charged_at=deduction.company_id),
            reading=Operation.READ_LICENCES,
        )
        rule_sets = await dossier.rule_sets()
        rules, today = rule_sets.in_force_on(deduction.occurred_on), rule_sets.today(dossier.now)
        dossier.add(LICENCE, asked.licence_id, record_service(deduction, asked, rules, today=today))
