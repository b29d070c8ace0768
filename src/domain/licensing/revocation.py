"""Revocation (吊销) and the decision over a proposed one (Text 3 §2(3))."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.days import years_after
from domain.kernel.identifiers import LicenceId
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.licensing.events import CycleLabel, LicenceEvent, LicenceRevoked, ManagerRelieved
from domain.licensing.licence import Licence, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRevocation:
    """Revoke a licence whose revocation was proposed."""

    licence_id: LicenceId
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The case of a decision over a proposal, the oldest when there are several."""

    proposal: Proposal | None
    today: date


def _hearing_is_open(case: Decision) -> bool:
    until = case.proposal.hearing_until if case.proposal else None
    return until is not None and case.today <= until


revocation_is_proposed: Final = Rule[Decision](
    code="revocation.not-proposed",
    zh="没有待决定的吊销建议",
    en="no revocation is proposed",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.proposal is None,
)
hearing_is_over: Final = Rule[Decision](
    code="revocation.hearing-open",
    zh="听证期限未满",
    en="the hearing time has not passed",
    cites="Text 3 §2(3); rule set: hearing_days",
    is_broken_by=_hearing_is_open,
)


def proposed(licence: Licence) -> Proposal | None:
    """Answer the oldest proposal that is not decided."""
    return licence.proposals[0] if licence.proposals else None


def decide_revocation(licence: Licence, asked: DecideRevocation, rules: RuleSet, *, today: date) -> list[LicenceEvent]:
    """Revoke after a proposal; `rules` are those that the proposal was made under."""
    proposal = proposed(licence)
    check(Decision(proposal, today), revocation_is_proposed, hearing_is_over)
    assert proposal is not None  # noqa: S101 - the first rule has just said so
    total = licence.total(proposal.cycle)
    return revoke(licence, proposal.cycle, total, rules, today=today, reason=asked.reason)


def revoke(
    licence: Licence, cycle: CycleLabel, total: int, rules: RuleSet, *, today: date, reason: str | None = None
) -> list[LicenceEvent]:
    """Revoke for a cycle's total of points and relieve from every project.

    The ban ends with the corresponding day, that day included.
    """
    held = licence.registration
    revoked = LicenceRevoked(
        cycle=cycle,
        total=total,
        revoked_on=today,
        banned_until=years_after(today, rules.ban_years),
        company_id=held.company_id if held else None,
        reason=reason,
        rule_set=rules.version,
    )
    reliefs = (
        ManagerRelieved(project_id=tenure.project_id, reason="licence revoked", until=today)
        for tenure in licence.appointments
    )
    return [revoked, *reliefs]
