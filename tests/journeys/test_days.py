"""Rules that turn on a day, the day before and the day after, by restarting the service at another time."""

import pytest

from tests.journeys.answers import Json
from tests.journeys.clerk import certificate, charge
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


def cycles(licence: Json) -> tuple[str, int, dict[str, int]]:
    points = licence["points"]
    return points["cycle"], points["total"], points["by_cycle"]


async def test_a_violation_of_december_found_in_january_counts_last_year_and_can_revoke_then(place: Place) -> None:
    async with place.at("2026-12-31T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = await clerk.manager(company)
        project = await clerk.project(company)
        await clerk.appoint(licence, project)
        await clerk.deduct(licence, "V08", 12, on="2026-12-01")
        await clerk.deduct(licence, "V08", 12, on="2026-12-02")
    async with place.at("2027-01-15T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.deduct(licence, "V29", 1, on="2027-01-10")
        assert cycles(await clerk.reads(f"/licences/{licence}")) == ("2027", 1, {"2026": 24, "2027": 1})
        await clerk.deduct(licence, "V29", 1, on="2026-12-31", project_id=project)
        page = await clerk.reads(f"/licences/{licence}")
        assert cycles(page) == ("2027", 1, {"2026": 25, "2027": 1})
        assert page["revocation"] == {
            "cycle": "2026",
            "total": 25,
            "revoked_on": "2027-01-15",
            "banned_until": "2029-01-15",
        }
        assert page["deductions"][0]["decided_on"] == "2027-01-15"


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-11-24", "2026-12-09"),  # a Tuesday to a Wednesday
        ("2026-11-27", "2026-12-14"),  # the fifteenth day is a Saturday
        ("2026-11-28", "2026-12-14"),  # the fifteenth day is a Sunday
    ],
)
async def test_an_objection_is_in_time_on_its_last_day_and_too_late_after(
    place: Place, decided: str, last: str
) -> None:
    async with place.at(f"{decided}T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        first, second = [(await clerk.deduct(licence, "V29")).details["deduction_id"] for _ in range(2)]
        page = await clerk.reads(f"/licences/{licence}")
        assert {entry["object_by"] for entry in page["deductions"]} == {last}
    async with place.at(f"{last}T23:55:00+08:00") as city:
        await city.manager(licence).does(f"/licences/{licence}/deductions/{first}/objection", {"grounds": "有异议"})
    async with place.at(f"{last[:-2]}{int(last[-2:]) + 1}T00:00:00+08:00") as city:
        late = f"/licences/{licence}/deductions/{second}/objection", {"grounds": "有异议"}
        assert await city.manager(licence).is_refused(*late) == {"objection.too-late"}


async def test_a_later_service_moves_the_last_day_to_object(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        charged = (await clerk.deduct(licence, "V29")).details["deduction_id"]
    async with place.at("2026-12-20T12:00:00+08:00") as city:
        clerk = city.clerk()
        service = f"/licences/{licence}/deductions/{charged}/service"
        early = {"served_on": "2026-11-23", "method": "邮寄"}
        assert await clerk.is_refused(service, early) == {"notice.served-before-decision"}
        problem = await clerk.fails(422, service, {"served_on": "2026-12-21", "method": "邮寄"})
        assert problem.pointers == {"/served_on"}
        await clerk.does(service, {"served_on": "2026-12-08", "method": "邮寄"})
        page = await clerk.reads(f"/licences/{licence}")
        assert page["deductions"][0]["object_by"] == "2026-12-23"
        await clerk.object(licence, charged)


async def test_a_certificate_is_valid_through_its_last_day(place: Place) -> None:
    async with place.at("2026-12-31T23:50:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = await clerk.applicant()
        await clerk.certify(licence, "post_national")
        training = certificate(issued_on="2026-12-31", expires_on="2026-12-31")
        await clerk.does(f"/licences/{licence}/certificates", training)
        await clerk.register(licence, company)
        await clerk.appoint(licence, await clerk.project(company, 1))
        second, waiting = await clerk.project(company, 1), await clerk.applicant()
        await clerk.certify(waiting, "post_municipal")
        tomorrow = certificate(issued_on="2027-01-01")
        await clerk.does(f"/licences/{waiting}/certificates", tomorrow)
        assert await clerk.is_refused(f"/licences/{waiting}/registration", {"company_id": company}) == {
            "registration.training-certificate-missing"
        }
    async with place.at("2027-01-01T00:00:00+08:00") as city:
        clerk = city.clerk()
        assert await clerk.is_refused(f"/projects/{second}/manager", {"licence_id": licence}) == {
            "appointment.certificate-not-valid"
        }
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], len(page["appointments"])) == ("registered", 1)
        await clerk.register(waiting, company)
        await clerk.certify(licence, "training")
        await clerk.appoint(licence, second)


async def test_the_day_turns_at_midnight_in_shanghai(place: Place) -> None:
    async with place.at("2026-12-31T23:59:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        first, last = [await clerk.manager(company, registered_on=None) for _ in range(2)]
        third = await clerk.applicant()
        await clerk.certify(third)
        eve, morning = await clerk.project(company), await clerk.project(company)
        await clerk.appoint(first, eve)
        assert (await clerk.reads(f"/licences/{last}"))["licence_number"].endswith("-2026-000002")
        assert (await clerk.reads(f"/projects/{eve}"))["manager"]["since"] == "2026-12-31"
        assert await clerk.is_refused(f"/licences/{first}/deductions", charge("V29", on="2027-01-01")) == {
            "deduction.in-the-future",
        }
    # In UTC it is still last year.
    async with place.at("2026-12-31T16:00:00+00:00") as city:
        clerk = city.clerk()
        await clerk.appoint(first, morning)
        await clerk.register(third, company)
        assert (await clerk.reads(f"/projects/{morning}"))["manager"]["since"] == "2027-01-01"
        assert (await clerk.reads(f"/licences/{third}"))["licence_number"].endswith("-2027-000001")
        await clerk.deduct(first, "V29", on="2027-01-01")
        page = await clerk.reads(f"/licences/{first}")
        assert cycles(page) == ("2027", 1, {"2027": 1})
        before = await clerk.reads(f"/licences/{first}?as_of=2026-12-31")
        assert (len(before["appointments"]), cycles(before)) == (1, ("2026", 0, {}))


async def test_a_service_that_runs_over_midnight_turns_the_day(place: Place) -> None:
    async with place.at("2026-12-31T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.deduct(licence, "V29", on="2026-12-31")
    async with place.at("2026-12-31T23:59:58.500+08:00") as city:
        clerk = city.clerk()
        seen: list[tuple[str, int, dict[str, int]]] = []
        while not seen or seen[-1][0] == "2026":
            seen.append(cycles(await clerk.reads(f"/licences/{licence}")))
        assert seen[-1] == ("2027", 0, {"2026": 1})


async def test_a_violation_is_charged_within_two_years_and_a_fatal_one_within_five(place: Place) -> None:
    async with place.at("2026-02-28T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence, fatal = await clerk.manager(company), await clerk.manager(company)
        await clerk.deduct(licence, "V29", on="2024-02-29")
        assert await clerk.is_refused(f"/licences/{licence}/deductions", charge("V29", on="2024-02-27")) == {
            "deduction.too-old"
        }
        await clerk.deduct(fatal, "V01", on="2021-02-28")
    async with place.at("2026-03-01T00:00:00+08:00") as city:
        clerk = city.clerk()
        late = charge("V29", on="2024-02-29")
        assert await clerk.is_refused(f"/licences/{licence}/deductions", late) == {"deduction.too-old"}
        late = charge("V07", on="2021-02-28")
        assert await clerk.is_refused(f"/licences/{licence}/deductions", late) == {"deduction.too-old"}
        await clerk.deduct(licence, "V29", on="2024-03-01")


async def test_a_project_without_a_manager_must_have_another_within_thirty_days(place: Place) -> None:
    async with place.at("2027-01-31T23:55:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence, project = await clerk.manager(company), await clerk.project(company)
        assert (await clerk.reads(f"/projects/{project}"))["replacement_due"] is None
        await clerk.appoint(licence, project)
        await clerk.does(f"/projects/{project}/manager/relief", {"reason": "调离"})
        assert (await clerk.reads(f"/projects/{project}"))["replacement_due"] == "2027-03-02"
        await clerk.appoint(licence, project)
        assert (await clerk.reads(f"/projects/{project}"))["replacement_due"] is None
