"""Reading the façade: open to everyone, in both formats and both languages."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.service_requests.request import OPEN, Status
from domain.service_requests.words import PauseReason
from tests.api.http.open311.made_up import Desk, errors, parsed, request

CODES = ["emergency", "minor", "complex", "complaint", "consultation", "suggestion"]
FIELDS = [
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime"),
    *("address", "address_id", "zipcode", "lat", "long", "media_url"),
]


async def shown(desk: Desk, **differently: Any) -> dict[str, Any]:
    """Answer a request as the façade shows it in English."""
    desk.board.shown = [request(1, **differently)]
    (found,) = (await desk.get("/requests.json", "en")).json()
    entry: dict[str, Any] = found
    return entry


async def test_the_services_are_the_categories_of_requests(desk: Desk) -> None:
    services = (await desk.get("/services.json")).json()
    assert [service["service_code"] for service in services] == CODES
    assert services[1] == {
        "service_code": "minor",
        "service_name": "小修",
        "description": "可当日修复的一般故障",
        "metadata": True,
        "type": "realtime",
        "keywords": "报修,小修,水管,门窗,照明",
        "group": "报修",
    }


async def test_the_services_in_xml(desk: Desk) -> None:
    root = parsed(await desk.get("/services.xml"))
    assert root.tag == "services"
    assert [service.tag for service in root] == ["service"] * 6
    assert [service.findtext("service_code") for service in root] == CODES
    assert {service.findtext("metadata") for service in root} == {"true"}


async def test_names_are_chinese_unless_english_is_preferred(desk: Desk) -> None:
    answer = await desk.get("/services.json", "en")
    assert answer.headers["content-language"] == "en"
    assert answer.headers["vary"] == "Accept-Language"
    assert [service["group"] for service in answer.json()[2:4]] == ["Repairs", "Complaints"]
    assert (await desk.get("/services.json")).headers["content-language"] == "zh-CN"
    assert all(text.isascii() for service in answer.json() for text in service.values() if isinstance(text, str))


@pytest.mark.parametrize("code", CODES)
async def test_every_service_takes_the_household(desk: Desk, code: str) -> None:
    definition = (await desk.get(f"/services/{code}.json", "en")).json()
    (unit,) = definition.pop("attributes")
    assert definition == {"service_code": code}
    assert (unit["code"], unit["datatype"], unit["required"], unit["variable"]) == ("unit", "string", True, True)
    root = parsed(await desk.get(f"/services/{code}.xml"))
    assert (root.tag, root.findtext("service_code")) == ("service_definition", code)
    assert root.findtext("attributes/attribute/code") == "unit"


async def test_a_service_that_there_is_not(desk: Desk) -> None:
    answer = await desk.get("/services/graffiti.json", "en")
    assert answer.status_code == 404
    assert errors(answer) == [(404, "There is no such service")]
    answer = await desk.get("/services/graffiti.xml")
    root = parsed(answer)
    assert (answer.status_code, root.tag, [each.tag for each in root]) == (404, "errors", ["error"])
    assert (root.findtext("error/code"), root.findtext("error/description")) == ("404", "没有这项服务")


async def test_a_request_with_all_fields_of_the_standard(desk: Desk) -> None:
    entry = await shown(desk)
    assert list(entry) == FIELDS
    assert entry == {
        "service_request_id": request(1).number,
        "status": "open",
        "status_notes": "Received",
        "service_name": "Minor repair",
        "service_code": "minor",
        "description": None,
        "agency_responsible": "广陵物业",
        "service_notice": "After the work you will be asked whether it is well done; it is closed only when it is",
        "requested_datetime": "2026-11-24T03:00:00Z",
        "updated_datetime": "2026-11-24T03:05:00Z",
        "expected_datetime": "2026-11-25T03:00:00Z",
        "address": "梅苑，文昌路1号",
        "address_id": "00000000-0000-0000-0000-000000000007",
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


async def test_requests_in_xml(desk: Desk) -> None:
    desk.board.shown = [request(1), request(2, company=None)]
    root = parsed(await desk.get("/requests.xml"))
    assert (root.tag, [each.tag for each in root]) == ("service_requests", ["request", "request"])
    assert [[field.tag for field in each] for each in root] == [FIELDS, FIELDS]
    assert [each.findtext("service_request_id") for each in root] == [request(1).number, request(2).number]
    assert [each.findtext("agency_responsible") for each in root] == ["广陵物业", ""]


@pytest.mark.parametrize("status", list(Status))
async def test_open_until_it_has_ended(desk: Desk, status: Status) -> None:
    entry = await shown(desk, status=status)
    assert entry["status"] == ("open" if status in OPEN else "closed")
    assert entry["status_notes"]


async def test_notes_tell_how_it_stands_in_sentences_of_ours(desk: Desk) -> None:
    stands: list[dict[str, Any]] = [
        {"status": Status.CLOSED},
        {"status": Status.CLOSED, "is_referred": True},
        {"status": Status.CLOSED, "is_duplicate": True},
        *({"status": Status.PAUSED, "pause_reason": reason} for reason in PauseReason),
    ]
    notes = [(await shown(desk, **how))["status_notes"] for how in stands]
    assert notes == [
        "Closed",
        "Referred to a professional unit or an authority",
        "A duplicate of another request",
        "Work is paused: waiting for the resident",
        "Work is paused: waiting for parts",
        "Work is paused: force majeure",
    ]


async def test_a_request_whose_project_is_not_known_yet_has_no_address(desk: Desk) -> None:
    assert (await shown(desk, project_name=None, address=None))["address"] is None


@pytest.mark.parametrize("name", [request(1).number, str(request(1).id), str(request(1).id).upper()])
async def test_one_request_by_number_or_id(desk: Desk, name: str) -> None:
    desk.board.shown = [request(1), request(2)]
    assert [each["service_request_id"] for each in (await desk.get(f"/requests/{name}.json")).json()] == [
        request(1).number
    ]
    root = parsed(await desk.get(f"/requests/{name}.xml"))
    assert [each.findtext("service_request_id") for each in root.findall("request")] == [request(1).number]
    token = (await desk.get(f"/tokens/{name}.json")).json()
    assert token == [{"service_request_id": request(1).number, "token": name}]


@pytest.mark.parametrize("path", ["/requests/1", f"/requests/{request(3).number}", "/tokens/1", "/requests/%00"])
async def test_a_request_that_there_is_not(desk: Desk, path: str) -> None:
    desk.board.shown = [request(1)]
    answer = await desk.get(f"{path}.json", "en")
    assert answer.status_code == 404
    assert errors(answer) == [(404, "There is no such service request")]
    assert parsed(await desk.get(f"{path}.xml")).findtext("error/code") == "404"


@pytest.mark.parametrize("path", ["/services", "/services/minor", "/requests", "/requests/1", "/tokens/1"])
async def test_the_city_may_be_named_and_no_other(desk: Desk, path: str) -> None:
    plain, named = await desk.get(f"{path}.json"), await desk.get(f"{path}.json", jurisdiction_id="321000")
    assert (named.status_code, named.content) == (plain.status_code, plain.content)
    other = await desk.get(f"{path}.json", "en", jurisdiction_id="city.gov")
    assert other.status_code == 404
    assert errors(other) == [(404, "jurisdiction_id is not the code of this city")]


async def test_a_wrong_query_is_told_in_the_format_asked_for(desk: Desk) -> None:
    answer = await desk.get("/requests.xml", "en", status="done")
    assert answer.status_code == 400
    root = parsed(answer)
    assert [(each.findtext("code"), each.findtext("description")) for each in root] == [
        ("400", "status must be open or closed")
    ]
    assert errors(await desk.get("/requests.json", page="0")) == [(400, "page：必须是 1 至 100 的整数")]


@pytest.mark.parametrize("query", ["status=%ff", "&".join(["a=1"] * 201)])
async def test_a_query_that_cannot_be_read(desk: Desk, query: str) -> None:
    answer = await desk.client.get(f"/open311/v2/requests.json?{query}")
    assert answer.status_code == 400
    assert errors(answer)


async def test_a_reader_may_name_the_position_that_it_needs(desk: Desk) -> None:
    headers = {"X-Min-Position": "17"}
    assert (await desk.client.get("/open311/v2/requests.json", headers=headers)).status_code == 200
    assert desk.positions == [17]
    desk.is_behind = True
    answer = await desk.client.get("/open311/v2/requests.json", headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert [code for code, _ in errors(answer)] == [503]
    answer = await desk.client.get("/open311/v2/requests.json", headers={"X-Min-Position": "x"})
    assert (answer.status_code, [code for code, _ in errors(answer)]) == (400, [400])


async def test_what_is_no_call_is_a_problem_as_everywhere(desk: Desk) -> None:
    answer = await desk.get("/services.yaml")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    answer = await desk.client.post("/open311/v2/services.json")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_head_is_answered_without_a_body(desk: Desk) -> None:
    answer = await desk.client.head("/open311/v2/services.json")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_names_from_an_import_cannot_break_the_xml(desk: Desk) -> None:
    desk.board.shown = [replace(request(1), project_name="<梅苑>&\x0b", company="]]>")]
    root = parsed(await desk.get("/requests.xml"))
    assert root.findtext("request/address") == "<梅苑>&\ufffd，文昌路1号"
    assert root.findtext("request/agency_responsible") == "]]>"
    assert json.loads((await desk.get("/requests.json")).content)[0]["agency_responsible"] == "]]>"
