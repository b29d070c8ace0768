"""By when a request is to be answered and done, and how a pause moves that.

Seven working days are counted as the clock counts everything else: seven times twenty-four hours of which only those
on working days count. Received at ten on a working day, it is due at ten on the seventh one after; received on a day
that is none, at the end of the seventh.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.kernel.rule_set import RuleSet
from domain.kernel.working_time import CountedTime
from domain.service_requests.words import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The instants, in UTC, through which an answer and a completion are in time."""

    respond_by: datetime
    resolve_by: datetime


def deadlines(category: Category, since: datetime, rules: RuleSet) -> Deadlines:
    """Answer the deadlines of a request of a category that is received at an instant; a reopening sets no others."""
    times = rules.sla[category]
    hours = rules.service_hours if times.respond_in_service_hours else None
    answering = CountedTime(timezone=ZoneInfo(rules.timezone), hours=hours)
    return Deadlines(
        respond_by=answering.after(since, timedelta(minutes=times.respond_minutes)),
        resolve_by=_resolving(category, rules).after(since, _time_to_resolve(category, rules)),
    )


def take_charge_by(since: datetime, rules: RuleSet) -> datetime:
    """Answer through when somebody is to take charge of a major request, at any hour."""
    return CountedTime(timezone=ZoneInfo(rules.timezone)).after(since, timedelta(hours=rules.major_take_charge_hours))


def moved(resolve_by: datetime, category: Category, rules: RuleSet, *, since: datetime, until: datetime) -> datetime:
    """Answer the deadline when the time of a pause does not count.

    What was left of the time when the pause began, nothing perhaps, is left when it ends; where working days are
    counted, a pause over days off moves nothing. A deadline that had passed before the pause stays passed.
    """
    counted = _resolving(category, rules)
    return resolve_by if resolve_by < since else counted.after(until, counted.between(since, resolve_by))


def _resolving(category: Category, rules: RuleSet) -> CountedTime:
    days = rules.working_days if rules.sla[category].resolve_working_days is not None else None
    return CountedTime(timezone=ZoneInfo(rules.timezone), days=days)


def _time_to_resolve(category: Category, rules: RuleSet) -> timedelta:
    times = rules.sla[category]
    if times.resolve_working_days is not None:
        return timedelta(days=times.resolve_working_days)
    return timedelta(hours=times.resolve_hours or 0)
