"""A revoked manager is banned for two years to the day, over restarts of the service."""

import pytest

from tests.journeys.city import City
from tests.journeys.clerk import Clerk, certificate
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def revoked(clerk: Clerk) -> str:
    """Answer the licence of a manager who has just been revoked."""
    licence = await clerk.manager(await clerk.company())
    await clerk.deduct(licence, "V03", on="2026-01-01")
    return licence


async def retrain(clerk: Clerk, licence: str, issued_on: str) -> None:
    await clerk.does(f"/licences/{licence}/certificates", certificate(issued_on=issued_on))


async def banned_until(city: City, licence: str) -> str:
    page = await city.clerk().reads(f"/licences/{licence}")
    assert page["status"] == "revoked"
    return str(page["revocation"]["banned_until"])


async def test_the_last_banned_day_and_the_day_after(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await revoked(clerk)
        number = (await clerk.reads(f"/licences/{licence}"))["licence_number"]
        other_company = await clerk.company()
        assert await banned_until(city, licence) == "2028-11-24"
    registration = f"/licences/{licence}/registration", {"company_id": other_company}

    async with place.at("2028-11-24T23:55:00+08:00") as city:
        clerk = city.clerk()
        both = {"registration.banned", "registration.retraining-missing"}
        assert await clerk.is_refused(*registration) == both
        await retrain(clerk, licence, "2026-11-23")
        assert await clerk.is_refused(*registration) == both
        await retrain(clerk, licence, "2026-11-24")
        assert await clerk.is_refused(*registration) == {"registration.banned"}

    async with place.at("2028-11-25T00:00:00+08:00") as city:
        clerk = city.clerk()
        assert await banned_until(city, licence) == "2028-11-24"
        await clerk.does(*registration)
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["company"]["id"], page["revocation"]) == ("registered", other_company, None)
        assert page["licence_number"] != number
        assert page["licence_number"].endswith("-2028-000001")
        await clerk.appoint(licence, await clerk.project(other_company))


async def test_after_the_ban_a_new_training_is_still_needed(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        licence = await revoked(city.clerk())
    async with place.at("2030-01-01T12:00:00+08:00") as city:
        clerk = city.clerk()
        body = {"company_id": await clerk.company()}
        assert await clerk.is_refused(f"/licences/{licence}/registration", body) == {"registration.retraining-missing"}
        page = await clerk.reads(f"/licences/{licence}")
        assert page["status"] == "revoked"


async def test_a_ban_that_begins_on_the_29th_of_february_ends_on_the_28th(place: Place) -> None:
    async with place.at("2028-02-29T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.deduct(licence, "V03", on="2028-02-29")
        await retrain(clerk, licence, "2028-02-29")
        assert await banned_until(city, licence) == "2030-02-28"
        registration = f"/licences/{licence}/registration", {"company_id": await clerk.company()}
    async with place.at("2030-02-28T23:55:00+08:00") as city:
        assert await city.clerk().is_refused(*registration) == {"registration.banned"}
    async with place.at("2030-03-01T00:00:00+08:00") as city:
        await city.clerk().does(*registration)


async def test_a_revocation_that_is_annulled_leaves_no_ban(place: Place) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        charged = (await clerk.deduct(licence, "V03")).details["deduction_id"]
        await clerk.object(licence, charged)
    async with place.at("2026-12-24T12:00:00+08:00") as city:
        other, clerk = city.clerk("another clerk"), city.clerk()
        await other.decide(licence, charged, upheld=True)
        await clerk.does(f"/licences/{licence}/deregistration", {"reason": "调动"})
        company = await clerk.company()
        await clerk.register(licence, company)
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["company"]["id"]) == ("registered", company)
        assert page["licence_number"].endswith("-2026-000001")
