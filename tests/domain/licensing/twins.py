"""A licence and its plain twin: whatever is asked of one is asked of the other, and both must answer alike."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceNumber, ProjectId, Subject
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import RulesBroken
from domain.licensing.appointment import appoint, change_appointed_area, holding_with, relieve
from domain.licensing.certificates import (
    OpenFile,
    RecordCertificate,
    WithdrawCertificate,
    open_file,
    record_certificate,
    withdraw_certificate,
)
from domain.licensing.deduction import Charge, DeductPoints, deduct_points
from domain.licensing.events import AnnualInspectionFailed, CertificateKind, LicenceEvent, RepeatOffenceFlagged
from domain.licensing.folding import LICENCE
from domain.licensing.inspection import ConcludeInspection, conclude_inspection
from domain.licensing.objection import (
    DecideObjection,
    ObjectToDeduction,
    RecordService,
    decide_objection,
    object_to_deduction,
    record_service,
)
from domain.licensing.registration import DeregisterPractice, RegisterPractice, deregister_practice, register_practice
from domain.licensing.revocation import DecideRevocation, decide_revocation
from tests.domain.licensing.plain_model import CATALOGUE, PlainLicence
from tests.domain.licensing.practice import LICENCE_ID, ZHANG, licence, project

ONE_DAY: Final = timedelta(days=1)


def company_id(number: int) -> CompanyId:
    return CompanyId(UUID(int=number))


def project_id(number: int) -> ProjectId:
    return ProjectId(UUID(int=number))


def deduction_id(number: int) -> DeductionId:
    return DeductionId(UUID(int=number + 1))


def metres(square_centimetres: int) -> str:
    """Hundredths of a square metre, as an area is spelt."""
    return f"{square_centimetres // 100}.{square_centimetres % 100:02}"


class Twins:
    """Both, with one clock."""

    def __init__(self, today: date, policy: RuleSet, plain: PlainLicence) -> None:
        self.today = today
        self.policy = policy
        self.plain = plain
        self.licence = licence(*open_file(None, OpenFile(holder=ZHANG), by_company=None, today=today))

    def decide(self, expected: set[str], decision: Callable[[], Sequence[LicenceEvent]]) -> Sequence[LicenceEvent]:
        """Make a decision that breaks exactly the expected rules, and fold what it decided."""
        decided: Sequence[LicenceEvent] = ()
        codes: list[str] = []
        try:
            decided = decision()
        except RulesBroken as refusal:
            codes = [rule.code for rule in refusal.broken]
        assert sorted(codes) == sorted(expected)
        folded = LICENCE.fold(decided, self.licence)
        assert folded is not None
        self.licence = folded
        return decided

    def record(self, kind: CertificateKind, number: str, issued_on: date, expires_on: date | None) -> None:
        asked = RecordCertificate(
            licence_id=LICENCE_ID, kind=kind, number=number, issuer="city", issued_on=issued_on, expires_on=expires_on
        )
        self.decide(
            self.plain.record(number, kind.value, issued_on, expires_on),
            lambda: record_certificate(self.licence, asked, is_in_another_file=False),
        )

    def withdraw(self, number: str) -> None:
        asked = WithdrawCertificate(licence_id=LICENCE_ID, number=number, reason="issued in error")
        self.decide(self.plain.withdraw(number), lambda: withdraw_certificate(self.licence, asked, today=self.today))

    def register(self, company: int, since: date, fresh: str) -> None:
        asked = RegisterPractice(licence_id=LICENCE_ID, company_id=company_id(company), registered_on=since)
        self.decide(
            self.plain.register(company, since, self.today, fresh),
            lambda: register_practice(
                self.licence,
                asked,
                self.policy,
                new_number=LicenceNumber(fresh),
                company_is_closed=False,
                today=self.today,
            ),
        )

    def deregister(self) -> None:
        asked = DeregisterPractice(licence_id=LICENCE_ID, reason="moves on")
        self.decide(
            self.plain.deregister(self.today), lambda: deregister_practice(self.licence, asked, today=self.today)
        )

    def appoint(self, number: int, area: int, company: int) -> None:
        facts = project(
            project_id(number),
            area=metres(area),
            company=company_id(company),
            is_managed=number in self.plain.in_office(),
        )
        self.decide(
            self.plain.appoint(number, area, company, self.today),
            lambda: appoint(self.licence, facts, self.policy, today=self.today),
        )

    def relieve(self, number: int) -> None:
        self.decide(
            self.plain.relieve(number, self.today),
            lambda: relieve(self.licence, project_id(number), reason="moves on", today=self.today),
        )

    def amend(self, number: int, area: int) -> None:
        amended = Area.of(metres(area))
        passes = self.plain.amend(number, area)
        assert holding_with(self.licence, project_id(number), amended, self.policy).is_over_the_limit == passes
        if not passes:
            self.decide(set(), lambda: change_appointed_area(project_id(number), amended))

    def deduct(self, code: str, points: int | None, day: date, number: int | None, officer: str) -> None:
        charge = len(self.plain.charges)
        asked = DeductPoints(
            licence_id=LICENCE_ID,
            violation=code,
            points=points,
            occurred_on=day,
            project_id=None if number is None else project_id(number),
            reason="seen on site",
        )
        charged = Charge(
            deduction_id=deduction_id(charge),
            officer=Subject(officer),
            is_delegated=officer == "district",
            today=self.today,
        )
        told = CATALOGUE[code][0] if points is None else points
        decided = self.decide(
            self.plain.deduct(code, told, day, number, self.today, officer),
            lambda: deduct_points(self.licence, asked, self.policy, charged),
        )
        flagged = any(isinstance(event, RepeatOffenceFlagged) for event in decided)
        assert flagged == (bool(decided) and self.plain.repeats(charge))

    def decide_revocation(self) -> None:
        asked = DecideRevocation(licence_id=LICENCE_ID, reason="the points stand")
        self.decide(
            self.plain.decide_revocation(self.today),
            lambda: decide_revocation(self.licence, asked, self.policy, today=self.today),
        )

    def serve(self, charge: int, day: date) -> None:
        asked = RecordService(licence_id=LICENCE_ID, deduction_id=deduction_id(charge), served_on=day, method="by post")
        held = self.licence.deductions[deduction_id(charge)]
        self.decide(self.plain.serve(charge, day), lambda: record_service(held, asked, self.policy, today=self.today))

    def object(self, charge: int) -> None:
        asked = ObjectToDeduction(licence_id=LICENCE_ID, deduction_id=deduction_id(charge), grounds="was not there")
        held = self.licence.deductions[deduction_id(charge)]
        self.decide(self.plain.object(charge, self.today), lambda: object_to_deduction(held, asked, today=self.today))

    def decide_objection(self, charge: int, officer: str, *, upheld: bool) -> None:
        asked = DecideObjection(
            licence_id=LICENCE_ID, deduction_id=deduction_id(charge), upheld=upheld, reason="as it is"
        )
        self.decide(
            self.plain.decide_objection(charge, officer, upheld=upheld),
            lambda: decide_objection(self.licence, asked, self.policy, officer=Subject(officer), today=self.today),
        )

    def inspect(self, year: int) -> None:
        asked = ConcludeInspection(licence_id=LICENCE_ID, year=year)
        refused, reasons = self.plain.inspect(year, self.today)
        decided = self.decide(refused, lambda: conclude_inspection(self.licence, asked, self.policy, today=self.today))
        given = {reason for event in decided if isinstance(event, AnnualInspectionFailed) for reason in event.reasons}
        assert given == (set() if refused else reasons)
