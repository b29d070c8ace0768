"""Receipts, one thing and pages as clients get them."""

import json
from uuid import UUID

from application.kernel.ports import Receipt
from application.kernel.submission import Answer
from tests.api.http.made_up import NOTE, City

NOTE_TEXT = (
    '{"id":"11111111-2222-4333-8444-555555555555","version":4,"title":"便条","area_m2":120000.5,'
    '"written_on":"2026-02-28","at":"2026-03-01T00:00:00Z"}'
)


async def test_a_creation_is_201_with_its_place(city: City) -> None:
    answer = await city.post("/v1/notes", {"title": "x"})
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/notes/{NOTE}"
    assert answer.headers["ETag"] == '"3"'
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {"id": str(NOTE), "version": 3, "position": 17}
    assert "Idempotent-Replayed" not in answer.headers


async def test_a_command_is_200_with_its_details(city: City) -> None:
    city.desk.answer = Answer(Receipt(id=NOTE, version=5, position=18, details={"length": 1, "by": UUID(int=1)}))
    answer = await city.post(f"/v1/notes/{NOTE}/title", {"title": "x"})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
    assert "Location" not in answer.headers
    assert answer.json() == {"id": str(NOTE), "version": 5, "position": 18, "length": 1, "by": str(UUID(int=1))}


async def test_a_receipt_of_an_earlier_request_says_so(city: City) -> None:
    city.desk.answer = Answer(Receipt(id=NOTE, version=5, position=18), replayed=True)
    answer = await city.post("/v1/notes", {"title": "x"})
    assert (answer.status_code, answer.headers["Idempotent-Replayed"]) == (201, "true")


async def test_one_thing_has_its_version_and_exact_values(city: City) -> None:
    answer = await city.get(f"/v1/notes/{NOTE}")
    assert answer.headers["ETag"] == '"4"'
    assert answer.text == NOTE_TEXT


async def test_what_is_known_already_is_sent_again(city: City) -> None:
    """Names, dates and capacity change without a new version, so no answer is ever 304."""
    answer = await city.get(f"/v1/notes/{NOTE}", **{"If-None-Match": '"4"'})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_last_page_has_nothing_next(city: City) -> None:
    answer = await city.get("/v1/notes")
    assert answer.json() == {"items": [{"id": str(NOTE), "title": "便条"}], "next": None}
    assert "Link" not in answer.headers


async def test_a_page_leads_to_the_next_with_the_same_filters(city: City) -> None:
    city.desk.more = True
    answer = await city.get("/v1/notes?colour=red&q=张三&limit=1")
    cursor = answer.json()["next"]
    link = answer.headers["Link"]
    assert link == f'</v1/notes?colour=red&q=%E5%BC%A0%E4%B8%89&limit=1&cursor={cursor}>; rel="next"'
    following = await city.get(link[1 : link.index(">")])
    assert following.status_code == 200
    assert [(read["after"], read["q"]) for read in city.desk.read] == [(None, "张三"), (("便条", NOTE), "张三")]
    assert following.headers["Link"] == link


async def test_the_bytes_are_counted(city: City) -> None:
    answer = await city.get(f"/v1/notes/{NOTE}")
    assert int(answer.headers["Content-Length"]) == len(NOTE_TEXT.encode())
    assert json.loads(answer.content)["version"] == 4
