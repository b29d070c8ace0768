"""A decision that was never made, but stands in the log with the right hash, is found by what it breaks."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from application.kernel.callers import Caller, Role
from application.processes.deducting_points import DeductingPoints
from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, ManagerJoined, ManagerLeft, ProjectHandedBack, ProjectTakenOn
from domain.companies.roster import ROSTER
from domain.kernel.area import Area
from domain.kernel.claims import CLAIM, ClaimMade, ClaimReleased, claim_on
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, LicenceNumber, ProjectId, Subject
from domain.licensing.deduction import DeductPoints
from domain.licensing.events import (
    AppointedAreaChanged,
    Basis,
    CertificateKind,
    CertificateRecorded,
    CycleLabel,
    LicenceRevoked,
    ManagerAppointed,
    ManagerRelieved,
    ObjectionFiled,
    ObjectionRejected,
    PointsDeducted,
    PracticeDeregistered,
    PracticeRegistered,
    WarningIssued,
    WarningKind,
)
from domain.licensing.folding import LICENCE
from domain.licensing.number_events import NumberIssued
from domain.licensing.numbers import NUMBERS, series_of
from domain.projects.events import AreaAmended, ManagerTookOffice, ProjectWithdrawn, SectionAdded, SectionAreaAmended
from domain.projects.project import PROJECT
from tests.application.city import CLERK, DISTRICT, DISTRICT_OFFICER, TODAY, City
from tests.application.numbered import numbered
from tests.application.processes.verifying.audits import Forged, findings, forge

RULES = "2000-1"
NUMBER = LicenceNumber("PM-321000-2026-000001")


@dataclass
class Ground:
    """A company with a manager and three estates of 80,000 m², and a city that is whole."""

    city: City
    company: CompanyId
    manager: LicenceId
    estates: tuple[ProjectId, ...]

    def appointed(self, estate: int, *, area: str = "80000", **differently: Any) -> tuple[Forged, Forged]:
        event = ManagerAppointed(
            project_id=self.estates[estate],
            company_id=self.company,
            district=DISTRICT,
            building_area_m2=Area(Decimal(area)),
            since=TODAY,
            rule_set=RULES,
        )
        office = ManagerTookOffice(licence_id=self.manager, since=TODAY)
        return (
            (LICENCE, self.manager, replace(event, **differently)),
            (PROJECT, self.estates[estate], office),
        )

    def deducted(self, points: int, **differently: Any) -> Forged:
        event = PointsDeducted(
            deduction_id=DeductionId(numbered(1)),
            violation="V08",
            points=points,
            occurred_on=TODAY,
            project_id=None,
            basis=Basis.REGULATION,
            reason="现场检查",
            evidence=(),
            officer=CLERK.subject,
            decided_on=TODAY,
            cycle=CycleLabel("2026"),
            total=points,
            notice_number=f"{NUMBER}-001",
            served_on=TODAY,
            object_by=TODAY,
            rectify_by=TODAY,
            company_id=self.company,
            rule_set=RULES,
        )
        return LICENCE, self.manager, replace(event, **differently)

    def revoked(self, **differently: Any) -> tuple[Forged, Forged]:
        event = LicenceRevoked(
            cycle=CycleLabel("2026"),
            total=25,
            revoked_on=TODAY,
            banned_until=date(2028, 11, 24),
            company_id=self.company,
            reason=None,
            rule_set=RULES,
        )
        return (
            (LICENCE, self.manager, replace(event, **differently)),
            (ROSTER, self.company, ManagerLeft(licence_id=self.manager)),
        )

    async def found(self, *facts: Forged, by: Caller = CLERK) -> list[str]:
        await forge(self.city, *facts, by=by)
        return await findings(self.city)


@pytest.fixture
async def ground() -> Ground:
    city = await City.begun()
    company = await city.company()
    manager = await city.manager(company)
    estates = tuple([await city.estate(company) for _ in range(3)])
    found = Ground(city, company, manager, estates)
    assert await findings(city) == []
    return found


async def test_a_manager_in_office_by_the_licence_alone(ground: Ground) -> None:
    told = await ground.found(ground.appointed(0)[0])
    assert [what for what in told if "the project not the manager" in what]


async def test_a_manager_in_office_by_the_project_alone(ground: Ground) -> None:
    told = await ground.found(ground.appointed(0)[1])
    assert [what for what in told if "the licence not the project" in what]


async def test_a_relief_by_the_licence_alone(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, ground.estates[0])
    relieved = ManagerRelieved(project_id=ground.estates[0], reason="调离", until=TODAY)
    told = await ground.found((LICENCE, ground.manager, relieved))
    assert [what for what in told if "the licence not the project" in what]


async def test_an_area_that_the_licence_does_not_know(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, ground.estates[0])
    amended = AreaAmended(building_area_m2=Area.of(90_000), reason="复测")
    told = await ground.found((PROJECT, ground.estates[0], amended))
    assert [what for what in told if "has 90000 m², the licence counts 80000 m²" in what]


async def test_a_third_project_and_too_much_area(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, *ground.estates[:2])
    told = await ground.found(*ground.appointed(2))
    assert told == [
        "licence: appointed to 3 projects, at most 2",
        "licence: holds 240000 m² in all, more than the limit then in force",
        "licence: licence.manager-appointed breaks its rules: appointment.too-many-projects, appointment.area-exceeded",
    ]


async def test_an_area_that_grows_over_the_limit_without_anybody_tolerating_it(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, *ground.estates[:2])
    area = Area.of(150_000)
    told = await ground.found(
        (PROJECT, ground.estates[0], AreaAmended(building_area_m2=area, reason="复测")),
        (LICENCE, ground.manager, AppointedAreaChanged(project_id=ground.estates[0], building_area_m2=area)),
    )
    assert told == ["licence: holds 230000 m² in all, more than the limit then in force"]


async def test_a_project_withdrawn_under_its_manager(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, ground.estates[0])
    told = await ground.found(
        (PROJECT, ground.estates[0], ProjectWithdrawn(reason="拆迁", withdrawn_on=TODAY)),
        (ROSTER, ground.company, ProjectHandedBack(project_id=ground.estates[0])),
    )
    assert told == ["project: the project was withdrawn and has a manager"]


async def test_twenty_five_points_without_a_consequence(ground: Ground) -> None:
    warnings = [
        (LICENCE, ground.manager, WarningIssued(kind=kind, cycle=CycleLabel("2026"), total=25, issued_on=TODAY))
        for kind in WarningKind
    ]
    told = await ground.found(ground.deducted(25, violation="V01"), *warnings)
    assert told == ["licence: 25 points in cycle 2026, the limit is 25: neither revoked nor proposed"]


async def test_a_warning_that_was_not_given(ground: Ground) -> None:
    told = await ground.found(ground.deducted(15))
    assert told == ["licence: 15 points without the written warning due at 13"]


async def test_a_total_and_a_cycle_that_are_wrong(ground: Ground) -> None:
    told = await ground.found(ground.deducted(10, total=7))
    assert told == ["licence: says the cycle's total is 7, it is 10"]
    told = await ground.found(ground.deducted(10, deduction_id=DeductionId(numbered(2)), cycle=CycleLabel("2025")))
    assert "licence: counts in cycle 2025, not in 2026" in told


async def test_points_beyond_the_range_of_the_catalogue(ground: Ground) -> None:
    told = await ground.found(ground.deducted(3))
    assert told == ["licence: licence.points-deducted breaks its rules: deduction.points-out-of-range"]


async def test_a_revocation_under_the_limit(ground: Ground) -> None:
    told = await ground.found(*ground.revoked())
    assert told == ["licence: revoked under the limit of 25 points"]


async def test_a_revocation_by_a_district_with_a_ban_too_short(ground: Ground) -> None:
    asked = DeductPoints(licence_id=ground.manager, violation="V01", occurred_on=TODAY, reason="事故")
    await ground.city.ask(DeductingPoints(ground.city.identities), asked, by=DISTRICT_OFFICER)
    told = await ground.found(*ground.revoked(banned_until=date(2027, 11, 24)), by=DISTRICT_OFFICER)
    assert told == [
        "licence: revoked by district: only the city revokes",
        "licence: banned until 2027-11-24, it must be 2028-11-24",
    ]


async def test_a_revoked_manager_who_keeps_a_project(ground: Ground) -> None:
    asked = DeductPoints(licence_id=ground.manager, violation="V01", occurred_on=TODAY, reason="事故")
    await ground.city.appoint(ground.manager, ground.estates[0])
    await ground.city.ask(DeductingPoints(ground.city.identities), asked, by=DISTRICT_OFFICER)
    told = await ground.found(*ground.revoked())
    assert told == ["licence: the licence was revoked and still holds a project"]


async def test_an_officer_who_is_not_the_one_named(ground: Ground) -> None:
    told = await ground.found(ground.deducted(8, officer=Subject("somebody")))
    assert told == ["licence: names somebody, charged by clerk"]


async def test_an_officer_who_decides_over_their_own_deduction(ground: Ground) -> None:
    asked = DeductPoints(licence_id=ground.manager, violation="V08", occurred_on=TODAY, reason="检查")
    answered = await ground.city.ask(DeductingPoints(ground.city.identities), asked)
    deduction = DeductionId(UUID(str(answered.details["deduction_id"])))
    told = await ground.found(
        (
            LICENCE,
            ground.manager,
            ObjectionFiled(deduction_id=deduction, grounds="不实", on_behalf=True, filed_on=TODAY),
        ),
        (LICENCE, ground.manager, ObjectionRejected(deduction_id=deduction, reason="属实", decided_on=TODAY)),
    )
    assert told == ["licence: the officer who charged decided the objection"]


async def test_a_number_out_of_turn_and_one_from_another_series(ground: Ground) -> None:
    series = series_of("321000", TODAY)
    skipped = NumberIssued(licence_number=LicenceNumber("PM-321000-2026-000003"), serial=3, licence_id=ground.manager)
    told = await ground.found((NUMBERS, series, skipped))
    assert told == [
        "licence-numbers: PM-321000-2026-000003 (serial 3) where PM-321000-2026-000002 is due",
    ]
    strange = NumberIssued(licence_number=LicenceNumber("PM-321000-2025-000004"), serial=4, licence_id=ground.manager)
    told = await ground.found((NUMBERS, series, strange))
    assert "licence-numbers: PM-321000-2025-000004 was issued from another series" in told


async def test_a_number_that_nobody_can_read_is_not_passed_over(ground: Ground) -> None:
    odd = NumberIssued(licence_number=LicenceNumber("第三号"), serial=2, licence_id=ground.manager)
    (told,) = await ground.found((NUMBERS, series_of("321000", TODAY), odd))
    assert "cannot tell whether numbers are consecutive" in told


async def test_a_registration_under_the_number_of_another(ground: Ground) -> None:
    newcomer = await ground.city.certified()
    registered = PracticeRegistered(
        licence_number=NUMBER, company_id=ground.company, registered_on=TODAY, rule_set=RULES
    )
    told = await ground.found(
        (LICENCE, newcomer, registered), (ROSTER, ground.company, ManagerJoined(licence_id=newcomer))
    )
    assert told == [f"licence: registered as {NUMBER}, its number is none that was issued"]


async def test_a_registration_without_certificates(ground: Ground) -> None:
    newcomer = await ground.city.applicant()
    number = LicenceNumber("PM-321000-2026-000002")
    registered = PracticeRegistered(
        licence_number=number, company_id=ground.company, registered_on=TODAY, rule_set=RULES
    )
    issued = NumberIssued(licence_number=number, serial=2, licence_id=newcomer)
    told = await ground.found(
        (LICENCE, newcomer, registered),
        (ROSTER, ground.company, ManagerJoined(licence_id=newcomer)),
        (NUMBERS, series_of("321000", TODAY), issued),
    )
    assert told == [
        (
            "licence: licence.practice-registered breaks its rules: "
            "registration.post-certificate-missing, registration.training-certificate-missing"
        ),
    ]


async def test_a_claim_on_what_another_holds_and_its_release_by_a_stranger(ground: Ground) -> None:
    other = await ground.city.company("安居物业")
    claim = claim_on("provisional-company-name", "安居物业")
    told = await ground.found((CLAIM, claim, ClaimMade(of="provisional-company-name", holder=ground.company)))
    assert told == [f"claim: provisional-company-name was taken by {ground.company}, and {other} has it"]
    told = await ground.found((CLAIM, claim, ClaimReleased(of="provisional-company-name", holder=other)))
    assert f"claim: provisional-company-name was released by {other}, not its holder" in told


async def test_a_certificate_without_its_claim(ground: Ground) -> None:
    recorded = CertificateRecorded(
        kind=CertificateKind.TRAINING, number="C-9", issuer="市住建委", issued_on=TODAY, expires_on=None
    )
    told = await ground.found((LICENCE, ground.manager, recorded))
    assert told == ["licence: does not hold the certificate recorded"]


async def test_a_company_without_its_name(ground: Ground) -> None:
    await ground.city.company("安居物业")
    claim = claim_on("provisional-company-name", "安居物业")
    closed = CompanyClosed(reason="注销", closed_on=TODAY)
    other = (await ground.city.store.load(CLAIM.stream(claim)))[0].event
    assert isinstance(other, ClaimMade)
    told = await ground.found(
        (CLAIM, claim, ClaimReleased(of="provisional-company-name", holder=other.holder)),
        (COMPANY, other.holder, closed),
    )
    assert told == ["company: does not hold its provisional-company-name"]


async def test_a_company_closed_over_its_people(ground: Ground) -> None:
    told = await ground.found((COMPANY, ground.company, CompanyClosed(reason="注销", closed_on=TODAY)))
    assert told == ["company: closed with 1 managers and 3 projects"]


async def test_a_project_that_comes_to_a_closed_company(ground: Ground) -> None:
    closed = await ground.city.company()
    await forge(ground.city, (COMPANY, closed, CompanyClosed(reason="注销", closed_on=TODAY)))
    told = await ground.found(
        (ROSTER, closed, ProjectTakenOn(project_id=ProjectId(numbered(8)), district=DISTRICT)),
    )
    assert told == [
        "company-roster: a project came to a company that is not on the register",
        f"company-roster: project-{numbered(8)} is on the roster, which it does not belong to, after this command",
    ]


async def test_rosters_without_a_manager_or_a_project_that_are_theirs(ground: Ground) -> None:
    told = await ground.found((ROSTER, ground.company, ManagerLeft(licence_id=ground.manager)))
    missing = "is not on the roster, which it belongs to, after this command"
    assert told == [f"company-roster: licence-{ground.manager} {missing}"]
    told = await ground.found((ROSTER, ground.company, ProjectHandedBack(project_id=ground.estates[0])))
    assert f"company-roster: project-{ground.estates[0]} {missing}" in told


async def test_a_manager_who_left_and_stays_on_the_roster(ground: Ground) -> None:
    left = PracticeDeregistered(company_id=ground.company, reason="离职", deregistered_on=TODAY)
    told = await ground.found((LICENCE, ground.manager, left))
    assert told == [
        f"company-roster: licence-{ground.manager} is on the roster, which it does not belong to, after this command"
    ]


async def test_sections_that_are_too_large_and_unknown_to_their_parent(ground: Ground) -> None:
    whole = await ground.city.estate(ground.company, "300000")
    section = await ground.city.estate(ground.company, "150000", section_of=whole)
    grown = SectionAreaAmended(section_id=section, building_area_m2=Area.of(400_000))
    told = await ground.found((PROJECT, whole, grown))
    assert told == ["project: 400000 m² of sections in 300000 m²"]
    told = await ground.found((PROJECT, section, AreaAmended(building_area_m2=Area.of(90_000), reason="复测")))
    assert "project: the parent does not have this section with this area" in told


async def test_a_section_under_a_manager_of_the_whole(ground: Ground) -> None:
    await ground.city.appoint(ground.manager, ground.estates[0])
    added = SectionAdded(section_id=ProjectId(numbered(7)), building_area_m2=Area.of(1))
    told = await ground.found((PROJECT, ground.estates[0], added))
    assert told == ["project: the project is in sections and has a manager"]


async def test_a_rule_set_that_was_not_in_force(ground: Ground) -> None:
    told = await ground.found(ground.deducted(8, rule_set="1999"))
    assert told == [f"licence: cites rule set 1999, in force was {RULES}"]
    told = await ground.found(*ground.revoked(rule_set="1999"))
    assert "licence: cites rule set 1999, which was never adopted" in told


async def test_a_decision_dated_otherwise(ground: Ground) -> None:
    told = await ground.found(*ground.appointed(0, since=TODAY - timedelta(days=1)))
    assert told == ["licence: dated 2026-11-23, decided on 2026-11-24"]


async def test_whoever_says_system_is_somebody(ground: Ground) -> None:
    by = Caller(subject=Subject("\N{NO-BREAK SPACE}"), role=Role.SYSTEM)
    told = await ground.found(ground.deducted(8, officer=by.subject), by=by)
    assert told == ["licence: licence.points-deducted does not say who did it"]
