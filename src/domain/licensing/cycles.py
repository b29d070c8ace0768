"""The assessment cycle of one year (考核周期, Text 3 §2(3)) that a day belongs to."""

from datetime import MAXYEAR, MINYEAR, date, timedelta

from domain.kernel.days import Period, years_after
from domain.kernel.rule_set import Cycle, RuleSet
from domain.licensing.events import CycleLabel
from domain.licensing.licence import Licence


def cycle_of(licence: Licence, day: date, rules: RuleSet) -> CycleLabel:
    """Answer the label of the cycle that a day belongs to."""
    if rules.cycle is Cycle.CALENDAR_YEAR or not licence.registrations:
        return CycleLabel(str(day.year))
    return CycleLabel(_registration_year(licence, day).since.isoformat())


def cycle_of_year(licence: Licence, year: int, rules: RuleSet) -> tuple[CycleLabel, Period]:
    """Answer the cycle that an annual inspection of a year judges: the one that 31 December of the year lies in.

    A year beyond the calendar is taken for its first or last one.
    """
    year = min(max(year, MINYEAR), MAXYEAR)
    last_day = date(year, 12, 31)
    if rules.cycle is Cycle.CALENDAR_YEAR or not licence.registrations:
        return CycleLabel(str(year)), Period(date(year, 1, 1), last_day)
    period = _registration_year(licence, last_day)
    return CycleLabel(period.since.isoformat()), period


def _registration_year(licence: Licence, day: date) -> Period:
    """Find the twelve months from an anniversary of the first registration; before it they are counted backwards."""
    first = min(held.since for held in licence.registrations)
    years = day.year - first.year
    if years_after(first, years) > day:
        years -= 1
    return Period(years_after(first, years), years_after(first, years + 1) - timedelta(days=1))
