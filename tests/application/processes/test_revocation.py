"""Points, revocation and what they mean for projects and companies, in one append."""

from datetime import date

import pytest

from application.companies.closing_company import ClosingCompany
from application.kernel.refusals import RefusedOnRecord
from application.licensing.objecting_to_deduction import ObjectingToDeduction
from application.processes.deciding_objection import DecidingObjection
from application.processes.deciding_revocation import DecidingRevocation
from application.processes.deducting_points import DeductingPoints
from domain.companies.closing import CloseCompany
from domain.companies.roster import ROSTER
from domain.kernel.identifiers import DeductionId, LicenceId
from domain.licensing.deduction import DeductPoints
from domain.licensing.licence import Status
from domain.licensing.objection import DecideObjection, ObjectToDeduction
from domain.licensing.revocation import DecideRevocation
from tests.application.city import CLERK, DISTRICT_OFFICER, OTHER_CLERK, City


def charge(licence_id: LicenceId, violation: str = "V08", points: int | None = None) -> DeductPoints:
    return DeductPoints(
        licence_id=licence_id, violation=violation, points=points, occurred_on=date(2026, 11, 1), reason="现场检查"
    )


async def test_at_twenty_five_points_both_projects_lose_their_manager_in_the_same_append() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    first, second = await city.estate(company_id), await city.estate(company_id)
    await city.appoint(licence_id, first, second)
    deducting = DeductingPoints(city.identities)

    await city.ask(deducting, charge(licence_id, points=12))
    await city.ask(deducting, charge(licence_id, points=12))
    assert (await city.licence(licence_id)).status is Status.REGISTERED

    before = await city.last_position()
    await city.ask(deducting, charge(licence_id, "V29", points=1))
    appended = await city.events(after=before)
    assert len({event.origin.command_id for event in appended if event.origin}) == 1
    assert [event.type for event in appended] == [
        "licence.points-deducted",
        "licence.revoked",
        "licence.manager-relieved",
        "licence.manager-relieved",
        "company-roster.manager-left",
        "project.manager-left-office",
        "project.manager-left-office",
    ]
    assert (await city.licence(licence_id)).status is Status.REVOKED
    assert [(await city.project(project_id)).manager for project_id in (first, second)] == [None, None]


async def test_what_a_district_proposes_the_city_revokes() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    project_id = await city.estate(company_id)
    await city.appoint(licence_id, project_id)

    await city.ask(DeductingPoints(city.identities), charge(licence_id, "V01"), by=DISTRICT_OFFICER)
    assert (await city.licence(licence_id)).status is Status.SUSPENDED
    assert (await city.project(project_id)).manager is not None

    await city.ask(DecidingRevocation(), DecideRevocation(licence_id=licence_id, reason="属实"))
    assert (await city.licence(licence_id)).status is Status.REVOKED
    assert (await city.project(project_id)).manager is None


async def test_an_upheld_objection_reinstates_the_manager_without_the_projects() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    project_id = await city.estate(company_id)
    await city.appoint(licence_id, project_id)
    deducted = await city.ask(DeductingPoints(city.identities), charge(licence_id, "V01"))
    deduction_id = next(iter((await city.licence(licence_id)).deductions))
    assert deducted.details == {"deduction_id": str(deduction_id)}

    objection = ObjectToDeduction(licence_id=licence_id, deduction_id=deduction_id, grounds="不在场", on_behalf=True)
    await city.ask(ObjectingToDeduction(), objection)
    decision = DecideObjection(licence_id=licence_id, deduction_id=deduction_id, upheld=True, reason="查实")
    with pytest.raises(RefusedOnRecord, match=r"^objection\.same-officer$"):
        await city.ask(DecidingObjection(), decision, by=CLERK)
    await city.ask(DecidingObjection(), decision, by=OTHER_CLERK)

    licence = await city.licence(licence_id)
    assert licence.status is Status.REGISTERED
    assert not licence.appointments
    assert (await city.project(project_id)).manager is None
    assert licence_id in (await city.state(ROSTER, company_id)).managers


async def test_a_company_is_not_closed_while_a_reinstated_manager_is_registered_with_it() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    closing = CloseCompany(company_id=company_id, reason="注销")
    with pytest.raises(RefusedOnRecord, match=r"^company\.has-registered-managers$"):
        await city.ask(ClosingCompany(), closing)
    await city.ask(DeductingPoints(city.identities), charge(licence_id, "V01"))
    await city.ask(ClosingCompany(), closing)


async def test_an_unknown_deduction_is_not_found() -> None:
    from domain.kernel.errors import NoSuchThing  # noqa: PLC0415 - only here

    city = await City.begun()
    licence_id = await city.applicant()
    asked = DecideObjection(
        licence_id=licence_id, deduction_id=DeductionId(city.identities.new()), upheld=True, reason="查实"
    )
    with pytest.raises(NoSuchThing):
        await city.ask(DecidingObjection(), asked)
