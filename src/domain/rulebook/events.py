"""What has happened to a city's rulebook; these names and fields are for ever."""

from dataclasses import dataclass
from typing import Final

from domain.kernel.refusals import RequestRefused
from domain.kernel.rule_set import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetAdopted(RuleSet):
    """The city has adopted a rule set; the event is the rule set itself, complete, also where keys were omitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookRequestRefused(RequestRefused):
    """The adoption of a rule set was refused by rules."""


RulebookEvent = RuleSetAdopted | RulebookRequestRefused

STORED_NAMES: Final[dict[str, type[RulebookEvent]]] = {
    "rule-set.adopted": RuleSetAdopted,
    "rule-set.request-refused": RulebookRequestRefused,
}
