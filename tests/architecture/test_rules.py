"""Every rule has its own code, speaks both languages, cites its clause, and is broken alone by a test."""

import ast
import re
from collections import Counter

import pytest

from domain.kernel.rules import Rule
from tests.architecture.sources import ROOT, named_rules, parsed, python_files

CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def broken_alone_in(tree: ast.Module) -> set[str]:
    """Name the rules that stand alone in a `.breaks(…)`."""
    alone = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="breaks"), args=[ast.Name(id=name) | ast.Attribute(attr=name)]):
                alone.add(name)
    return alone


RULES = named_rules()


def test_there_are_rules() -> None:
    assert RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_says_what_it_demands_and_by_which_clause(rule: Rule[object]) -> None:
    assert CODE.fullmatch(rule.code)
    assert CHINESE.search(rule.zh)
    assert rule.en.strip()
    assert not CHINESE.search(rule.en)
    assert rule.cites.strip()
    assert callable(rule.is_broken_by)


def test_no_two_rules_share_a_code() -> None:
    rules = {id(rule): rule for rule in RULES.values()}
    assert [code for code, count in Counter(rule.code for rule in rules.values()).items() if count > 1] == []


def test_every_rule_is_broken_alone_by_a_test_of_its_own() -> None:
    trees = [parsed(path) for path in python_files(ROOT / "tests")]
    alone = {name for tree in trees for name in broken_alone_in(tree)}
    assert sorted(f"{name} ({rule.code})" for name, rule in RULES.items() if name not in alone) == []


def test_a_rule_broken_together_with_another_is_not_broken_alone() -> None:
    assert broken_alone_in(ast.parse("given(x).when(y).breaks(first, second)")) == set()
    assert broken_alone_in(ast.parse("given(x).when(y).breaks(rules.first)")) == {"first"}
