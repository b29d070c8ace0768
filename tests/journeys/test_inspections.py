"""Annual inspections: after the year, on points, certificates and registration."""

from collections.abc import Set as AbstractSet

import pytest

from tests.journeys.answers import Json
from tests.journeys.clerk import Clerk, certificate
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

LAST_DAY = "2026-12-31T23:50:00+08:00"
FIRST_DAY = "2027-01-01T00:00:00+08:00"


async def inspect(clerk: Clerk, licence: str, year: int = 2026) -> dict[str, Json]:
    """Conclude an inspection and answer what its receipt says."""
    return (await clerk.does(f"/licences/{licence}/annual-inspections", {"year": year})).details


async def is_refused(clerk: Clerk, licence: str, year: int) -> AbstractSet[str]:
    return await clerk.is_refused(f"/licences/{licence}/annual-inspections", {"year": year})


async def test_it_is_held_once_the_year_is_over_and_passed_once(place: Place) -> None:
    async with place.at(LAST_DAY) as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = await clerk.manager(company, registered_on="2024-07-01")
        newcomer = await clerk.manager(company, registered_on=None)
        assert await is_refused(clerk, licence, 2026) == {"inspection.year-not-over"}
        assert await inspect(clerk, licence, 2025) == {"passed": True, "reasons": []}
    async with place.at(FIRST_DAY) as city:
        clerk = city.clerk()
        await clerk.project(company)
        assert await inspect(city.officer(), licence) == {"passed": True, "reasons": []}
        assert await is_refused(clerk, licence, 2026) == {"inspection.already-concluded"}
        assert await is_refused(clerk, licence, 2027) == {"inspection.year-not-over"}
        assert await is_refused(clerk, licence, 2030) == {"inspection.year-not-over"}
        assert await is_refused(clerk, newcomer, 2025)
        page = await clerk.reads(f"/licences/{licence}")
        assert page["annual_inspections"] == [
            {"year": 2025, "passed": True, "reasons": []},
            {"year": 2026, "passed": True, "reasons": []},
        ]


async def test_a_failure_suspends_until_the_same_year_passes(place: Place) -> None:
    async with place.at(LAST_DAY) as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = await clerk.applicant()
        await clerk.certify(licence, "post_national")
        await clerk.does(f"/licences/{licence}/certificates", certificate(expires_on="2026-12-31"))
        await clerk.register(licence, company)
        held, free = await clerk.project(company, 1), await clerk.project(company, 1)
        await clerk.appoint(licence, held)
    async with place.at(FIRST_DAY) as city:
        clerk = city.clerk()
        failed = await inspect(clerk, licence)
        assert failed["passed"] is False
        assert len(failed["reasons"]) == 1
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], len(page["appointments"])) == ("suspended", 1)
        assert page["annual_inspections"] == [{"year": 2026, "passed": False, "reasons": failed["reasons"]}]
        assert await clerk.is_refused(f"/projects/{free}/manager", {"licence_id": licence}) == {
            "appointment.suspended",
            "appointment.certificate-not-valid",
        }
        await clerk.certify(licence, "training")
        assert await clerk.is_refused(f"/projects/{free}/manager", {"licence_id": licence}) == {"appointment.suspended"}
        assert await inspect(clerk, licence) == {"passed": True, "reasons": []}
        assert (await clerk.reads(f"/licences/{licence}"))["status"] == "registered"
        await clerk.appoint(licence, free)


async def test_twenty_five_points_fail_and_a_pending_objection_holds_it_up(place: Place) -> None:
    async with place.at(LAST_DAY) as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence, careful = await clerk.manager(company), await clerk.manager(company)
        charged = (await clerk.deduct(licence, "V03", on="2026-12-30")).details["deduction_id"]
        await clerk.deduct(careful, "V08", 12)
        await clerk.deduct(careful, "V08", 12)
    async with place.at(FIRST_DAY) as city:
        clerk = city.clerk()
        assert await inspect(clerk, careful) == {"passed": True, "reasons": []}
        await clerk.object(licence, charged)
        assert await is_refused(clerk, licence, 2026) == {"inspection.objection-pending"}
        await city.clerk("another clerk").decide(licence, charged, upheld=False)
        failed = await inspect(clerk, licence)
        assert failed["passed"] is False
        assert len(failed["reasons"]) == 2, "points, and no registration any more"
        assert (await clerk.reads(f"/licences/{licence}"))["status"] == "revoked"


async def test_a_new_registration_after_a_revocation_ends_the_suspension(place: Place) -> None:
    async with place.at(LAST_DAY) as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.deduct(licence, "V03", on="2026-12-30")
    async with place.at(FIRST_DAY) as city:
        assert (await inspect(city.clerk(), licence))["passed"] is False
    async with place.at("2029-01-01T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.does(f"/licences/{licence}/certificates", certificate(issued_on="2028-12-01"))
        await clerk.register(licence, await clerk.company())
        assert (await clerk.reads(f"/licences/{licence}"))["status"] == "registered"
