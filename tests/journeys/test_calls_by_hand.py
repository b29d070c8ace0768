"""The calls of the contract one after the other, from an empty register to a revoked licence and back."""

import pytest

from tests.journeys.answers import Json
from tests.journeys.city import City, types
from tests.journeys.clerk import Clerk, certificate, charge, holder
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

YEAR = "2026"


def numbers(licence: Json) -> tuple[str, int, bool]:
    """Answer what matters of a licence here: its status, the points of this cycle, whether anything is held."""
    return licence["status"], licence["points"]["total"], bool(licence["appointments"])


async def test_from_an_empty_register_to_two_projects(place: Place) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        company = (await clerk.does("/companies", {"name": "安和物业"})).id
        opened = await clerk.does("/licences", {"holder": holder("张三")})
        licence = f"/licences/{opened.id}"
        assert (opened.version, (await clerk.reads(licence))["status"]) == (1, "applicant")

        assert await clerk.is_refused(f"{licence}/registration", {"company_id": company}) == {
            "registration.post-certificate-missing",
            "registration.training-certificate-missing",
        }
        await clerk.does(f"{licence}/certificates", certificate("post_municipal", number="P-1"))
        assert await clerk.is_refused(f"{licence}/registration", {"company_id": company}) == {
            "registration.training-certificate-missing"
        }
        await clerk.does(f"{licence}/certificates", certificate("training", number="T-1"))
        registered = await clerk.does(f"{licence}/registration", {"company_id": company})
        assert registered.version == 4

        lakeside, hillside = await clerk.project(company, 120_000), await clerk.project(company, 80_000)
        await clerk.appoint(opened.id, lakeside, hillside)
        page = await clerk.reads(licence)
        assert page["status"] == "registered"
        assert page["licence_number"].endswith(f"-{YEAR}-000001")
        assert page["company"] == {"id": company, "name": "安和物业"}
        assert page["capacity"] == {"projects_left": 0, "area_left_m2": 0}
        assert [held["project_id"] for held in page["appointments"]] == [lakeside, hillside]
        manager = (await clerk.reads(f"/projects/{lakeside}"))["manager"]
        assert (manager["licence_id"], manager["name"], manager["since"]) == (opened.id, "张三", "2026-11-24")


