"""Whatever is asked of a licence, in whatever order: it answers as its plain twin does, and keeps its limits."""

from datetime import date, timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.kernel.area import Area
from domain.kernel.rule_set import Cycle, RevocationMode
from domain.licensing.events import CertificateKind
from tests.domain.licensing.plain_model import CATALOGUE, SPRING_FESTIVALS, PlainLicence
from tests.domain.licensing.twins import ONE_DAY, Twins, company_id, metres, project_id
from tests.domain.rule_sets import rule_set

BEGINNING: Final = date(2023, 11, 1)

companies = st.sampled_from([1, 1, 1, 2])
projects = st.sampled_from([1, 2, 3])
areas = st.sampled_from([1, 8_000_000, 10_000_000, 10_000_001, 12_000_000, 19_999_999, 20_000_000, 20_000_001])
officers = st.sampled_from(["city", "city", "district"])
days_ago = st.one_of(st.just(0), st.integers(-1, 40), st.integers(0, 800))
last_or_next = st.sampled_from([0, 0, 1])
mostly = st.sampled_from([True, True, True, False])


class LifeCycle(RuleBasedStateMachine):
    """Commands in any order, and a clock that only goes forward, often to a day on which something ends."""

    twins: Twins
    serials: int = 0

    @property
    def plain(self) -> PlainLicence:
        return self.twins.plain

    def ago(self, days: int) -> date:
        return self.twins.today - timedelta(days=days)

    def wait_until(self, day: date) -> None:
        self.twins.today = max(self.twins.today, day)

    def next_serial(self, series: str) -> str:
        self.serials += 1
        return f"{series}-{self.serials}"

    @initialize(by_registration=st.booleans(), after_hearing=st.booleans(), ready=mostly)
    def open_the_file(self, by_registration: bool, after_hearing: bool, ready: bool) -> None:
        policy = rule_set(
            cycle=Cycle.REGISTRATION_YEAR if by_registration else Cycle.CALENDAR_YEAR,
            revocation_mode=RevocationMode.AFTER_HEARING if after_hearing else RevocationMode.IMMEDIATE,
            holidays=tuple(SPRING_FESTIVALS),
        )
        plain = PlainLicence(BEGINNING, by_registration=by_registration, after_hearing=after_hearing)
        self.twins = Twins(BEGINNING, policy, plain)
        if ready:
            self.qualify()
            self.register(1, 700)
            self.appoint(1, 12_000_000, 1)

    @rule(days=st.one_of(st.integers(0, 20), st.integers(0, 400)))
    def wait(self, days: int) -> None:
        self.twins.today += timedelta(days=days)

    @rule()
    def qualify(self) -> None:
        """Pass both exams today, as most do."""
        self.twins.record(CertificateKind.POST_MUNICIPAL, self.next_serial("P"), self.twins.today, None)
        self.twins.record(CertificateKind.TRAINING, self.next_serial("T"), self.twins.today, None)

    @rule(
        kind=st.sampled_from(CertificateKind),
        number=st.sampled_from("1234"),
        issued=st.integers(-1, 400),
        lasts=st.one_of(st.none(), st.integers(0, 1500)),
    )
    def record_a_certificate(self, kind: CertificateKind, number: str, issued: int, lasts: int | None) -> None:
        expires_on = None if lasts is None else self.ago(issued - lasts)
        self.twins.record(kind, number, self.ago(issued), expires_on)

    @rule(data=st.data())
    def withdraw_a_certificate(self, data: st.DataObject) -> None:
        self.twins.withdraw(data.draw(st.sampled_from(["unknown", *self.plain.certificates])))

    @rule(company=companies, since=st.one_of(st.just(0), st.integers(0, 400)))
    def register(self, company: int, since: int) -> None:
        self.twins.register(company, self.ago(since), self.next_serial("PM"))

    @rule()
    def deregister(self) -> None:
        self.twins.deregister()

    @precondition(lambda self: self.plain.standing())
    @rule(days=last_or_next, since=last_or_next)
    def come_back_after_the_ban(self, days: int, since: int) -> None:
        self.wait_until(self.plain.standing()[-1]["until"] + timedelta(days=days))
        self.qualify()
        self.register(1, since)

    @rule(number=projects, area=areas, company=companies)
    def appoint(self, number: int, area: int, company: int) -> None:
        self.twins.appoint(number, area, company)

    @rule(number=projects)
    def relieve(self, number: int) -> None:
        self.twins.relieve(number)

    @precondition(lambda self: self.plain.in_office())
    @rule(data=st.data(), area=areas)
    def amend_an_area(self, data: st.DataObject, area: int) -> None:
        self.twins.amend(data.draw(st.sampled_from(list(self.plain.in_office()))), area)

    @rule(
        code=st.sampled_from(sorted(CATALOGUE)),
        over=st.sampled_from([None, None, 0, 1, 30]),
        days=days_ago,
        number=st.sampled_from([None, None, None, 1, 2]),
        officer=officers,
    )
    def deduct(self, code: str, over: int | None, days: int, number: int | None, officer: str) -> None:
        points = None if over is None else CATALOGUE[code][1] + over
        self.twins.deduct(code, points, self.ago(days), number, officer)

    @rule(days=days_ago, officer=officers)
    def charge_with_a_grave_violation(self, days: int, officer: str) -> None:
        self.twins.deduct("V02", None, self.ago(days), None, officer)

    @precondition(lambda self: self.plain.charges)
    @rule()
    def decide_a_revocation(self) -> None:
        self.twins.decide_revocation()

    @precondition(lambda self: any(self.plain.proposals.values()))
    @rule(days=last_or_next)
    def wait_for_the_hearing(self, days: int) -> None:
        self.wait_until(next(filter(None, self.plain.proposals.values())) + timedelta(days=days))

    @precondition(lambda self: self.plain.charges)
    @rule(data=st.data(), days=st.integers(0, 30))
    def serve(self, data: st.DataObject, days: int) -> None:
        self.twins.serve(data.draw(st.sampled_from(list(self.plain.charges))), self.ago(days))

    @precondition(lambda self: self.plain.charges)
    @rule(data=st.data(), days=last_or_next)
    def object_at_the_last_moment(self, data: st.DataObject, days: int) -> None:
        charge = data.draw(st.sampled_from(list(self.plain.charges)))
        self.wait_until(self.plain.charges[charge]["object_by"] + timedelta(days=days))
        self.twins.object(charge)

    @precondition(lambda self: self.plain.charges)
    @rule(data=st.data(), officer=st.sampled_from(["judge", "judge", "city"]), upheld=mostly)
    def decide_an_objection(self, data: st.DataObject, officer: str, upheld: bool) -> None:
        pending = [number for number, one in self.plain.charges.items() if one["objection"] == "pending"]
        charge = data.draw(st.sampled_from(pending * 3 + list(self.plain.charges)))
        self.twins.decide_objection(charge, officer, upheld=upheld)

    @precondition(lambda self: self.plain.charges)
    @rule(data=st.data())
    def be_proved_right(self, data: st.DataObject) -> None:
        charge = data.draw(st.sampled_from(list(self.plain.charges)))
        self.twins.object(charge)
        self.twins.decide_objection(charge, "judge", upheld=True)

    @rule(years=st.integers(-1, 3))
    def inspect(self, years: int) -> None:
        self.twins.inspect(self.twins.today.year - years)

    @invariant()
    def the_status_follows_the_precedence(self) -> None:
        assert self.twins.licence.status.value == self.plain.status()

    @invariant()
    def the_limits_are_kept(self) -> None:
        held = self.twins.licence.appointments
        assert len(held) <= 2
        assert self.twins.licence.appointed_area <= Area.of(200_000)
        assert {tenure.project_id: tenure.building_area_m2 for tenure in held} == {
            project_id(number): Area.of(metres(area)) for number, area in self.plain.in_office().items()
        }

    @invariant()
    def nobody_acts_without_registration(self) -> None:
        registration, held = self.twins.licence.registration, self.plain.held()
        assert (registration is None) == (held is None)
        assert registration is not None or self.twins.licence.appointments == ()
        if registration is not None and held is not None:
            assert registration.company_id == company_id(held["company"])
            assert registration.licence_number == held["number"]

    @invariant()
    def points_are_added_by_cycle(self) -> None:
        cycles = {deduction.cycle for deduction in self.twins.licence.deductions.values()}
        assert {str(cycle): self.twins.licence.total(cycle) for cycle in cycles} == {
            one["cycle"]: self.plain.total(one["cycle"]) for one in self.plain.charges.values()
        }

    @invariant()
    def warnings_and_proposals_follow_the_totals(self) -> None:
        warnings = {(str(cycle), kind.value) for cycle, kind in self.twins.licence.warnings}
        assert warnings == self.plain.warnings
        proposals = {str(one.cycle): one.hearing_until for one in self.twins.licence.proposals}
        assert list(proposals.items()) == list(self.plain.proposals.items())

    @invariant()
    def a_ban_is_counted_to_the_day(self) -> None:
        ends = [fact["until"] for fact in self.plain.facts if fact["is"] == "revoked"]
        for end in (self.twins.today, *ends):
            for day in (end, end + ONE_DAY):
                assert self.twins.licence.is_banned_on(day) == self.plain.banned_on(day)

    @invariant()
    def registrations_cover_their_days(self) -> None:
        for fact in self.plain.facts:
            for day in (fact["day"] - ONE_DAY, fact["day"], fact["day"] + ONE_DAY):
                assert (self.twins.licence.registration_on(day) is not None) == self.plain.registered_on(day)

    @invariant()
    def inspections_are_remembered(self) -> None:
        assert self.twins.licence.passed_years == self.plain.passed
        assert self.twins.licence.failed_years == self.plain.failed


TestLifeCycle = LifeCycle.TestCase
TestLifeCycle.settings = settings(max_examples=200, stateful_step_count=50)
