"""The Open311 façade of running services, read by a client that somebody else wrote."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import pytest
import pytest_asyncio
from georeport import GeoReport

from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import ProjectId, Subject
from tests.journeys.city import City
from tests.journeys.desk import PHONE, Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

BECAUSE: Final = {"reason": "经核实，住户王芳已知悉"}
PERSONAL: Final = ("王芳", "王*", PHONE, "3-2-501", "厨房水管漏水", "李师傅", "密封圈", "知悉", "供电公司")
"""What the requests here hold, in whatever field, and nobody may read."""

Clients = Callable[[str], GeoReport]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(cities: list[City]) -> Desk:
    return await Desk.of(cities[0])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def numbers(desk: Desk) -> dict[str, str]:
    """Requests at every step, their numbers by what happened last; all of them can be read."""
    paths = {
        "received": await desk.reported(),
        "in_progress": await desk.started("repair", category="emergency"),
        "paused": await desk.started("complaint"),
        "completed": await desk.completed(),
        "closed": await desk.completed(),
        "cancelled": await desk.reported("suggestion"),
        "referred": await desk.dispatched(),
        "duplicate": await desk.dispatched(),
    }
    await desk.repairer.does(f"{paths['paused']}/pause", {"reason": "awaiting_resident"})
    await desk.visited(paths["closed"], note="王芳很满意")
    await desk.office.does(f"{paths['closed']}/closure", {})
    await desk.resident.does(f"{paths['cancelled']}/cancellation", BECAUSE)
    await desk.office.does(f"{paths['referred']}/referral", {"to": "供电公司", **BECAUSE})
    original = paths["received"].rpartition("/")[2]
    await desk.office.does(f"{paths['duplicate']}/duplicate", {"duplicate_of": original})
    return {step: (await desk.office.reads(path))["number"] for step, path in paths.items()}


@pytest.fixture
def client(cities: list[City], numbers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Clients:
    """Answer the client for a format; it asks the service that did not take the requests."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    jurisdiction = numbers["received"].split("-")[1]
    root = f"{cities[1].http.base_url}/open311/v2/"
    return lambda form: GeoReport(root, jurisdiction=jurisdiction, output_format=form)


def by_number(requests: list[dict[str, Any]], desk: Desk) -> dict[str, dict[str, Any]]:
    return {each["service_request_id"]: each for each in requests if each["address_id"] == desk.project}


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_client_reads_the_services(client: Clients, form: str) -> None:
    services = client(form).get_service_list()
    assert [service["service_code"] for service in services] == [
        "emergency", "minor", "complex", "complaint", "consultation", "suggestion",
    ]  # fmt: skip
    for service in services:
        assert all(service[name] for name in ("service_name", "description", "type", "keywords", "group"))
        definition = client(form).get_service_definition(service["service_code"])
        assert definition["service_code"] == service["service_code"]
    assert [service["service_name"] for service in services[:2]] == ["急修", "小修"]


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_client_reads_the_requests(client: Clients, form: str, desk: Desk, numbers: dict[str, str]) -> None:
    found = by_number(client(form).get_service_requests(), desk)
    assert found.keys() == set(numbers.values())
    assert {step: (found[number]["status"], found[number]["status_notes"]) for step, number in numbers.items()} == {
        "received": ("open", "已受理"),
        "in_progress": ("open", "处理中"),
        "paused": ("open", "已暂停：等待住户"),
        "completed": ("open", "已完工，待回访或答复"),
        "closed": ("closed", "已办结"),
        "cancelled": ("closed", "报事人已撤回"),
        "referred": ("closed", "已转专业单位或主管部门"),
        "duplicate": ("closed", "与另一事项重复"),
    }
    assert [found[numbers[step]]["service_code"] for step in ("received", "in_progress", "paused", "cancelled")] == [
        "minor",
        "emergency",
        "complaint",
        "suggestion",
    ]
    project = await desk.office.reads(f"/projects/{desk.project}")
    for request in found.values():
        assert request["address"] == f"{project['name']}，{project['address']}"
        assert request["agency_responsible"] == project["company"]["name"]
        assert request["requested_datetime"] <= request["updated_datetime"] < request["expected_datetime"]
        assert request["description"] is None


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_client_reads_one_request(client: Clients, form: str, numbers: dict[str, str]) -> None:
    request = client(form).get_service_request(numbers["closed"])
    assert (request["service_request_id"], request["status"]) == (numbers["closed"], "closed")


