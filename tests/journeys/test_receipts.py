"""What a command is answered with, and the versions on which it may insist."""

import pytest

from tests.journeys.answers import Json, Problem
from tests.journeys.calls import CALLS, Call, Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, charge, estate, holder

pytestmark = pytest.mark.asyncio(loop_scope="module")

TO_WHAT_EXISTS = {name: call for name, call in CALLS.items() if "{" in call.path}


@pytest.mark.parametrize("operation", ["adopt a rule set", "register a company", "open a file", "register a project"])
async def test_a_creation_says_where_the_thing_is_found(clerk: Clerk, operation: str) -> None:
    call, things = CALLS[operation], await Things.of(clerk)
    answer = await clerk.post(call.path, call.body(things))
    assert answer.status_code == 201
    location = answer.headers["location"]
    assert location.startswith(f"/v1{call.path}/")
    page = await clerk.get(location.removeprefix("/v1"))
    assert page.status_code == 200
    assert page.headers["etag"] == answer.headers["etag"]
    if operation != "adopt a rule set":
        assert (answer.json()["version"], page.json()["version"]) == (1, 1)
        assert page.json()["id"] == answer.json()["id"]


async def test_a_receipt_shows_the_thing_in_the_path_and_the_last_event(city: City, clerk: Clerk) -> None:
    company = await clerk.company()
    licence, project = await clerk.manager(company), await clerk.project(company)
    before = await clerk.reads(f"/projects/{project}")
    receipt = await clerk.does(f"/projects/{project}/manager", {"licence_id": licence})
    assert receipt.id == project
    assert receipt.version == before["version"] + 1 == (await clerk.reads(f"/projects/{project}"))["version"]
    assert receipt.position == await city.last_position()
    revoked = await clerk.does(f"/licences/{licence}/deductions", charge("V03"))
    assert revoked.id == licence
    assert revoked.version == (await clerk.reads(f"/licences/{licence}"))["version"]
    assert revoked.position == await city.last_position()
    history = await clerk.items(f"/licences/{licence}/history")
    assert [event["version"] for event in history] == list(range(1, revoked.version + 1))


@pytest.mark.parametrize("call", TO_WHAT_EXISTS.values(), ids=TO_WHAT_EXISTS)
async def test_a_version_that_has_passed_is_stale_before_any_rule_is_looked_at(
    city: City, clerk: Clerk, call: Call
) -> None:
    things = await Things.of(clerk)
    thing = "/".join(call.at(things).split("/")[:3])
    present = (await clerk.reads(thing))["version"]
    before = await city.last_position()
    for version in (present - 1, present + 1, 0, 2**63 - 1):
        problem = await clerk.fails(412, call.at(things), call.body(things), if_match=version)
        assert problem.code == "stale"
    assert await city.last_position() == before
    answer = await clerk.post(call.at(things), call.body(things), if_match=present)
    assert answer.status_code in {200, 409}


async def test_a_refusal_is_on_record_and_changes_no_version(city: City, clerk: Clerk) -> None:
    things = await Things.of(clerk)
    other = await clerk.manager(things.company)
    pages = [f"/projects/{things.project}", f"/licences/{other}", f"/companies/{things.company}"]
    before = [await clerk.reads(page) for page in pages]
    problem = await clerk.fails(409, f"/projects/{things.project}/manager", {"licence_id": other})
    assert problem.position == await city.last_position()
    assert [await clerk.reads(page) for page in pages] == before
    await clerk.does(f"/projects/{things.project}/stage", {"stage": "show_area"}, if_match=before[0]["version"])


async def test_a_decision_that_finds_nothing_to_do_changes_nothing(city: City, clerk: Clerk) -> None:
    things = await Things.of(clerk)
    name = (await clerk.reads(f"/companies/{things.company}"))["name"]
    project = await clerk.reads(f"/projects/{things.project}")
    for path, body in (
        (f"/companies/{things.company}/name", {"name": name}),
        (f"/companies/{things.company}/name", {"name": f"  {name}  "}),
        (f"/projects/{things.project}/stage", {"stage": project["stage"]}),
        (f"/projects/{things.project}/contract", project["contract"]),
        (f"/projects/{things.project}/company", {"company_id": things.company}),
        (f"/projects/{things.project}/area", {"building_area_m2": project["building_area_m2"], "reason": "复核"}),
    ):
        before = await city.last_position()
        version = (await clerk.reads("/".join(path.split("/")[:3])))["version"]
        receipt = await clerk.does(path, body)
        assert receipt.version == version
        assert await city.last_position() == before


