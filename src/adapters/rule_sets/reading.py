"""Reading a rule set from TOML."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from domain.kernel.area import Area
from domain.kernel.rule_set import Cycle, Needs, ResponseTimes, RevocationMode, RuleSet, ServiceHours, Violation


def read_rule_set(text: str, *, timezone: str | None = None) -> RuleSet:
    """Read a rule set from TOML; `timezone` stands in for the one that is written.

    Keys are those of `RuleSet`; areas are whole square metres; a violation without `lowest` and `highest` has no range.
    Raises: tomllib.TOMLDecodeError for what is no TOML; TypeError for a missing or unknown key; KeyError for a missing
    one that is a table; ValueError for a value that is no area, cycle, mode or need.
    """
    written = tomllib.loads(text)
    return RuleSet(
        **written
        | {
            "timezone": timezone or written["timezone"],
            "max_area_m2": Area.of(written["max_area_m2"]),
            "cycle": Cycle(written["cycle"]),
            "revocation_mode": RevocationMode(written["revocation_mode"]),
            "holidays": tuple(written["holidays"]),
            "make_up_days": tuple(written["make_up_days"]),
            "service_hours": ServiceHours(**written["service_hours"]),
            "sla": {category: ResponseTimes(**times) for category, times in written["sla"].items()},
            "catalogue": tuple(_violation(entry) for entry in written["catalogue"]),
        }
    )


def first_rule_set(*, timezone: str | None = None) -> RuleSet:
    """Read the rule set that a city begins with, in the city's time zone."""
    return read_rule_set(files(__package__).joinpath("first.toml").read_text(encoding="utf-8"), timezone=timezone)


def _violation(written: Mapping[str, Any]) -> Violation:
    return Violation(
        **{
            "lowest": written["points"],
            "highest": written["points"],
            **written,
            "needs": Needs(written["needs"]),
        }
    )
