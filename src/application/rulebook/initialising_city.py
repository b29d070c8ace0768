"""A city begins with the first rule set; everything else is decided by one."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from domain.kernel.rule_set import RuleSet
from domain.rulebook.adopting import adopt_first_rule_set
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialiseCity:
    """Begin with this rule set, unless the city has begun."""

    first: RuleSet


@dataclass(frozen=True, slots=True)
class InitialisingCity:
    """Adopt the first rule set once: of two processes that start at once, the second finds nothing left to do."""

    command: ClassVar[str] = "initialise-city"

    async def __call__(self, dossier: Dossier, asked: InitialiseCity) -> None:
        """Decide on the dossier."""
        rulebook = await dossier.create(RULEBOOK, RULEBOOK_ID)
        await dossier.admit(Operation.INITIALISE_CITY, reading=Operation.READ_RULE_SETS)
        dossier.add(RULEBOOK, RULEBOOK_ID, adopt_first_rule_set(rulebook, asked.first))
