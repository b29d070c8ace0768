"""Policy as dated data: adopted for a day, in force from that day, never for what was decided before."""

import pytest

from tests.journeys.clerk import charge, holder
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_new_limit_holds_from_its_first_day(place: Place) -> None:
    async with place.at("2026-12-31T23:50:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = await clerk.manager(company)
        await clerk.does("/rule-sets", {"version": "2027", "in_force_from": "2027-01-01", "max_projects": 3})
        await clerk.appoint(licence, await clerk.project(company, 1), await clerk.project(company, 1))
        third, fourth = await clerk.project(company, 1), await clerk.project(company, 1)
        refused = f"/projects/{third}/manager", {"licence_id": licence}
        assert await clerk.is_refused(*refused) == {"appointment.too-many-projects"}
        assert (await clerk.reads(f"/licences/{licence}"))["capacity"]["projects_left"] == 0
    async with place.at("2027-01-01T00:00:00+08:00") as city:
        clerk = city.clerk()
        assert (await clerk.reads(f"/licences/{licence}"))["capacity"]["projects_left"] == 1
        await clerk.does(*refused)
        assert await clerk.is_refused(f"/projects/{fourth}/manager", {"licence_id": licence}) == {
            "appointment.too-many-projects"
        }
        in_force = {day: (await clerk.reads(f"/rule-sets/current?on={day}"))["version"] for day in DAYS}
        assert in_force == DAYS
        assert (await clerk.reads("/rule-sets/current"))["version"] == "2027"


DAYS = {"2026-12-31": "2000-1", "2027-01-01": "2027", "2000-01-01": "2000-1", "2100-01-01": "2027"}


async def test_a_rule_set_is_adopted_once_and_not_for_the_past(place: Place) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        present = await clerk.reads("/rule-sets/current")
        receipt = await clerk.does("/rule-sets", {"version": "2026-2", "in_force_from": "2026-11-24", "ban_years": 3})
        again = {"version": "2026-2", "in_force_from": "2026-11-23"}
        assert await clerk.is_refused("/rule-sets", again) == {
            "rule-set.version-exists",
            "rule-set.in-force-in-the-past",
        }
        changed = await clerk.reads("/rule-sets/current")
        assert changed == {**present, "version": "2026-2", "in_force_from": "2026-11-24", "ban_years": 3}
        assert [rules["version"] for rules in await clerk.items("/rule-sets")] == ["2000-1", "2026-2"]
        assert receipt.version == 2


@pytest.mark.parametrize("version", ["2027-1", "二〇二七年版", "a/b c", "100%?#", "current/2"])
async def test_a_rule_set_is_found_by_its_version_whatever_that_is(place: Place, version: str) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        answer = await clerk.post("/rule-sets", {"version": version, "in_force_from": "2027-01-01"})
        assert answer.status_code == 201
        assert (await clerk.reads(answer.headers["location"].removeprefix("/v1")))["version"] == version
        problem = await clerk.fails(422, "/rule-sets", {"version": "current", "in_force_from": "2027-01-01"})
        assert problem.pointers == {"/version"}


async def test_the_first_rule_set_is_the_regulation(place: Place) -> None:
    async with place.at() as city:
        rules = await city.auditor().reads("/rule-sets/current")
    assert rules["in_force_from"] == "2000-01-01"
    limits = {
        "max_projects": 2,
        "max_area_m2": 200_000,
        "cycle": "calendar_year",
        "warning_points": 13,
        "interview_points": 19,
        "revocation_points": 25,
        "inspection_fail_points": 25,
        "revocation_mode": "immediate",
        "hearing_days": 5,
        "limitation_years": 2,
        "replacement_days": 30,
        "ban_years": 2,
        "objection_days": 15,
        "rectification_days": 15,
        "repeat_offence_count": 3,
        "timezone": "Asia/Shanghai",
    }
    assert {key: rules[key] for key in limits} == limits
    assert [violation["code"] for violation in rules["catalogue"]] == [f"V{number:02}" for number in range(1, 34)]
    assert set(rules["sla"]) == {"emergency", "minor", "complex", "complaint", "consultation", "suggestion"}


async def test_a_deduction_follows_the_set_in_force_on_the_day_of_the_violation(place: Place) -> None:
    async with place.at("2026-12-31T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.does("/rule-sets", {"version": "2027", "in_force_from": "2027-01-01", "revocation_points": 12})
        await clerk.deduct(licence, "V08", 12, on="2026-12-31")
    async with place.at("2027-01-02T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.deduct(licence, "V29", on="2026-12-31")
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["points"]["limit"]) == ("registered", 12)
        assert {entry["rule_set"] for entry in page["deductions"]} == {"2000-1"}
        await clerk.deduct(licence, "V08", 12, on="2027-01-01")
        assert (await clerk.reads(f"/licences/{licence}"))["revocation"]["cycle"] == "2027"


async def test_holidays_and_make_up_days_move_the_last_day_to_object(place: Place) -> None:
    async with place.at("2026-11-27T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence, other = await clerk.manager(company), await clerk.manager(company)
        holidays = {"version": "a", "in_force_from": "2026-11-27", "holidays": ["2026-12-14", "2026-12-15"]}
        await clerk.does("/rule-sets", holidays)
        await clerk.deduct(licence, "V29", on="2026-11-27")
        assert (await clerk.reads(f"/licences/{licence}"))["deductions"][0]["object_by"] == "2026-12-16"
        make_up = {"version": "b", "in_force_from": "2026-11-27", "make_up_days": ["2026-12-12"]}
        await clerk.does("/rule-sets", make_up)
        await clerk.deduct(other, "V29", on="2026-11-27")
        assert (await clerk.reads(f"/licences/{other}"))["deductions"][0]["object_by"] == "2026-12-12"


async def test_a_revocation_after_hearing_is_proposed_heard_and_decided(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company()
        await clerk.does(
            "/rule-sets", {"version": "h", "in_force_from": "2026-11-24", "revocation_mode": "after_hearing"}
        )
        licence, spared = await clerk.manager(company), await clerk.manager(company)
        project, free = await clerk.project(company), await clerk.project(company)
        await clerk.appoint(licence, project)
        await clerk.deduct(licence, "V03", on="2026-11-24")
        charged = (await clerk.deduct(spared, "V03", on="2026-11-24")).details["deduction_id"]
        await clerk.object(spared, charged)
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["revocation"], len(page["appointments"])) == ("suspended", None, 1)
        assert page["proposed_revocation"] == {
            "cycle": "2026",
            "total": 25,
            "proposed_on": "2026-11-24",
            "hearing_until": "2026-12-01",
        }
        assert await clerk.is_refused(f"/projects/{free}/manager", {"licence_id": licence}) == {"appointment.suspended"}
    decision = f"/licences/{licence}/revocation", {"reason": "听证后决定"}
    async with place.at("2026-12-01T23:50:00+08:00") as city:
        clerk = city.clerk()
        assert await clerk.is_refused(*decision) == {"revocation.hearing-open"}
        await city.clerk("another clerk").decide(spared, charged, upheld=True)
        page = await clerk.reads(f"/licences/{spared}")
        assert (page["status"], page["proposed_revocation"]) == ("registered", None)
        assert await clerk.is_refused(f"/licences/{spared}/revocation", decision[1]) == {"revocation.not-proposed"}
    async with place.at("2026-12-02T00:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.does(*decision)
        page = await clerk.reads(f"/licences/{licence}")
        assert (page["status"], page["proposed_revocation"], page["appointments"]) == ("revoked", None, [])
        assert page["revocation"]["banned_until"] == "2028-12-02"
        assert (await clerk.reads(f"/projects/{project}"))["manager"] is None
        assert await clerk.is_refused(*decision) == {"revocation.not-proposed"}


async def test_a_cycle_may_run_from_the_day_of_registration(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.does("/rule-sets", {"version": "r", "in_force_from": "2026-11-24", "cycle": "registration_year"})
        licence = await clerk.manager(await clerk.company(), registered_on="2020-11-25")
        await clerk.deduct(licence, "V08", 12, on="2026-11-24")
        page = await clerk.reads(f"/licences/{licence}")
        assert page["points"]["cycle"] == "2025-11-25"
        assert page["points"]["by_cycle"] == {"2025-11-25": 12}
    async with place.at("2026-11-25T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.deduct(licence, "V08", 13, on="2026-11-25")
        page = await clerk.reads(f"/licences/{licence}")
        assert page["status"] == "registered"
        assert page["points"] == {
            "cycle": "2026-11-25",
            "total": 13,
            "limit": 25,
            "by_cycle": {"2025-11-25": 12, "2026-11-25": 13},
        }
        await clerk.deduct(licence, "V08", 13, on="2026-11-24")
        assert (await clerk.reads(f"/licences/{licence}"))["revocation"]["cycle"] == "2025-11-25"


async def test_a_violation_of_a_new_catalogue_is_charged_from_its_first_day(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        own = [{"code": "X1", "sentence": "本市另行规定", "points": 4, "lowest": 2, "highest": 6}]
        await clerk.does("/rule-sets", {"version": "x", "in_force_from": "2026-11-24", "catalogue": own})
        await clerk.deduct(licence, "X1", on="2026-11-24")
        assert (await clerk.reads(f"/licences/{licence}"))["points"]["total"] == 4
        unknown = {"deduction.unknown-violation"}
        assert await clerk.is_refused(f"/licences/{licence}/deductions", charge("X1", on="2026-11-23")) == unknown
        assert await clerk.is_refused(f"/licences/{licence}/deductions", charge("V29", on="2026-11-24")) == unknown
        await clerk.deduct(licence, "V29", on="2026-11-23")


async def test_everyone_with_a_token_reads_rule_sets(place: Place) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        licence = (await clerk.does("/licences", {"holder": holder()})).id
        for reader in (city.manager(licence), city.officer(), city.auditor()):
            assert (await reader.reads("/rule-sets/current"))["version"] == "2000-1"
        assert (await city.nobody().ask("GET", "/rule-sets/current")).status_code == 401
