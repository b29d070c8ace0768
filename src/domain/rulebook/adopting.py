"""Adopting a rule set: the first when a city is initialised, later ones from a day that is not past."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from domain.kernel.area import Area
from domain.kernel.rule_set import Cycle, ResponseTimes, RevocationMode, RuleSet, RuleSets, ServiceHours, Violation
from domain.kernel.rules import Rule, check
from domain.rulebook.events import RulebookEvent, RuleSetAdopted
from domain.rulebook.values import acceptable


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRuleSet:
    """Adopt a rule set; an omitted key (None) is that of the present set, the one in force on the day of adoption."""

    version: str
    in_force_from: date
    max_projects: int | None = None
    max_area_m2: Area | None = None
    cycle: Cycle | None = None
    warning_points: int | None = None
    interview_points: int | None = None
    revocation_points: int | None = None
    inspection_fail_points: int | None = None
    revocation_mode: RevocationMode | None = None
    hearing_days: int | None = None
    limitation_years: int | None = None
    replacement_days: int | None = None
    holidays: tuple[date, ...] | None = None
    make_up_days: tuple[date, ...] | None = None
    ban_years: int | None = None
    objection_days: int | None = None
    rectification_days: int | None = None
    repeat_offence_count: int | None = None
    timezone: str | None = None
    catalogue: tuple[Violation, ...] | None = None
    sla: Mapping[str, ResponseTimes] | None = None
    service_hours: ServiceHours | None = None
    major_take_charge_hours: int | None = None

    def on_top_of(self, present: RuleSet) -> RuleSetAdopted:
        """Complete what is asked with the keys of the present set."""
        keys = {entry.name: getattr(present, entry.name) for entry in fields(RuleSet)}
        asked = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return RuleSetAdopted(**keys | {key: value for key, value in asked.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Adoption:
    """The case of an adoption."""

    rulebook: RuleSets
    asked: AdoptRuleSet
    today: date


version_is_new: Final = Rule[Adoption](
    code="rule-set.version-exists",
    zh="该版本号的规则集已存在",
    en="a rule set of this version exists already",
    cites="Text 3 §2(3); reading: every decision names the version of the rule set it was made by",
    is_broken_by=lambda case: case.rulebook.version(case.asked.version) is not None,
)
comes_into_force_today_or_later: Final = Rule[Adoption](
    code="rule-set.in-force-in-the-past",
    zh="规则集的施行日期不得早于今天",
    en="a rule set cannot come into force on a day that is past",
    cites="Text 3 §2(3); reading: later rule sets never re-decide earlier decisions",
    is_broken_by=lambda case: case.asked.in_force_from < case.today,
)


def adopt_rule_set(rulebook: RuleSets, asked: AdoptRuleSet, *, today: date) -> list[RulebookEvent]:
    """Adopt a later rule set, completed from the one in force today.

    Raises: RulesBroken; Unacceptable for a value that no decision can be made with.
    """
    adopted = asked.on_top_of(rulebook.in_force_on(today))
    acceptable(adopted)
    check(Adoption(rulebook, asked, today), version_is_new, comes_into_force_today_or_later)
    return [adopted]


def adopt_first_rule_set(rulebook: RuleSets | None, first: RuleSet) -> list[RulebookEvent]:
    """Adopt the rule set that a city begins with; a city that has begun keeps what it has.

    Raises: Unacceptable for a value that no decision can be made with.
    """
    if rulebook is not None:
        return []
    acceptable(first)
    return [RuleSetAdopted(**{entry.name: getattr(first, entry.name) for entry in fields(RuleSet)})]