async def test_the_third_project_is_refused(clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    await clerk.appoint(licence, await clerk.project(company, 10), await clerk.project(company, 10))
    third = await clerk.project(company, 10)
    assert await clerk.is_refused(f"/projects/{third}/manager", {"licence_id": licence}) == {
        "appointment.too-many-projects"
    }


@pytest.mark.parametrize(("area", "broken"), [(80_000, set()), (80_000.01, {"appointment.area-exceeded"})])
async def test_the_area_ends_at_two_hundred_thousand(clerk: Clerk, area: float, broken: set[str]) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    await clerk.appoint(licence, await clerk.project(company, 120_000))
    second = await clerk.project(company, area)
    asked = f"/projects/{second}/manager", {"licence_id": licence}
    if broken:
        assert await clerk.is_refused(*asked) == broken
    else:
        await clerk.does(*asked)


async def test_both_rules_are_named_when_both_are_broken(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    await clerk.appoint(licence, await clerk.project(company, 120_000), await clerk.project(company, 80_000))
    third = await clerk.project(company, 0.01)
    problem = await clerk.fails(409, f"/projects/{third}/manager", {"licence_id": licence})
    assert problem.code == "rules-broken"
    assert [rule["code"] for rule in problem.document["broken"]] == [
        "appointment.too-many-projects",
        "appointment.area-exceeded",
    ]
    assert {rule["cites"] for rule in problem.document["broken"]} == {"Text 3 §2(1)"}
    (recorded,) = await city.events(after=(problem.position or 0) - 1)
    assert recorded["type"] == "project.request-refused"


async def test_twenty_four_points_leave_the_registration_and_twenty_five_revoke(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    lakeside, hillside = await clerk.project(company, 120_000), await clerk.project(company, 80_000)
    await clerk.appoint(licence, lakeside, hillside)

    await clerk.deduct(licence, "V08", 12)
    await clerk.deduct(licence, "V08", 12)
    assert numbers(await clerk.reads(f"/licences/{licence}")) == ("registered", 24, True)

    before = await city.last_position()
    last = await clerk.deduct(licence, "V29", 1)
    page = await clerk.reads(f"/licences/{licence}")
    assert numbers(page) == ("revoked", 25, False)
    assert page["revocation"] == {
        "cycle": YEAR,
        "total": 25,
        "revoked_on": "2026-11-24",
        "banned_until": "2028-11-24",
    }
    assert page["company"] is None
    for project in (lakeside, hillside):
        left = await clerk.reads(f"/projects/{project}")
        assert (left["manager"], left["replacement_due"]) == (None, "2026-12-24")
        assert [(tenure["licence_id"], tenure["until"]) for tenure in left["tenures"]] == [(licence, "2026-11-24")]

    # All of it is one append: nothing of it stands at another position than between the deduction and its receipt.
    together = [event for event in await city.events(after=before) if event["position"] <= last.position]  # type: ignore[operator] # a position is a number
    assert [event["position"] for event in together] == list(range(before + 1, last.position + 1))
    assert types(together).count("licence.manager-relieved") == 2
    assert types(together).count("project.manager-left-office") == 2
    assert {"licence.points-deducted", "licence.revoked"} <= set(types(together))
    assert len({event["recorded_at"] for event in together}) == 1


async def test_a_revoked_manager_gets_no_project_and_no_registration(clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    await clerk.deduct(licence, "V03")
    project = await clerk.project(company)
    assert await clerk.is_refused(f"/projects/{project}/manager", {"licence_id": licence}) == {
        "appointment.not-registered"
    }
    assert await clerk.is_refused(f"/licences/{licence}/registration", {"company_id": await clerk.company()}) == {
        "registration.banned",
        "registration.retraining-missing",
    }


async def test_points_after_the_revocation_do_not_revoke_again(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    await clerk.deduct(licence, "V03")
    before = (await clerk.reads(f"/licences/{licence}"))["revocation"]
    await clerk.deduct(licence, "V03")
    after = await clerk.reads(f"/licences/{licence}")
    assert (after["revocation"], after["points"]["total"]) == (before, 50)


async def test_an_objection_that_is_upheld_reinstates(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    project = await clerk.project(company)
    await clerk.appoint(licence, project)
    number = (await clerk.reads(f"/licences/{licence}"))["licence_number"]
    charged = (await clerk.deduct(licence, "V03")).details["deduction_id"]
    assert (await clerk.reads(f"/licences/{licence}"))["status"] == "revoked"

    objection = f"/licences/{licence}/deductions/{charged}/objection"
    await city.manager(licence).does(objection, {"grounds": "事实不清"})
    assert (await clerk.reads(f"/licences/{licence}"))["deductions"][0]["status"] == "objected"
    assert await clerk.is_refused(f"{objection}/decision", {"upheld": True, "reason": "误记"}) == {
        "objection.same-officer"
    }
    await city.clerk("another clerk").does(f"{objection}/decision", {"upheld": True, "reason": "误记"})

    page = await clerk.reads(f"/licences/{licence}")
    assert numbers(page) == ("registered", 0, False)
    assert (page["licence_number"], page["company"]["id"], page["revocation"]) == (number, company, None)
    assert page["deductions"][0]["status"] == "rescinded"
    assert [(warning["kind"], warning["withdrawn"]) for warning in page["warnings"]] == [
        ("written", True),
        ("interview", True),
    ]
    assert (await clerk.reads(f"/projects/{project}"))["manager"] is None
    await clerk.appoint(licence, project)


async def test_an_objection_that_is_rejected_leaves_everything(city: City, clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    charged = (await clerk.deduct(licence, "V03")).details["deduction_id"]
    await clerk.object(licence, charged)
    await city.clerk("another clerk").decide(licence, charged, upheld=False)
    page = await clerk.reads(f"/licences/{licence}")
    assert (page["status"], page["deductions"][0]["status"]) == ("revoked", "in_force")
    objection = f"/licences/{licence}/deductions/{charged}/objection"
    assert await clerk.is_refused(objection, {"grounds": "再议", "on_behalf": True}) == {"objection.already-made"}
    assert await city.clerk("another clerk").is_refused(
        f"{objection}/decision", {"upheld": True, "reason": "再议"}
    ) == {"objection.none-pending"}


@pytest.mark.parametrize(
    ("points", "warnings"),
    [
        ([("V08", 12)], []),
        ([("V08", 13)], ["written"]),
        ([("V08", 12), ("V11", 6)], ["written"]),
        ([("V08", 12), ("V11", 7)], ["written", "interview"]),
    ],
)
async def test_warnings_come_at_thirteen_and_nineteen(
    clerk: Clerk, points: list[tuple[str, int]], warnings: list[str]
) -> None:
    licence = await clerk.manager(await clerk.company())
    for charged in points:
        await clerk.deduct(licence, *charged)
    page = await clerk.reads(f"/licences/{licence}")
    assert [warning["kind"] for warning in page["warnings"]] == warnings


async def test_the_points_of_two_cycles_never_add_up(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    await clerk.deduct(licence, "V07", 20, on="2025-12-31")
    await clerk.deduct(licence, "V07", 20, on="2026-01-01")
    page = await clerk.reads(f"/licences/{licence}")
    assert (page["status"], page["points"]["by_cycle"]) == ("registered", {"2025": 20, "2026": 20})


async def test_all_broken_rules_of_a_charge_are_named(clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    project = await clerk.project(company)
    body = charge("V08", 16, on="2026-11-25", project_id=project)
    assert await clerk.is_refused(f"/licences/{licence}/deductions", body) == {
        "deduction.points-out-of-range",
        "deduction.in-the-future",
        "deduction.no-tenure",
    }
    assert await clerk.is_refused(f"/licences/{licence}/deductions", charge("V99")) == {"deduction.unknown-violation"}
