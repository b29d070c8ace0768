"""The rulebook: the one stream that holds every rule set of a city."""

from typing import Final, assert_never
from uuid import uuid5

from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import NAMESPACE
from domain.kernel.rule_set import RuleSets
from domain.rulebook.events import STORED_NAMES, RulebookEvent, RulebookRequestRefused, RuleSetAdopted

RULEBOOK_ID: Final = uuid5(NAMESPACE, "rulebook")
"""A city, that is a log, has one rulebook."""


def _evolve(state: RuleSets | None, event: RulebookEvent) -> RuleSets:
    rulebook = state or RuleSets()
    match event:
        case RuleSetAdopted():
            return RuleSets((*rulebook.adopted, event))
        case RulebookRequestRefused():
            return rulebook
        case _:
            assert_never(event)


RULEBOOK: Final = Aggregate[RuleSets, RulebookEvent](name="rule-set", events=STORED_NAMES, evolve=_evolve)
