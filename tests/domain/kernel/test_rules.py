"""A refusal carries every rule that is broken, in the order in which they were checked."""

from typing import Final

import pytest

from domain.kernel.rules import Broken, Rule, RulesBroken, check, together

is_small: Final = Rule[int](code="n.large", zh="太大", en="too large", cites="one", is_broken_by=lambda n: n > 5)
is_even: Final = Rule[int](code="n.odd", zh="单数", en="odd", cites="two", is_broken_by=lambda n: n % 2 == 1)
is_lucky: Final = Rule[int](code="n.four", zh="四", en="four", cites="three", is_broken_by=lambda n: n == 4)


def refused(number: int) -> list[str]:
    with pytest.raises(RulesBroken) as refusal:
        check(number, is_small, is_even, is_lucky)
    return [rule.code for rule in refusal.value.broken]


def test_what_breaks_no_rule_passes() -> None:
    check(2, is_small, is_even, is_lucky)
    check(7)


def test_one_broken_rule_is_named_alone() -> None:
    assert refused(3) == ["n.odd"]
    assert refused(6) == ["n.large"]
    assert refused(4) == ["n.four"]


def test_all_broken_rules_are_named() -> None:
    assert refused(7) == ["n.large", "n.odd"]


def test_a_refusal_says_all_that_a_rule_says() -> None:
    with pytest.raises(RulesBroken, match=r"n\.large") as refusal:
        check(6, is_small)
    assert refusal.value.broken == (Broken(code="n.large", zh="太大", en="too large", cites="one"),)


def test_a_decision_and_other_checks_stand_together() -> None:
    assert together(lambda: "decided", lambda: check(2, is_small)) == "decided"


def test_a_decision_and_other_checks_fall_together() -> None:
    def decide() -> str:
        check(3, is_even)
        return "decided"

    with pytest.raises(RulesBroken) as refusal:
        together(decide, lambda: check(7, is_small, is_even), lambda: check(2, is_small))
    assert [rule.code for rule in refusal.value.broken] == ["n.odd", "n.large"]
