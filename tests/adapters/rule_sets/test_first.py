"""A city begins with the regulation's default values, to the letter."""

from adapters.rule_sets.reading import first_rule_set
from tests.domain.rule_sets import DEFAULT


def test_the_shipped_rule_set_is_the_regulations_default() -> None:
    assert first_rule_set() == DEFAULT
