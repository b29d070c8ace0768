"""Lists by pages: nothing twice, nothing missed while things are added; filters; the link to the next page."""

import pytest

from tests.journeys.city import City
from tests.journeys.clerk import GUANGLING, HANJIANG, Clerk, code
from tests.journeys.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def followed(client: Client, path: str) -> list[str]:
    """Read a list by its Link headers, and check that they say what `next` says."""
    found: list[str] = []
    while path:
        answer = await client.get(path)
        page = answer.json()
        found += [item["id"] for item in page["items"]]
        assert ("link" in answer.headers) is (page["next"] is not None)
        if page["next"] is None:
            break
        link = answer.headers["link"]
        assert link.endswith('>; rel="next"')
        path = link[1:].split(">")[0].removeprefix("/v1")
        assert page["next"] in path
    return found


@pytest.mark.parametrize("kind", ["companies", "licences", "projects"])
async def test_pages_hold_still_while_things_are_added(clerk: Clerk, kind: str) -> None:
    company = await clerk.company()

    async def add() -> str:
        if kind == "companies":
            return await clerk.company()
        return await clerk.applicant() if kind == "licences" else await clerk.project(company)

    made = [await add() for _ in range(5)]
    page = await clerk.reads(f"/{kind}?limit=2")
    seen = [item["id"] for item in page["items"]]
    while page["next"] is not None:
        if len(made) < 9:
            made.append(await add())
        page = await clerk.reads(f"/{kind}?limit=2&cursor={page['next']}")
        assert len(page["items"]) <= 2
        seen += [item["id"] for item in page["items"]]
    assert len(seen) == len(set(seen))
    assert [each for each in seen if each in made] == made


async def test_the_link_keeps_the_filters(clerk: Clerk) -> None:
    company = await clerk.company()
    made = [await clerk.project(company, name=f"同名 & 小区 {number}") for number in range(5)]
    await clerk.project(company)
    assert await followed(clerk, f"/projects?limit=2&q=%E5%90%8C%E5%90%8D+%26&company_id={company}") == made
    assert await followed(clerk, "/projects?limit=1&q=none-of-this-name") == []


async def test_a_page_has_fifty_items_unless_another_number_is_asked_for(clerk: Clerk) -> None:
    for _ in range(55):
        await clerk.company()
    assert len((await clerk.reads("/companies"))["items"]) == 50
    assert len((await clerk.reads("/companies?limit=1"))["items"]) == 1
    everything = await clerk.items("/companies", limit=200)
    assert len(everything) >= 55
    assert await followed(clerk, "/companies?limit=7") == [item["id"] for item in everything]


async def test_licences_are_found_by_status_company_and_name(clerk: Clerk) -> None:
    company = await clerk.company()
    applicant = await clerk.applicant("欧阳修文")
    registered, revoked, left = [await clerk.manager(company, f"欧阳{name}") for name in ("甲", "乙", "丙")]
    await clerk.deduct(revoked, "V03")
    await clerk.does(f"/licences/{left}/deregistration", {"reason": "退休"})

    async def found(query: str) -> list[str]:
        return [item["id"] for item in await clerk.items(f"/licences?q=%E6%AC%A7%E9%98%B3&{query}")]

    assert await found("") == [applicant, registered, revoked, left]
    assert await found("status=applicant") == [applicant]
    assert await found("status=registered") == [registered]
    assert await found("status=revoked") == [revoked]
    assert await found("status=deregistered") == [left]
    assert await found("status=suspended") == []
    assert await found(f"company_id={company}") == [registered]
    number = (await clerk.reads(f"/licences/{registered}"))["licence_number"]
    assert [item["id"] for item in await clerk.items(f"/licences?q={number}")] == [registered]
    (item,) = await clerk.items(f"/licences?q={number}")
    assert item["licence_number"] == number
    assert item["holder"] == {"name": "欧阳甲"}


async def test_projects_are_found_by_district_company_manager_and_name(clerk: Clerk) -> None:
    company = await clerk.company()
    here, there = await clerk.project(company), await clerk.project(company, district=HANJIANG)
    await clerk.appoint(await clerk.manager(company), here)

    async def found(query: str) -> list[str]:
        return [item["id"] for item in await clerk.items(f"/projects?company_id={company}&{query}")]

    assert await found("") == [here, there]
    assert await found(f"district={GUANGLING}") == [here]
    assert await found(f"district={HANJIANG}") == [there]
    assert await found("district=999999") == []
    assert await found("unmanaged=true") == [there]
    assert await found("unmanaged=false") == [here]
    assert await clerk.items("/projects?company_id=none") == []
    assert (await clerk.items(f"/projects?company_id={company}"))[0] == await clerk.reads(f"/projects/{here}")


async def test_companies_are_found_by_name_and_code(clerk: Clerk) -> None:
    unified = code()
    company = (await clerk.does("/companies", {"name": "独一无二物业 100%_", "uscc": unified})).id
    for query in ("%E7%8B%AC%E4%B8%80", "100%25_", unified):
        assert [item["id"] for item in await clerk.items(f"/companies?q={query}")] == [company]
    assert await clerk.items("/companies?q=1__%25") == []


async def test_refusals_and_deductions_come_newest_first_and_hold_still(clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.manager(company)
    path = f"/licences/{licence}/registration", {"company_id": company}

    async def refuse() -> int | None:
        return (await clerk.fails(409, *path)).position

    positions = [await refuse() for _ in range(5)]
    page = await clerk.reads(f"/licences/{licence}/refusals?limit=2")
    seen = [item["position"] for item in page["items"]]
    while page["next"] is not None:
        await refuse()
        page = await clerk.reads(f"/licences/{licence}/refusals?limit=2&cursor={page['next']}")
        seen += [item["position"] for item in page["items"]]
    assert seen == positions[::-1]

    charged = [(await clerk.deduct(licence, "V29")).details["deduction_id"] for _ in range(23)]
    all_of_them = await clerk.items(f"/licences/{licence}/deductions", limit=5)
    assert [entry["id"] for entry in all_of_them] == charged[::-1]
    newest = (await clerk.reads(f"/licences/{licence}"))["deductions"]
    assert newest == all_of_them[:20]


async def test_a_licence_shows_deductions_of_this_and_the_previous_cycle(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    for day in ("2024-12-31", "2025-01-01", "2026-01-01"):
        await clerk.deduct(licence, "V29", on=day)
    page = await clerk.reads(f"/licences/{licence}")
    assert [entry["cycle"] for entry in page["deductions"]] == ["2026", "2025"]
    assert page["points"]["by_cycle"] == {"2024": 1, "2025": 1, "2026": 1}
    assert len(await clerk.items(f"/licences/{licence}/deductions")) == 3


async def test_the_feed_goes_on_where_a_page_ended(city: City, clerk: Clerk) -> None:
    for _ in range(3):
        await clerk.company()
    everything = await city.events()
    positions = [event["position"] for event in everything]
    assert positions == list(range(1, len(positions) + 1))
    assert [event["position"] for event in await city.auditor().items("/events", limit=7)] == positions
    middle = len(positions) // 2
    assert [event["position"] for event in await city.events(after=middle)] == positions[middle:]
    registered = await city.events(type="company.registered")
    assert registered == [event for event in everything if event["type"] == "company.registered"]
    stream = str(registered[0]["stream"])
    assert await city.events(stream=stream) == [event for event in everything if event["stream"] == stream]
    assert await city.events(type="company.registered", stream=stream) == registered[:1]
    assert await city.events(type="company.closed") == []
    assert await city.events(after=2**63 - 1) == []
