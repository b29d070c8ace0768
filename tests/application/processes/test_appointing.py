"""Appointment, relief, replacement and amended areas: what the licence and the project know stays the same."""

import asyncio
from datetime import date

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.kernel.submission import Answer, Submission
from application.processes.amending_area import AmendingArea
from application.processes.appointing_manager import AppointingManager
from application.processes.relieving_manager import RelievingManager
from application.processes.replacing_manager import ReplacingManager
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from domain.licensing.appointment import AppointManager, RelieveManager, ReplaceManager
from domain.projects.area import AmendArea
from tests.application.city import CLERK, TODAY, City


def codes(refusal: pytest.ExceptionInfo[RefusedOnRecord]) -> list[str]:
    return [rule.code for rule in refusal.value.broken]


async def test_the_third_project_and_too_large_an_area_are_both_reported() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    await city.appoint(licence_id, await city.estate(company_id, "100000"), await city.estate(company_id, "100000"))
    third = await city.estate(company_id, "0.01")
    with pytest.raises(RefusedOnRecord) as refusal:
        await city.appoint(licence_id, third)
    assert codes(refusal) == ["appointment.too-many-projects", "appointment.area-exceeded"]


async def test_a_replacement_leaves_no_gap_and_one_refusal_names_every_broken_rule() -> None:
    city = await City.begun()
    company_id = await city.company()
    first, second = await city.manager(company_id), await city.manager(company_id)
    project_id = await city.estate(company_id)
    await city.appoint(first, project_id)
    await city.ask(ReplacingManager(), ReplaceManager(project_id=project_id, licence_id=second, reason="调岗"))
    project = await city.project(project_id)
    assert project.manager is not None
    assert project.manager.licence_id == second
    assert not (await city.licence(first)).appointments

    stranger = await city.applicant()
    empty = await city.estate(company_id)
    with pytest.raises(RefusedOnRecord) as refusal:
        await city.ask(ReplacingManager(), ReplaceManager(project_id=empty, licence_id=stranger, reason="调岗"))
    assert set(codes(refusal)) == {
        "appointment.not-registered",
        "appointment.certificate-not-valid",
        "appointment.not-appointed",
    }


async def test_nobody_is_replaced_by_themselves() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    project_id = await city.estate(company_id)
    await city.appoint(licence_id, project_id)
    with pytest.raises(RefusedOnRecord) as refusal:
        await city.ask(ReplacingManager(), ReplaceManager(project_id=project_id, licence_id=licence_id, reason="—"))
    assert "appointment.project-already-managed" in codes(refusal)


async def test_nobody_is_relieved_of_a_project_without_a_manager() -> None:
    city = await City.begun()
    project_id = await city.estate(await city.company())
    with pytest.raises(RefusedOnRecord) as refusal:
        await city.ask(RelievingManager(), RelieveManager(project_id=project_id, reason="调岗"))
    assert codes(refusal) == ["appointment.not-appointed"]


class Amended:
    """A manager with a project of 100,000 m² and one of 80,000 m² that is to be amended."""

    def __init__(self, city: City, licence_id: LicenceId, project_id: ProjectId) -> None:
        self.city, self.licence_id, self.project_id = city, licence_id, project_id

    @classmethod
    async def given(cls) -> "Amended":
        city = await City.begun()
        company_id = await city.company()
        licence_id = await city.manager(company_id)
        project_id = await city.estate(company_id, "80000")
        await city.appoint(licence_id, await city.estate(company_id, "100000"), project_id)
        return cls(city, licence_id, project_id)

    async def to(self, area: str, *, relieve_manager: bool = False, until: date | None = None) -> None:
        asked = AmendArea(
            project_id=self.project_id,
            building_area_m2=Area.of(area),
            reason="重新测绘",
            relieve_manager=relieve_manager,
            over_limit_until=until,
        )
        await self.city.ask(AmendingArea(), asked)

    async def appointed_area(self) -> Area:
        return (await self.city.licence(self.licence_id)).appointed_area


async def test_an_amended_area_up_to_the_limit_is_carried_over_to_the_licence() -> None:
    amended = await Amended.given()
    await amended.to("100000")
    assert await amended.appointed_area() == Area.of(200_000)


