"""The municipal authority adopts a later rule set."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from domain.rulebook.adopting import AdoptRuleSet, adopt_rule_set
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID


@dataclass(frozen=True, slots=True)
class AdoptingRuleSet:
    """Adopt a rule set; its receipt is the rulebook's."""

    command: ClassVar[str] = "adopt-rule-set"

    async def __call__(self, dossier: Dossier, asked: AdoptRuleSet) -> None:
        """Decide on the dossier."""
        rulebook = await dossier.open(RULEBOOK, RULEBOOK_ID)
        await dossier.admit(Operation.ADOPT_RULE_SET, reading=Operation.READ_RULE_SETS)
        dossier.add(RULEBOOK, RULEBOOK_ID, adopt_rule_set(rulebook, asked, today=await dossier.today()))
