"""What can be looked up about rule sets: answered from the rulebook itself, which is short and always current."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Protocol

from application.kernel.pages import Slice
from application.kernel.ports import Clock
from application.kernel.states import States
from domain.kernel.errors import NoSuchThing
from domain.kernel.rule_set import Cycle, ResponseTimes, RevocationMode, RuleSet, RuleSets, ServiceHours, Violation
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetPage:
    """A rule set as people look it up: every key under its own name; areas in square metres."""

    version: str
    in_force_from: date
    max_projects: int
    max_area_m2: Decimal
    cycle: Cycle
    warning_points: int
    interview_points: int
    revocation_points: int
    inspection_fail_points: int
    revocation_mode: RevocationMode
    hearing_days: int
    limitation_years: int
    replacement_days: int
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    ban_years: int
    objection_days: int
    rectification_days: int
    repeat_offence_count: int
    timezone: str
    catalogue: tuple[Violation, ...]
    sla: Mapping[str, ResponseTimes]
    service_hours: ServiceHours
    major_take_charge_hours: int

    @classmethod
    def of(cls, rules: RuleSet) -> "RuleSetPage":
        """Show a rule set."""
        keys = {entry.name: getattr(rules, entry.name) for entry in fields(RuleSet)}
        return cls(**keys | {"max_area_m2": rules.max_area_m2.square_metres})


class RuleSetQueries(Protocol):
    """The pages of rule sets; lists are in the order of adoption, `after` is what the last slice called `next`."""

    async def current(self, on: date | None = None) -> tuple[RuleSetPage, int]:
        """Answer the rule set in force on a day, today in the city when none is named, and its number in the rulebook.

        The n-th rule set adopted is the n-th version of the rulebook. Raises: NoSuchThing for a day before the first.
        """

    async def find(self, version: str) -> tuple[RuleSetPage, int] | None:
        """Answer a rule set by its version, and its number in the rulebook."""

    async def list(self, *, after: int | None = None, limit: int) -> Slice[RuleSetPage]:
        """Answer the rule sets adopted."""


@dataclass(frozen=True, slots=True)
class ReadingRuleSets:
    """Looks rule sets up in the log."""

    states: States
    clock: Clock

    async def current(self, on: date | None = None) -> tuple[RuleSetPage, int]:
        """Answer the rule set in force on a day, and its number in the rulebook."""
        rulebook = await self._rulebook()
        day = rulebook.today(self.clock.now()) if on is None else on
        rules = rulebook.in_force_on(day)
        if day < rules.in_force_from:
            raise NoSuchThing
        return RuleSetPage.of(rules), rulebook.adopted.index(rules) + 1

    async def find(self, version: str) -> tuple[RuleSetPage, int] | None:
        """Answer a rule set by its version, and its number in the rulebook."""
        rulebook = await self._rulebook()
        rules = rulebook.version(version)
        return None if rules is None else (RuleSetPage.of(rules), rulebook.adopted.index(rules) + 1)

    async def list(self, *, after: int | None = None, limit: int) -> Slice[RuleSetPage]:
        """Answer the rule sets adopted, in the order of adoption."""
        first = after or 0
        adopted = (await self._rulebook()).adopted
        shown = adopted[first : first + limit]
        reached = first + len(shown)
        return Slice(
            items=tuple(RuleSetPage.of(rules) for rules in shown), next=reached if reached < len(adopted) else None
        )

    async def _rulebook(self) -> RuleSets:
        known = await self.states.catch_up(RULEBOOK, RULEBOOK.stream(RULEBOOK_ID))
        return known.state or RuleSets()