async def test_an_amended_area_over_the_limit_is_refused_unless_the_clerk_says_how() -> None:
    amended = await Amended.given()
    with pytest.raises(RefusedOnRecord) as refusal:
        await amended.to("100000.01")
    assert codes(refusal) == ["appointment.area-exceeded"]
    assert await amended.appointed_area() == Area.of(180_000)


async def test_over_the_limit_the_manager_is_relieved_in_the_same_append() -> None:
    amended = await Amended.given()
    await amended.to("100000.01", relieve_manager=True)
    assert (await amended.city.project(amended.project_id)).manager is None
    assert await amended.appointed_area() == Area.of(100_000)


async def test_within_the_limit_nobody_is_relieved() -> None:
    amended = await Amended.given()
    await amended.to("90000", relieve_manager=True)
    assert await amended.appointed_area() == Area.of(190_000)


async def test_over_the_limit_is_tolerated_for_thirty_days_at_most() -> None:
    amended = await Amended.given()
    with pytest.raises(Unacceptable):
        await amended.to("100000.01", until=date(2026, 12, 25))
    await amended.to("100000.01", until=date(2026, 12, 24))
    assert (date(2026, 12, 24) - TODAY).days == 30
    assert (await amended.city.project(amended.project_id)).over_limit_until == date(2026, 12, 24)
    assert await amended.appointed_area() == Area.of("200000.01")


async def test_a_later_amendment_can_be_tolerated_until_the_same_day() -> None:
    amended = await Amended.given()
    await amended.to("100000.01", until=date(2026, 12, 24))
    await amended.to("100000.02", until=date(2026, 12, 24))
    assert (await amended.city.project(amended.project_id)).over_limit_until == date(2026, 12, 24)


async def test_a_tolerance_can_be_extended_and_ended_without_another_amendment() -> None:
    amended = await Amended.given()
    await amended.to("100000.01", until=date(2026, 12, 1))
    await amended.to("100000.01", until=date(2026, 12, 24))
    assert (await amended.city.project(amended.project_id)).over_limit_until == date(2026, 12, 24)
    position = await amended.city.last_position()
    await amended.to("100000.01")
    assert await amended.city.last_position() == position
    await amended.to("100000.01", relieve_manager=True)
    assert (await amended.city.project(amended.project_id)).manager is None


async def test_an_amendment_and_an_appointment_at_once_never_pass_the_limit_together() -> None:
    for _ in range(20):
        city = await City.begun()
        company_id = await city.company()
        licence_id = await city.manager(company_id)
        held, wanted = await city.estate(company_id, "100000"), await city.estate(company_id, "90000")
        await city.appoint(licence_id, held)
        other = city.another_process()
        answers = await asyncio.gather(
            other.submit(
                AmendingArea(),
                Submission(caller=CLERK),
                AmendArea(project_id=held, building_area_m2=Area.of(120_000), reason="重新测绘"),
            ),
            city.ledger.submit(
                AppointingManager(),
                Submission(caller=CLERK),
                AppointManager(project_id=wanted, licence_id=licence_id),
            ),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Answer) for answer in answers) == 1
        assert (await city.licence(licence_id)).appointed_area <= Area.of(200_000)


def company_officer(company_id: CompanyId) -> Caller:
    return Caller(subject=Subject("company"), role=Role.COMPANY, company=company_id)


async def test_a_company_appoints_its_own_managers_to_its_own_projects_only() -> None:
    city = await City.begun()
    own, other = await city.company(), await city.company()
    manager, stranger = await city.manager(own), await city.manager(other)
    project_id, foreign = await city.estate(own), await city.estate(other)
    for asked in (
        AppointManager(project_id=project_id, licence_id=stranger),
        AppointManager(project_id=foreign, licence_id=manager),
    ):
        with pytest.raises(Forbidden):
            await city.ask(AppointingManager(), asked, by=company_officer(own))
    asked = AppointManager(project_id=project_id, licence_id=manager)
    await city.ask(AppointingManager(), asked, by=company_officer(own))


async def test_a_district_appoints_in_its_own_district_only() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    project_id = await city.estate(company_id)
    asked = AppointManager(project_id=project_id, licence_id=licence_id)
    elsewhere = Caller(subject=Subject("d"), role=Role.DISTRICT, district=District("321003"))
    with pytest.raises(Forbidden):
        await city.ask(AppointingManager(), asked, by=elsewhere)
    here = Caller(subject=Subject("d"), role=Role.DISTRICT, district=District("321002"))
    await city.ask(AppointingManager(), asked, by=here)