async def test_a_client_narrows_the_list(client: Clients, desk: Desk, numbers: dict[str, str]) -> None:
    geo = client("json")
    ended = {numbers[step] for step in ("closed", "cancelled", "referred", "duplicate")}
    assert by_number(geo.get_service_requests(status="closed"), desk).keys() == ended
    assert by_number(geo.get_service_requests(status="open"), desk).keys() == set(numbers.values()) - ended
    assert by_number(geo.get_service_requests(service_code="complaint,suggestion"), desk).keys() == {
        numbers["paused"],
        numbers["cancelled"],
    }
    both = f"{numbers['received']},{numbers['closed']},SR-000000-20260101-0000000000"
    assert {each["service_request_id"] for each in geo.get_service_requests(service_request_id=both)} == {
        numbers["received"],
        numbers["closed"],
    }
    at = geo.get_service_request(numbers["received"])["requested_datetime"]
    assert numbers["received"] not in by_number(geo.get_service_requests(end_date="2026-01-01T00:00:00Z"), desk)
    assert by_number(geo.get_service_requests(start_date=at), desk).keys() == set(numbers.values())


async def test_the_last_received_comes_first_page_by_page(
    client: Clients, cities: list[City], numbers: dict[str, str]
) -> None:
    geo = client("json")
    whole = [each["service_request_id"] for each in geo.get_service_requests()]
    times = [each["requested_datetime"] for each in geo.get_service_requests()]
    assert times == sorted(times, reverse=True)
    assert len(numbers) <= len(whole)
    pages: list[str] = []
    for page in range(1, len(whole) // 3 + 2):
        answer = await cities[1].http.get(f"/open311/v2/requests.json?page_size=3&page={page}")
        pages += [each["service_request_id"] for each in answer.json()]
    assert pages == whole


async def test_nothing_personal_is_shown(cities: list[City], numbers: dict[str, str]) -> None:
    assert await cities[0].events(type="service-request.received")
    for form in ("json", "xml"):
        paths = ["requests", *(f"requests/{number}" for number in numbers.values()), f"tokens/{numbers['closed']}"]
        for path in paths:
            answer = await cities[1].http.get(f"/open311/v2/{path}.{form}")
            assert answer.status_code == 200
            assert [found for found in PERSONAL if found in answer.text] == []
            assert numbers["closed"] in answer.text or path.startswith("requests/")


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_resident_posts_and_finds_it_at_once(
    client: Clients, cities: list[City], desk: Desk, form: str
) -> None:
    resident = Caller(subject=Subject("neighbour"), role=Role.RESIDENT, project=ProjectId(UUID(desk.project)))
    report = {
        "api_key": cities[0].token(resident),
        "service_code": "complaint",
        "address_string": "3-2-502",
        "description": "楼道灯\r\n不亮",
        "first_name": "芳",
        "last_name": "王",
        "phone": PHONE,
        "lat": "32.39",
        "long": "119.42",
    }
    headers = {"Idempotency-Key": f"lamp in {form}"}
    answer = await cities[0].http.post("/open311/v2/requests.json", data=report, headers=headers)
    assert answer.status_code == 200
    (posted,) = answer.json()
    found = client(form).get_service_request(posted["service_request_id"])
    assert (found["service_code"], found["status"], found["address_id"]) == ("complaint", "open", desk.project)
    again = await cities[1].http.post(f"/open311/v2/requests.{form}", data=report, headers=headers)
    assert again.headers["idempotent-replayed"] == "true"
    assert posted["service_request_id"] in again.text
    listed = await desk.office.items(f"/service-requests?project_id={desk.project}&kind=complaint")
    (page,) = [each for each in listed if each["number"] == posted["service_request_id"]]
    assert (page["channel"], page["unit"], page["description"]) == ("open311", "3-2-502", "楼道灯 不亮")
    assert page["reporter"] == {"name": "王*"}


async def test_a_client_without_a_key_files_nothing(cities: list[City], desk: Desk) -> None:
    before = await cities[0].last_position()
    for form in ("json", "xml"):
        report = {"service_code": "minor", "address_id": desk.project}
        answer = await cities[0].http.post(f"/open311/v2/requests.{form}", data=report)
        assert (answer.status_code, "api_key" in answer.text) == (403, True)
    assert await cities[0].last_position() == before
