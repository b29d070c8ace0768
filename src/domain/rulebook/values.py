"""Which values a rule set may hold: those that every decision can be made with."""

from collections.abc import Iterator
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.kernel.errors import Unacceptable
from domain.kernel.rule_set import ResponseTimes, RuleSet, Violation

CATEGORIES: Final = ("emergency", "minor", "complex", "complaint", "consultation", "suggestion")
"""The categories of service requests, each with its response times."""

MOST_YEARS: Final = 100
MOST_DAYS: Final = 3_660
MOST_POINTS: Final = 10_000
MOST_PROJECTS: Final = 1_000
MOST_MINUTES: Final = 525_600
MOST_HOURS: Final = 8_760


class _Bounds(NamedTuple):
    lowest: int
    highest: int


_NUMBERS: Final = {
    "max_projects": _Bounds(1, MOST_PROJECTS),
    "warning_points": _Bounds(1, MOST_POINTS),
    "interview_points": _Bounds(1, MOST_POINTS),
    "revocation_points": _Bounds(1, MOST_POINTS),
    "inspection_fail_points": _Bounds(1, MOST_POINTS),
    "hearing_days": _Bounds(0, MOST_DAYS),
    "limitation_years": _Bounds(0, MOST_YEARS),
    "replacement_days": _Bounds(0, MOST_DAYS),
    "ban_years": _Bounds(0, MOST_YEARS),
    "objection_days": _Bounds(0, MOST_DAYS),
    "rectification_days": _Bounds(0, MOST_DAYS),
    "repeat_offence_count": _Bounds(1, MOST_POINTS),
    "major_take_charge_hours": _Bounds(1, MOST_HOURS),
}


def acceptable(rules: RuleSet) -> None:
    """Turn away a rule set with a value that no decision can be made with.

    Raises: Unacceptable with the pointer of the first such value.
    """
    for error in _errors(rules):
        raise error


def _errors(rules: RuleSet) -> Iterator[Unacceptable]:
    for key, bounds in _NUMBERS.items():
        yield from _outside(f"/{key}", getattr(rules, key), bounds)
    if not rules.max_area_m2.square_metres:
        yield Unacceptable("/max_area_m2", zh="必须大于零", en="must be more than zero")
    if not _is_a_timezone(rules.timezone):
        yield Unacceptable(
            "/timezone", zh="必须是 IANA 时区名称,例如 Asia/Shanghai", en="must be an IANA time zone, as Asia/Shanghai"
        )
    if rules.service_hours.closes <= rules.service_hours.opens:
        yield Unacceptable("/service_hours/closes", zh="必须晚于 opens", en="must be later than opens")
    yield from _catalogue_errors(rules.catalogue)
    yield from _sla_errors(rules)


def _outside(pointer: str, value: int, bounds: _Bounds) -> Iterator[Unacceptable]:
    if not bounds.lowest <= value <= bounds.highest:
        yield Unacceptable(
            pointer,
            zh=f"必须在 {bounds.lowest} 与 {bounds.highest} 之间",
            en=f"must be between {bounds.lowest} and {bounds.highest}",
        )


def _is_a_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _catalogue_errors(catalogue: tuple[Violation, ...]) -> Iterator[Unacceptable]:
    if not catalogue:
        yield Unacceptable("/catalogue", zh="不得为空", en="must not be empty")
    seen: set[str] = set()
    for index, entry in enumerate(catalogue):
        pointer = f"/catalogue/{index}"
        if entry.code in seen:
            yield Unacceptable(f"{pointer}/code", zh="代码重复", en="this code stands in the catalogue twice")
        seen.add(entry.code)
        yield from _outside(f"{pointer}/lowest", entry.lowest, _Bounds(1, MOST_POINTS))
        yield from _outside(f"{pointer}/highest", entry.highest, _Bounds(entry.lowest, MOST_POINTS))
        yield from _outside(f"{pointer}/points", entry.points, _Bounds(entry.lowest, entry.highest))
        if entry.limitation_years is not None:
            yield from _outside(f"{pointer}/limitation_years", entry.limitation_years, _Bounds(1, MOST_YEARS))


def _sla_errors(rules: RuleSet) -> Iterator[Unacceptable]:
    if set(rules.sla) != set(CATEGORIES):
        named = ", ".join(CATEGORIES)
        yield Unacceptable("/sla", zh=f"必须且只能包含:{named}", en=f"must hold exactly: {named}")
    for category, times in rules.sla.items():
        yield from _response_errors(f"/sla/{category}", times)


def _response_errors(pointer: str, times: ResponseTimes) -> Iterator[Unacceptable]:
    yield from _outside(f"{pointer}/respond_minutes", times.respond_minutes, _Bounds(1, MOST_MINUTES))
    if (times.resolve_hours is None) == (times.resolve_working_days is None):
        yield Unacceptable(
            pointer,
            zh="resolve_hours 与 resolve_working_days 必须且只能给出一个",
            en="must hold either resolve_hours or resolve_working_days",
        )
    if times.resolve_hours is not None:
        yield from _outside(f"{pointer}/resolve_hours", times.resolve_hours, _Bounds(1, MOST_HOURS))
    if times.resolve_working_days is not None:
        yield from _outside(f"{pointer}/resolve_working_days", times.resolve_working_days, _Bounds(1, MOST_DAYS))
