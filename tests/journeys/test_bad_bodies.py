"""Bodies that do not fit: the documented 4xx with a pointer, and nothing written."""

from collections.abc import AsyncIterator, Iterator
from typing import Final

import pytest
import pytest_asyncio

from tests.journeys.answers import Problem
from tests.journeys.calls import CALLS, Call, Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, holder
from tests.journeys.misfits import NOBODY, misfits

pytestmark = pytest.mark.asyncio(loop_scope="module")

MIB: Final = 1024 * 1024


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def things(city: City) -> Things:
    return await Things.of(city.clerk())


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_is_written(city: City, things: Things) -> AsyncIterator[None]:
    """See that the log stands still, whatever a test has sent."""
    assert things.company
    before = await city.last_position()
    yield
    assert await city.last_position() == before


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_every_field_that_does_not_fit_is_named(clerk: Clerk, things: Things, call: Call) -> None:
    wrong: list[str] = []
    for pointer, body in misfits(call.body(things), call.fields):
        answer = await clerk.post(call.at(things), body)
        problem = Problem.of(answer)
        if (problem.status, problem.code) != (422, "malformed") or problem.pointers != {pointer}:
            wrong.append(f"{pointer} {body}: {problem.status} {problem.pointers}")
    assert wrong == []


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("body", [None, [], "x", 1, True, [{}]], ids=repr)
async def test_a_body_is_an_object(clerk: Clerk, things: Things, call: Call, body: object) -> None:
    problem = await clerk.fails(422, call.at(things), body)
    assert (problem.code, problem.pointers) == ("malformed", {""})


async def test_all_that_does_not_fit_is_named_at_once(clerk: Clerk) -> None:
    body = {"holder": {"name": "", "id_number": "11010519491231002Y", "phone": 1, "age": 30}}
    problem = await clerk.fails(422, "/licences", body)
    assert problem.pointers == {"/holder/name", "/holder/id_number", "/holder/phone", "/holder/age"}


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491332002X", "1101051949123100２X", "X" * 18])
async def test_an_id_number_has_its_check_digit_and_a_day_of_birth(clerk: Clerk, number: str) -> None:
    problem = await clerk.fails(422, "/licences", {"holder": holder(id_number=number)})
    assert problem.pointers == {"/holder/id_number"}
    assert number not in str(problem.document)


async def test_a_contract_does_not_end_before_it_starts(clerk: Clerk, things: Things) -> None:
    body = {"starts_on": "2026-01-02", "ends_on": "2026-01-01"}
    problem = await clerk.fails(422, f"/projects/{things.project}/contract", body)
    assert problem.pointers == {"/ends_on"}


RAW: Final = {
    "no JSON": b"{",
    "nothing after a comma": b'{"name": "a",}',
    "a comment": b'{"name": "a" /* b */}',
    "single quotes": b"{'name': 'a'}",
    "two documents": b'{"name": "a"}{"name": "b"}',
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"name": -Infinity}',
    "a name twice": b'{"name": "a", "name": "b"}',
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "cut UTF-8": '{"name": "物'.encode()[:-1] + b'"}',
    "GB 18030": '{"name": "物业"}'.encode("gb18030"),
    "UTF-16": '{"name": "a"}'.encode("utf-16"),
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a raw line break": b'{"name": "a\nb"}',
    "nested without end": b"[" * 100_000,
    "objects without end": b'{"a":' * 50_000,
    "a number beyond measure": b'{"name": 1e999999999}',
    "digits beyond measure": b'{"name": ' + b"9" * 10_000 + b"}",
    "only space": b"   ",
    "a zero byte": b'{"name": "a"}\x00',
}


@pytest.mark.parametrize("body", RAW.values(), ids=RAW)
async def test_bytes_that_are_no_json_of_this_contract(clerk: Clerk, body: bytes) -> None:
    answer = await clerk.ask("POST", "/companies", content=body, headers={"Content-Type": "application/json"})
    problem = Problem.of(answer)
    assert (problem.status, problem.code) == (422, "malformed")
    assert problem.pointers <= {"", "/name"}
    assert problem.pointers


@pytest.mark.parametrize("area", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1E-9", "0.0000000000001", "00.1"])
async def test_an_area_is_a_number_of_square_metres(clerk: Clerk, things: Things, area: str) -> None:
    content = f'{{"building_area_m2": {area}, "reason": "重新测绘"}}'.encode()
    path = f"/projects/{things.project}/area"
    problem = Problem.of(await clerk.ask("POST", path, content=content, headers={"Content-Type": "application/json"}))
    assert (problem.status, problem.code) == (422, "malformed")
    assert problem.pointers <= {"", "/building_area_m2"}


async def test_a_body_over_one_mebibyte_is_too_large_whether_it_is_announced_or_not(clerk: Clerk) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b" " * 65_536] * 16
        yield b"{}"

    async def unannounced() -> AsyncIterator[bytes]:
        for chunk in chunks():
            yield chunk

    headers = {"Content-Type": "application/json"}
    for content in (b"".join(chunks()), unannounced()):
        problem = Problem.of(await clerk.ask("POST", "/companies", content=content, headers=headers))
        assert (problem.status, problem.code) == (413, "too-large")
    whole = b'{"name":"' + b"a" * (MIB - 11) + b'"}'
    assert len(whole) == MIB
    problem = Problem.of(await clerk.ask("POST", "/companies", content=whole, headers=headers))
    assert (problem.status, problem.pointers) == (422, {"/name"})


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/xml"},
        {"Content-Type": "application/json; charset=gb18030"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": ""},
        {},
    ],
    ids=str,
)
async def test_only_json_in_utf8_is_taken(clerk: Clerk, headers: dict[str, str]) -> None:
    answer = await clerk.ask("POST", "/companies", content=b'{"name": "a"}', headers=headers)
    problem = Problem.of(answer)
    assert (problem.status, problem.code) == (415, "unsupported")


@pytest.mark.parametrize("call", [call for call in CALLS.values() if "{" in call.path], ids=lambda call: call.path)
async def test_ids_in_paths_are_ids_and_name_something(clerk: Clerk, things: Things, call: Call) -> None:
    body = call.body(things)
    for name in ("company", "licence", "project", "deduction"):
        if f"{{{name}}}" not in call.path:
            continue
        missing = await clerk.fails(404, call.path.format(**{**things.names, name: NOBODY}), body)
        assert missing.code == "not-found"
        for bad in ("x", "1", "00000000000040008000000000000000", NOBODY + "0", "%00", "%E4%BA%BA", "..", "%20"):
            answer = await clerk.post(call.path.format(**{**things.names, name: bad}), body)
            problem = Problem.of(answer)
            assert problem.status in {404, 405} if bad == ".." else problem.status == 422, bad
            assert bad == ".." or problem.pointers == {f"/{name}_id"}
