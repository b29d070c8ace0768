"""What an operator is told about an installation: what was looked at, whether it is well, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How something is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at; `advice` says what to do where something is not well."""

    subject: str
    verdict: Verdict
    says: str
    advice: str | None = None


def well(subject: str, says: str) -> Diagnosis:
    """Nothing needs to be done."""
    return Diagnosis(subject=subject, verdict=Verdict.OK, says=says)


def doubtful(subject: str, says: str, advice: str) -> Diagnosis:
    """It works, and somebody should look at it."""
    return Diagnosis(subject=subject, verdict=Verdict.WARN, says=says, advice=advice)


def broken(subject: str, says: str, advice: str) -> Diagnosis:
    """It does not work, or will not for long."""
    return Diagnosis(subject=subject, verdict=Verdict.FAIL, says=says, advice=advice)
