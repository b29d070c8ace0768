"""Days over restarts of the real service: `GUANJIA_NOW` moves its clock, tokens keep real time."""

import pytest

from tests.journeys.clerk import certificate
from tests.journeys.in_process import Place
from tests.journeys.services.served import served

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_last_banned_day_and_the_day_after(place: Place) -> None:
    async with place.at("2026-11-24T23:50:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.deduct(licence, "V03", on="2026-11-24")
        page = await clerk.reads(f"/licences/{licence}")
        assert page["revocation"]["banned_until"] == "2028-11-24"
        await clerk.does(f"/licences/{licence}/certificates", certificate(issued_on="2026-11-24"))
        registration = f"/licences/{licence}/registration", {"company_id": await clerk.company()}
    async with served(place, 1, now="2028-11-24T23:50:00+08:00") as [city]:
        assert await city.clerk().is_refused(*registration) == {"registration.banned"}
    async with served(place, 1, now="2028-11-24T16:00:00Z") as [city]:
        clerk = city.clerk()
        await clerk.does(*registration)
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["licence_number"][-11:]) == ("registered", "2028-000001")
