"""The contract, shown to machines and people without a request to anyone else."""

import re
from typing import Any

import pytest

from tests.api.http.made_up import City


@pytest.fixture
async def contract(city: City) -> dict[str, Any]:
    document: dict[str, Any] = (await city.client.get("/openapi.json")).json()
    return document


def parameters(operation: dict[str, Any]) -> set[str]:
    return {found.get("name") or found["$ref"].rpartition("/")[2] for found in operation["parameters"]}


async def test_every_route_needs_a_token_and_says_which_permission(contract: dict[str, Any]) -> None:
    operations = [operation for path in contract["paths"].values() for operation in path.values()]
    assert len(operations) == 6
    assert all(operation["security"] == [{"bearer": []}] for operation in operations)
    assert all(operation["x-permission"] for operation in operations)
    assert contract["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


async def test_a_command_says_its_headers_answers_and_problems(contract: dict[str, Any]) -> None:
    command = contract["paths"]["/v1/notes/{note_id}/title"]["post"]
    assert parameters(command) == {"note_id", "IfMatch", "IdempotencyKey", "AcceptLanguage"}
    assert set(command["responses"]) == {
        "200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503", "default",
    }  # fmt: skip
    assert set(command["responses"]["200"]["headers"]) == {"ETag", "Idempotent-Replayed"}
    shown = command["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(contract["components"]["schemas"][shown]["required"]) == {"id", "version", "position", "length"}


async def test_a_creation_says_where_the_new_thing_is(contract: dict[str, Any]) -> None:
    creation = contract["paths"]["/v1/notes"]["post"]
    assert set(creation["responses"]["201"]["headers"]) == {"ETag", "Location", "Idempotent-Replayed"}
    assert "IfMatch" not in parameters(creation)
    body = contract["components"]["schemas"]["NoteBody"]
    assert body["additionalProperties"] is False
    assert body["required"] == ["title"]
    assert body["properties"]["title"]["maxLength"] == 200


async def test_reads_say_their_headers(contract: dict[str, Any]) -> None:
    thing, page = contract["paths"]["/v1/notes/{note_id}"]["get"], contract["paths"]["/v1/notes"]["get"]
    assert parameters(thing) == {"note_id", "as_of", "MinPosition", "AcceptLanguage"}
    assert {"limit", "cursor", "colour"} <= parameters(page)
    assert set(page["responses"]["200"]["headers"]) == {"Link", "X-Log-Position"}
    stream = contract["paths"]["/v1/notes/log/stream"]["get"]
    assert set(stream["responses"]["200"]["content"]) == {"text/event-stream"}


async def test_an_area_is_a_number(contract: dict[str, Any]) -> None:
    area = contract["components"]["schemas"]["NoteView"]["properties"]["area_m2"]
    assert area == {"type": "number", "title": "Area M2"}


async def test_everything_referred_to_is_there(contract: dict[str, Any]) -> None:
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(contract)):
        found: Any = contract
        for step in reference.split("/"):
            found = found[step]
        assert found
    assert "HTTPValidationError" not in contract["components"]["schemas"]


async def test_problems_are_described_from_the_one_table(contract: dict[str, Any]) -> None:
    responses = contract["components"]["responses"]
    assert responses["409"]["description"] == "`idempotency.in-progress`, `rules-broken`"
    assert list(responses["503"]["content"]) == ["application/problem+json"]
    assert {"code", "trace_id", "broken", "errors"} <= contract["components"]["schemas"]["ProblemShown"][
        "properties"
    ].keys()


async def test_the_page_and_all_it_needs_come_from_here(city: City) -> None:
    page = await city.client.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(needed) == 4
    for address in needed:
        asset = await city.client.get(f"/{address}")
        assert asset.status_code == 200
        assert asset.content
    assert "<script>" not in page.text
    assert "//" not in "".join(needed)


async def test_the_start_of_the_page_asks_for_this_contract_only(city: City) -> None:
    start = (await city.client.get("/docs/start.js")).text
    assert 'url: "openapi.json"' in start
    assert "validatorUrl: null" in start
