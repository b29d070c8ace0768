"""The query and the path are as strict as a body."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from starlette.responses import Response

from api.http.asking import Asking
from api.http.checked_route import CheckedRoute, Kind
from api.http.fields import Id
from api.http.parameters import Parameters
from api.http.query_fields import cursor_for
from api.http.resources import Resource
from application.kernel.permissions import Operation
from domain.kernel.district import District
from tests.api.http.made_up import NOTE, City, Colour, Desk, NoteBody, NoteId


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=", "/limit"),
        ("limit=-1", "/limit"),
        ("limit=1.0", "/limit"),
        ("limit=+1", "/limit"),
        ("limit=01", "/limit"),
        ("limit=٣", "/limit"),
        ("limit=99999999999999999999", "/limit"),
        ("limit=%00", "/limit"),
        ("limit=1&limit=2", "/limit"),
        ("colour=red&colour=red", "/colour"),
        ("colour=green", "/colour"),
        ("colour=", "/colour"),
        ("pinned=True", "/pinned"),
        ("pinned=1", "/pinned"),
        ("company_id=nobody", "/company_id"),
        ("year=26", "/year"),
        ("district=32100", "/district"),
        ("q=", "/q"),
        ("q=%00", "/q"),
        ("q=a%0Ab", "/q"),
        ("q=" + "x" * 201, "/q"),
        ("Limit=1", "/Limit"),
        ("page=2", "/page"),
        ("a/b=2", "/a~1b"),
        ("=", "/"),
        ("limit", "/limit"),
        ("cursor=", "/cursor"),
        ("cursor=!", "/cursor"),
        ("cursor=A", "/cursor"),
        ("cursor=AAAA", "/cursor"),
        ("cursor=" + "A" * 2_001, "/cursor"),
        ("cursor=" + cursor_for(["x"]), "/cursor"),
        ("cursor=" + cursor_for(["x", 7]), "/cursor"),
        ("cursor=" + cursor_for(["x", "not an id"]), "/cursor"),
        ("cursor=" + cursor_for({"a": 1}), "/cursor"),  # type: ignore[arg-type] # what no list would give
        ("cursor=" + cursor_for(["a\0b", NOTE]), "/cursor"),
    ],
)
async def test_what_does_not_fit_is_pointed_at_by_name(city: City, query: str, pointer: str) -> None:
    answer = await city.get(f"/v1/notes?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert city.desk.read == []


@pytest.mark.parametrize("query", ["q=%ff", "q=%e4%b8", "&".join(f"a{n}=1" for n in range(60))])
async def test_a_query_that_cannot_be_read_is_malformed(city: City, query: str) -> None:
    answer = await city.get(f"/v1/notes?{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [""]


async def test_all_of_a_query_is_judged_at_once(city: City) -> None:
    answer = await city.get("/v1/notes?limit=0&page=2&colour=green")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/limit", "/page", "/colour"]


async def test_a_missing_parameter_is_named(city: City) -> None:
    answer = await city.get("/v1/notes/weather/today")
    assert [(error["pointer"], error["message"]) for error in answer.json()["errors"]] == [("/day", "必须填写")]
    assert (await city.get("/v1/notes/weather/today?day=2026-03-01")).json() == {"day": "2026-03-01", "by": "clerk-1"}


async def test_a_command_takes_no_query(city: City) -> None:
    answer = await city.post("/v1/notes?dry_run=true", {"title": "x"})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/dry_run"]


@pytest.mark.parametrize("note", ["7", "11111111222243338444555555555555", f"{NOTE}%00", "%e4%be%bf", "a b"])
async def test_an_id_that_is_none_is_pointed_at(city: City, note: str) -> None:
    answer = await city.get(f"/v1/notes/{note}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/note_id"]


async def test_an_id_may_be_written_in_capitals(city: City) -> None:
    assert (await city.get(f"/v1/notes/{str(NOTE).upper()}")).status_code == 200
    assert city.desk.read[0]["note_id"] == NOTE


async def test_values_arrive_typed(city: City) -> None:
    cursor = cursor_for(["张", NOTE])
    query = f"colour=blue&pinned=true&company_id={NOTE}&year=2026&district=321000&q=%20张%20&limit=200&cursor={cursor}"
    assert (await city.get(f"/v1/notes?{query}")).status_code == 200
    expected: dict[str, Any] = {
        "colour": Colour.BLUE,
        "pinned": True,
        "company_id": NOTE,
        "year": 2026,
        "district": District("321000"),
        "q": "张",
        "after": ("张", NOTE),
        "limit": 200,
    }
    assert city.desk.read == [expected]


async def test_what_is_left_out_has_its_default(city: City) -> None:
    await city.get("/v1/notes?company_id=none")
    assert (city.desk.read[0]["limit"], city.desk.read[0]["after"], city.desk.read[0]["company_id"]) == (
        50,
        None,
        "none",
    )


async def test_a_day_may_be_a_parameter(city: City) -> None:
    await city.get(f"/v1/notes/{NOTE}?as_of=2026-02-28")
    assert city.desk.read[0]["as_of"] == date(2026, 2, 28)
    assert (await city.get(f"/v1/notes/{NOTE}?as_of=2026-02-30")).status_code == 422


async def unreadable(note_id: Id[NoteId]) -> Response:
    raise NotImplementedError


async def pathless(request: Asking) -> Response:
    raise NotImplementedError


@pytest.mark.parametrize("endpoint", [unreadable, pathless])
def test_an_endpoint_that_does_not_take_the_request_and_its_path_is_refused_at_once(endpoint: Any) -> None:
    with pytest.raises(TypeError):
        Parameters(endpoint, {"note_id"})


def test_a_route_without_an_operation_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        CheckedRoute("/v1/x", pathless, kind=Kind.OTHER)  # type: ignore[call-arg] # the operation is missing: the point


def test_a_view_that_is_not_plain_is_refused_at_once() -> None:
    with pytest.raises(TypeError):
        Resource("/x", tag="x").thing("", Operation.READ_COMPANIES, view=Desk)


def test_a_body_may_be_left_out_where_it_is_optional() -> None:
    async def endpoint(request: Asking, body: NoteBody | None = None) -> Response:
        raise NotImplementedError

    assert Parameters(endpoint, ()).read({}, b"", None) == {"body": None}


def test_ids_keep_their_type() -> None:
    async def endpoint(request: Asking, note_id: Id[NoteId]) -> Response:
        raise NotImplementedError

    assert Parameters(endpoint, ["note_id"]).read({"note_id": str(NOTE)}, b"", None) == {"note_id": UUID(str(NOTE))}