async def test_one_thing_is_always_shown_anew(clerk: Clerk) -> None:
    things = await Things.of(clerk)
    for path in (
        f"/licences/{things.licence}",
        f"/licences/{things.licence}?as_of=2026-11-24",
        f"/projects/{things.project}",
        f"/companies/{things.company}",
        f"/companies/{things.company}/credit-file",
        "/rule-sets/current",
    ):
        first = await clerk.get(path)
        assert first.headers["etag"]
        again = await clerk.ask("GET", path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (200, first.content)


async def test_what_is_at_a_limit_is_taken(clerk: Clerk) -> None:
    name, text = "长" * 200, "长" * 4_000
    company = (await clerk.does("/companies", {"name": "😀" * 200})).id
    edges: dict[str, Json] = {"building_area_m2": 0.01, "households": 0, "name": name, "address": text}
    least = await clerk.project(company, **edges)
    most = await clerk.project(company, building_area_m2=99_999_999.99, households=1_000_000)
    assert (await clerk.reads(f"/projects/{least}"))["building_area_m2"] == 0.01
    page = await clerk.reads(f"/projects/{most}")
    assert (page["building_area_m2"], page["households"]) == (99_999_999.99, 1_000_000)
    licence = (await clerk.does("/licences", {"holder": holder("  张三  ")})).id
    assert (await clerk.reads(f"/licences/{licence}"))["holder"]["name"] == "张三"


@pytest.mark.parametrize(
    ("written", "shown"), [("80000", "80000"), ("80000.0", "80000"), ("8e4", "80000"), ("80000.10", "80000.1")]
)
async def test_an_area_is_kept_to_the_hundredth(clerk: Clerk, written: str, shown: str) -> None:
    things = await Things.of(clerk)
    body = f'{{"building_area_m2": {written}, "reason": "复核"}}'.encode()
    path = f"/projects/{things.project}/area"
    await clerk.does(path, {"building_area_m2": 1, "reason": "复核"})
    assert (
        await clerk.ask("POST", path, content=body, headers={"Content-Type": "application/json"})
    ).status_code == 200
    answer = await clerk.ask("GET", f"/projects/{things.project}/history?limit=200")
    amended = [event for event in answer.json()["items"] if event["type"] == "project.area-amended"]
    assert amended[-1]["data"]["building_area_m2"] == float(shown)


ORDER = [
    ("too large before anything", {"size": 2**20 + 1, "type": "text/plain", "token": False}, 413),
    ("the type before the token", {"type": "text/plain", "token": False}, 415),
    ("the token before the body", {"content": b"{", "token": False}, 401),
    ("the body before the thing", {"content": b"{"}, 422),
]


@pytest.mark.parametrize(
    ("what", "status"), [(what, status) for _, what, status in ORDER], ids=[name for name, _, _ in ORDER]
)
async def test_checks_come_in_their_order(city: City, clerk: Clerk, what: dict[str, object], status: int) -> None:
    nowhere = "/companies/00000000-0000-4000-8000-000000000000/name"
    content = what.get("content", b" " * int(str(what.get("size", 2))))
    headers = {"Content-Type": str(what.get("type", "application/json"))}
    asker = clerk if what.get("token", True) else city.nobody()
    problem = Problem.of(await asker.ask("POST", nowhere, content=content, headers=headers))
    assert problem.status == status


async def test_scope_is_looked_at_before_an_earlier_receipt(city: City, clerk: Clerk) -> None:
    company, other = await clerk.company(), await clerk.company()
    licence = await clerk.manager(company)
    employee = city.employee(company)
    path, body = f"/licences/{licence}/deregistration", {"reason": "调动"}
    await employee.does(path, body, key="left")
    await clerk.register(licence, other)
    assert (await employee.fails(403, path, body, key="left")).code == "forbidden"


async def test_a_project_of_a_name_in_a_district_is_registered_once(clerk: Clerk) -> None:
    company = await clerk.company()
    body = estate(company)
    await clerk.does("/projects", body)
    assert await clerk.is_refused("/projects", body) == {"project.already-registered"}
    await clerk.does("/projects", {**body, "district": "321003"})
