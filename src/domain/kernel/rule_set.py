"""Policy as dated data: every number of the regulation that a city could choose otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from domain.kernel.area import Area
from domain.kernel.days import WorkingDays

FIRST_IN_FORCE: Final = date(2000, 1, 1)
"""The first rule set of a city is in force from this day, so that every later day has one."""


class Cycle(StrEnum):
    """The assessment cycle (考核周期) of one year (Text 3 §2(3))."""

    CALENDAR_YEAR = "calendar_year"
    REGISTRATION_YEAR = "registration_year"


class RevocationMode(StrEnum):
    """Whether the city revokes at once or after the hearing time."""

    IMMEDIATE = "immediate"
    AFTER_HEARING = "after_hearing"


class Needs(StrEnum):
    """What must have been held on the day of a violation for it to be charged."""

    NOTHING = "nothing"
    REGISTRATION = "registration"
    TENURE = "tenure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One entry of the catalogue: reference `points` within `lowest`–`highest`, and what it needs to be charged.

    `per_case` items (每件) never count as repeats; `limitation_years` overrides the rule set's own.
    """

    code: str
    sentence: str
    points: int
    lowest: int
    highest: int
    needs: Needs = Needs.TENURE
    per_case: bool = False
    limitation_years: int | None = None
    clause: str = "Text 3 §2(3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTimes:
    """Within what a request of one category is answered and resolved; working days win over hours where given."""

    respond_minutes: int
    resolve_hours: int | None = None
    resolve_working_days: int | None = None
    respond_in_service_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHours:
    """The hours of every day in which service is offered."""

    opens: time
    closes: time


# Without slots: what every decision looks up is worked out once.
@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """One version of the policy, in force from a day on; areas in m², periods in the unit that their name ends in."""

    version: str
    in_force_from: date
    max_projects: int
    max_area_m2: Area
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

    @cached_property
    def working_days(self) -> WorkingDays:
        """Monday to Friday with this set's holidays and make-up days."""
        return WorkingDays(holidays=frozenset(self.holidays), make_up_days=frozenset(self.make_up_days))

    def last_day(self, notice_served_on: date, days: int) -> date:
        """Answer the last day of a period that begins the day after a notice; moved on when it is no working day."""
        return self.working_days.on_or_after(notice_served_on + timedelta(days=days))

    def violation(self, code: str) -> Violation | None:
        """Look a violation up in the catalogue."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> Mapping[str, Violation]:
        """The catalogue by its codes, each of which it has once."""
        return {entry.code: entry for entry in self.catalogue}


@dataclass(frozen=True, slots=True)
class RuleSets:
    """Every rule set a city has adopted, in the order of adoption."""

    adopted: tuple[RuleSet, ...] = ()
    _latest_first: tuple[RuleSet, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put first what came into force last, and of two on one day the one adopted later."""
        in_order = sorted(self.adopted, key=lambda rules: rules.in_force_from)
        object.__setattr__(self, "_latest_first", tuple(reversed(in_order)))

    def in_force_on(self, day: date) -> RuleSet:
        """Answer the set in force on a day: the latest to have come into force, the later adopted of two."""
        for rules in self._latest_first:
            if rules.in_force_from <= day:
                return rules
        return self.adopted[0]

    def today(self, instant: datetime) -> date:
        """Answer what day an instant is in the city, by the time zone in force there and then."""
        for rules in self._latest_first:
            day = _day_in(rules.timezone, instant)
            if rules.in_force_from <= day:
                return day
        return _day_in(self.adopted[0].timezone, instant)

    def version(self, version: str) -> RuleSet | None:
        """Look a rule set up by its version."""
        return next((rules for rules in self.adopted if rules.version == version), None)


def _day_in(timezone: str, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(timezone)).date()
