"""Concluding the annual inspection of a manager."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.scope import supervised
from domain.licensing.events import AnnualInspectionFailed
from domain.licensing.folding import LICENCE
from domain.licensing.inspection import ConcludeInspection, conclude_inspection


@dataclass(frozen=True, slots=True)
class ConcludingInspection:
    """Pass or fail the inspection of a year by the rules in force at its end; the receipt says which, and why not."""

    command: ClassVar[str] = "conclude-inspection"

    async def __call__(self, dossier: Dossier, asked: ConcludeInspection) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.INSPECT,
            await supervised(dossier, asked.licence_id, licence),
            reading=Operation.READ_LICENCES,
        )
        rule_sets = await dossier.rule_sets()
        rules, today = rule_sets.in_force_on(date(asked.year, 12, 31)), rule_sets.today(dossier.now)
        decided = conclude_inspection(licence, asked, rules, today=today)
        dossier.add(LICENCE, asked.licence_id, decided)
        reasons = [reason for event in decided if isinstance(event, AnnualInspectionFailed) for reason in event.reasons]
        dossier.answer_with(passed=not reasons, reasons=reasons)
