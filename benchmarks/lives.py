"""Lives of licence files that never were: opened, then charged again and again, as the rules decide it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from adapters.identities import KeyedIdentities
from application.kernel.callers import Caller, Role
from application.licensing.opening_file import OpeningFile
from application.processes.deducting_points import DeductingPoints
from benchmarks.people import holder
from domain.kernel.identifiers import DeductionId, LicenceId, Subject
from domain.kernel.rule_set import RuleSet
from domain.licensing.certificates import OpenFile, open_file
from domain.licensing.deduction import Charge, DeductPoints, deduct_points
from domain.licensing.events import LicenceEvent, PointsDeducted
from domain.licensing.folding import evolve
from domain.licensing.licence import Licence

CHARGES: Final = 19
EVENTS_A_FILE: Final = 1 + CHARGES
CLERK: Final = Caller(subject=Subject("bench"), role=Role.MUNICIPAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """The files of people by number. One life is decided step by step; all others are the same under other names.

    `rules` have limits so high that a deduction has no consequence: every event is that of a command of its own.
    `known` is what a decision knows of any file after its life, ids apart.
    """

    identities: KeyedIdentities
    rules: RuleSet
    today: date
    first: LicenceId
    deductions: Sequence[PointsDeducted]
    known: Licence

    @classmethod
    def under(cls, rules: RuleSet, identities: KeyedIdentities, today: date) -> Self:
        """Decide the life that the others are made after."""
        first = _licence_id(identities, 0)
        opened = _opened(0, today)
        known = evolve(None, opened)
        deductions = []
        for _ in range(CHARGES):
            deducted = _charged(known, first, rules, identities, today)
            known = evolve(known, deducted)
            deductions.append(deducted)
        return cls(identities=identities, rules=rules, today=today, first=first, deductions=deductions, known=known)

    def licence_id(self, person: int) -> LicenceId:
        """Answer the id of a person's file."""
        return _licence_id(self.identities, person)

    def life(self, person: int) -> Iterator[tuple[str, LicenceEvent]]:
        """Answer, step by step, the command and the event that it led to."""
        yield OpeningFile.command, _opened(person, self.today)
        its_number, own_number = f"PM-{self.first.hex[:8]}", f"PM-{self.licence_id(person).hex[:8]}"
        for deducted in self.deductions:
            notice_number = deducted.notice_number.replace(its_number, own_number)
            own = replace(deducted, deduction_id=self.identities.deduction(), notice_number=notice_number)
            yield DeductingPoints.command, own

    def charged_again(self, licence: Licence, person: int) -> PointsDeducted:
        """Decide one more deduction, on what is known of a person's file."""
        return _charged(licence, self.licence_id(person), self.rules, self.identities, self.today)


def _licence_id(identities: KeyedIdentities, person: int) -> LicenceId:
    return identities.licence(holder(person).id_number)


def _opened(person: int, today: date) -> LicenceEvent:
    (opened,) = open_file(None, OpenFile(holder=holder(person)), by_company=None, today=today)
    return opened


def _charged(
    licence: Licence, licence_id: LicenceId, rules: RuleSet, identities: KeyedIdentities, today: date
) -> PointsDeducted:
    asked = DeductPoints(
        licence_id=licence_id,
        violation="V14",
        points=10,
        occurred_on=today,
        reason="投诉未按时限处理",
        evidence=("照片一",),
    )
    charge = Charge(deduction_id=DeductionId(identities.new()), officer=CLERK.subject, is_delegated=False, today=today)
    (deducted,) = deduct_points(licence, asked, rules, charge)
    if not isinstance(deducted, PointsDeducted):
        raise TypeError(f"a deduction led to {deducted}")
    return deducted
