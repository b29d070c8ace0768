"""The body of the adoption of a rule set: every key of the policy, all but version and first day optional."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Final

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from api.http.fields import AreaM2, Body, Choice, Day, Flag, Name, Text, Whole
from api.http.sentences import refused
from domain.kernel.rule_set import Cycle, Needs, ResponseTimes, RevocationMode, ServiceHours, Violation
from domain.rulebook.adopting import AdoptRuleSet

IN_FORCE: Final = "current"
"""The word that stands in an address in place of a version."""

MOST_DAYS_LISTED: Final = 1_000
MOST_VIOLATIONS: Final = 1_000

_HOUR: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def _hour(value: object) -> time:
    if not isinstance(value, str) or not _HOUR.fullmatch(value[:5]) or value[5:] not in {"", ":00"}:
        raise refused("必须是时刻，格式为 HH:MM", "must be a time of day HH:MM")
    return time.fromisoformat(value)


def _not_the_word(version: str) -> str:
    if version == IN_FORCE:
        raise refused(f"不得为 {IN_FORCE}", f"must not be {IN_FORCE}: there the set in force is found")
    return version


Version = Annotated[Name, AfterValidator(_not_the_word)]
Hour = Annotated[time, PlainValidator(_hour), WithJsonSchema({"type": "string", "pattern": _HOUR.pattern})]
Days = Annotated[list[Day], Field(max_length=MOST_DAYS_LISTED)]


class ViolationBody(Body):
    """An entry of the catalogue; without a range the reference points are the only ones allowed."""

    code: Name
    sentence: Text
    points: Whole
    lowest: Whole | None = None
    highest: Whole | None = None
    needs: Choice[Needs] = Needs.TENURE
    per_case: Flag = False
    limitation_years: Whole | None = None
    clause: Name = "Text 3 §2(3)"

    @property
    def entry(self) -> Violation:
        """The entry as the catalogue holds it."""
        lowest = self.points if self.lowest is None else self.lowest
        highest = self.points if self.highest is None else self.highest
        return Violation(**{**dict(self), "lowest": lowest, "highest": highest})


class ResponseTimesBody(Body):
    """Within what a category is answered and resolved."""

    respond_minutes: Whole
    resolve_hours: Whole | None = None
    resolve_working_days: Whole | None = None
    respond_in_service_hours: Flag = False


class ServiceHoursBody(Body):
    """The hours of every day in which service is offered."""

    opens: Hour
    closes: Hour


class RuleSetBody(Body):
    """A rule set; omitted keys are those of the present set."""

    version: Version
    in_force_from: Day
    max_projects: Whole | None = None
    max_area_m2: AreaM2 | None = None
    cycle: Choice[Cycle] | None = None
    warning_points: Whole | None = None
    interview_points: Whole | None = None
    revocation_points: Whole | None = None
    inspection_fail_points: Whole | None = None
    revocation_mode: Choice[RevocationMode] | None = None
    hearing_days: Whole | None = None
    limitation_years: Whole | None = None
    replacement_days: Whole | None = None
    holidays: Days | None = None
    make_up_days: Days | None = None
    ban_years: Whole | None = None
    objection_days: Whole | None = None
    rectification_days: Whole | None = None
    repeat_offence_count: Whole | None = None
    timezone: Name | None = None
    catalogue: Annotated[list[ViolationBody], Field(max_length=MOST_VIOLATIONS)] | None = None
    sla: dict[str, ResponseTimesBody] | None = None
    service_hours: ServiceHoursBody | None = None
    major_take_charge_hours: Whole | None = None

    @property
    def asked(self) -> AdoptRuleSet:
        """The command that this body asks for."""
        given = dict(self) | {
            "holidays": None if self.holidays is None else tuple(self.holidays),
            "make_up_days": None if self.make_up_days is None else tuple(self.make_up_days),
            "catalogue": None if self.catalogue is None else tuple(entry.entry for entry in self.catalogue),
            "sla": _response_times(self.sla),
            "service_hours": None if self.service_hours is None else ServiceHours(**dict(self.service_hours)),
        }
        return AdoptRuleSet(**given)


def _response_times(sla: Mapping[str, ResponseTimesBody] | None) -> Mapping[str, ResponseTimes] | None:
    return None if sla is None else {category: ResponseTimes(**dict(times)) for category, times in sla.items()}
