"""Rule sets for tests: the shipped one, with what matters changed."""

from dataclasses import replace
from typing import Any, Final

from adapters.rule_sets.reading import first_rule_set
from domain.kernel.rule_set import RuleSet

FIRST: Final = first_rule_set()


def rules(**changes: Any) -> RuleSet:
    """Answer the shipped rule set with these keys changed."""
    return replace(FIRST, **changes)
