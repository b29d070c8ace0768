"""A rule is a named value; a refusal carries every rule that was broken, not the first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Case = TypeVar("Case")
Judged_contra = TypeVar("Judged_contra", contravariant=True)


# Without slots: Python 3.11 cannot call a subscripted generic class that is both frozen and slotted.
@dataclass(frozen=True, kw_only=True)
class Rule(Generic[Judged_contra]):
    """One sentence of the regulation that a decision checks.

    `code` is a promise to clients and never changes; `zh` and `en` are the sentence shown; `cites` names the clause
    (`Text 3 §2(1)`) or the record that the rule rests on; `is_broken_by` is a pure predicate over the case at hand.
    """

    code: str
    zh: str
    en: str
    cites: str
    is_broken_by: Callable[[Judged_contra], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule as a refusal names it: code, both sentences, clause."""

    code: str
    zh: str
    en: str
    cites: str


class RulesBroken(Exception):
    """The rules refuse what was asked; `broken` holds all of them in the order in which they were checked."""

    def __init__(self, broken: tuple[Broken, ...]) -> None:
        super().__init__(", ".join(rule.code for rule in broken))
        self.broken = broken


def check(case: Case, *rules: Rule[Case]) -> None:
    """Judge every rule and refuse with all that are broken.

    Raises: RulesBroken.
    """
    broken = tuple(
        Broken(code=rule.code, zh=rule.zh, en=rule.en, cites=rule.cites) for rule in rules if rule.is_broken_by(case)
    )
    if broken:
        raise RulesBroken(broken)


def together(decide: Callable[[], Case], *checks: Callable[[], object]) -> Case:
    """Make a decision that stands or falls with other checks; refuse with all the rules that any finds broken.

    Raises: RulesBroken.
    """
    decided: list[Case] = []
    broken: dict[str, Broken] = {}
    for judge in (lambda: decided.append(decide()), *checks):
        try:
            judge()
        except RulesBroken as refusal:
            broken |= {rule.code: rule for rule in refusal.broken}
    if broken:
        raise RulesBroken(tuple(broken.values()))
    return decided[0]
