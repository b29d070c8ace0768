"""A licence file as it stood at the end of a day (`as_of`), over restarts at other times."""

import pytest

from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_file_is_shown_as_it_stood_at_the_end_of_every_day(place: Place) -> None:
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        clerk = city.clerk()
        company = await clerk.company("安和物业")
        licence = await clerk.applicant()
        file = f"/licences/{licence}"
        await clerk.cannot_read(404, f"{file}?as_of=2026-11-23")
        assert (await clerk.reads(f"{file}?as_of=2026-11-24"))["status"] == "applicant"
        await clerk.certify(licence)
    async with place.at("2026-11-25T23:50:00+08:00") as city:
        clerk = city.clerk()
        await clerk.register(licence, company)
        project = await clerk.project(company, 120_000)
        await clerk.appoint(licence, project)
    async with place.at("2026-11-26T00:00:00+08:00") as city:
        clerk = city.clerk()
        first = (await clerk.deduct(licence, "V08", 12, on="2026-11-25")).details["deduction_id"]
    async with place.at("2026-11-27T12:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.deduct(licence, "V08", 13, on="2026-11-26")
        await clerk.object(licence, first)
    async with place.at("2026-11-30T12:00:00+08:00") as city:
        await city.clerk("another clerk").decide(licence, first, upheld=True)
        auditor = city.auditor()
        pages = [await auditor.reads(f"{file}?as_of=2026-11-{day}") for day in (24, 25, 26, 27, 28, 30)]
        now = await auditor.reads(file)
    assert [page["status"] for page in pages] == [
        "applicant",
        "registered",
        "registered",
        "revoked",
        "revoked",
        "registered",
    ]
    assert [page["points"]["total"] for page in pages] == [0, 0, 12, 25, 25, 13]
    assert [len(page["appointments"]) for page in pages] == [0, 1, 1, 0, 0, 0]
    assert [page["capacity"]["area_left_m2"] for page in pages] == [200_000, 80_000, 80_000, 200_000, 200_000, 200_000]
    assert [page["company"] is not None for page in pages] == [False, True, True, False, False, True]
    assert [page["version"] for page in pages] == sorted(page["version"] for page in pages)
    assert [len(page["certificates"]) for page in pages] == [2] * 6
    assert [[entry["status"] for entry in page["deductions"]] for page in pages] == [
        [],
        [],
        ["in_force"],
        ["in_force", "objected"],
        ["in_force", "objected"],
        ["in_force", "rescinded"],
    ]
    assert pages[-1] == now


async def test_days_turn_at_midnight_in_the_city(place: Place) -> None:
    async with place.at("2026-11-24T23:50:00+08:00") as city:
        licence = await city.clerk().applicant()
    async with place.at("2026-11-25T00:00:00+08:00") as city:
        clerk = city.clerk()
        await clerk.certify(licence)
        seen = [
            len((await clerk.reads(f"/licences/{licence}?as_of=2026-11-{day}"))["certificates"]) for day in (24, 25)
        ]
        assert seen == [0, 2]


async def test_what_turns_on_a_day_is_judged_on_that_day(place: Place) -> None:
    async with place.at("2026-12-31T12:00:00+08:00") as city:
        clerk = city.clerk()
        licence = await clerk.manager(await clerk.company())
        await clerk.deduct(licence, "V08", 12)
    async with place.at("2027-02-01T12:00:00+08:00") as city:
        clerk = city.clerk()
        then = await clerk.reads(f"/licences/{licence}?as_of=2026-12-31")
        now = await clerk.reads(f"/licences/{licence}")
        assert (then["points"]["cycle"], then["points"]["total"]) == ("2026", 12)
        assert (now["points"]["cycle"], now["points"]["total"]) == ("2027", 0)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-2-1", "yesterday", "", "2026-11-24T00:00:00"])
async def test_a_day_that_is_none_does_not_fit(place: Place, day: str) -> None:
    async with place.at() as city:
        licence = await city.clerk().applicant()
        problem = await city.clerk().cannot_read(422, f"/licences/{licence}?as_of={day}")
        assert problem.pointers == {"/as_of"}
