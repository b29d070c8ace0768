"""Headers, parameters, tokens and addresses that do not fit: a problem each, and nothing written."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

import pytest
import pytest_asyncio

from adapters.tokens import DevelopmentIssuer
from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import Subject
from tests.journeys.answers import Problem
from tests.journeys.calls import Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk
from tests.journeys.misfits import NOBODY

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLERK: Final = Caller(subject=Subject("clerk"), role=Role.MUNICIPAL)
LISTS: Final = (
    "/companies",
    "/licences",
    "/projects",
    "/rule-sets",
    "/events",
    "/companies/{company}/history",
    "/companies/{company}/refusals",
    "/licences/{licence}/history",
    "/licences/{licence}/refusals",
    "/licences/{licence}/deductions",
    "/projects/{project}/history",
    "/projects/{project}/refusals",
)


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


def unsigned(claims: dict[str, object]) -> str:
    """Write a token that says it needs no signature."""
    parts = (json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def forged(city: City) -> dict[str, str]:
    """Write tokens that prove nothing."""
    good = city.token(CLERK)
    head, claims, signature = good.split(".")
    other = base64.urlsafe_b64encode(json.dumps({"sub": "clerk", "role": "municipal"}).encode()).rstrip(b"=").decode()
    return {
        "garbage": "garbage",
        "dots": "..",
        "cut": good[:-1],
        "another signature": f"{head}.{claims}.{signature[::-1]}",
        "other claims": f"{head}.{other}.{signature}",
        "unsigned": unsigned({"sub": "clerk", "role": "municipal"}),
        "of another issuer": DevelopmentIssuer(bytes(32)).issue(CLERK, "x", timedelta(days=1)),
        "expired": city.token(CLERK, timedelta(seconds=-5)),
        "too long": good + "a" * 10_000,
        "two": f"{good} {good}",
    }


async def test_a_token_that_proves_nothing_is_no_token(city: City) -> None:
    for name, token in forged(city).items():
        for method, path, body in (("GET", "/companies", None), ("POST", "/companies", {"name": "企业"})):
            problem = Problem.of(await city.nobody(token).ask(method, path, json=body))
            assert (problem.status, problem.code) == (401, "unauthenticated"), name
            assert problem.headers["www-authenticate"].startswith("Bearer"), name


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Basic Y2xlcms6Y2xlcms=", "{token}", "bearer: {token}"]
)
async def test_a_bearer_token_is_asked_for(city: City, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.format(token=city.token(CLERK))}
    problem = Problem.of(await city.nobody().ask("GET", "/companies", headers=headers))
    assert (problem.status, problem.code) == (401, "unauthenticated")
    assert problem.headers["www-authenticate"].startswith("Bearer")


async def test_the_scheme_is_written_in_any_case(city: City) -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"Authorization": f"{scheme} {city.token(CLERK)}"}
        assert (await city.nobody().ask("GET", "/companies", headers=headers)).status_code == 200


async def test_a_subject_is_the_same_person_under_every_token(city: City, clerk: Clerk, things: Things) -> None:
    assert clerk.token != city.token(CLERK)
    by = {event["by"]["subject"] for event in await clerk.items(f"/licences/{things.licence}/history")}
    assert by == {"clerk"}


@pytest.mark.parametrize(
    "value", ["", "1", "one", '"one"', '""', '"1', '"-1"', '"1.0"', '"01"', '"99999999999999999999"']
)
async def test_if_match_is_a_version_in_quotes(clerk: Clerk, things: Things, value: str) -> None:
    path = f"/companies/{things.company}/name"
    answer = await clerk.ask("POST", path, json={"name": "新名"}, headers={"If-Match": value})
    problem = Problem.of(answer)
    assert (problem.status, problem.code) == (400, "malformed")


@pytest.mark.parametrize("value", [b"", b"k" * 256, b"\xe9", b"a\tb", "键".encode()])
async def test_an_idempotency_key_is_printable_ascii(clerk: Clerk, value: bytes) -> None:
    headers: dict[bytes, bytes] = {b"Idempotency-Key": value, b"Authorization": f"Bearer {clerk.token}".encode()}
    answer = await clerk.http.post("/v1/companies", json={"name": "新企业"}, headers=headers)
    problem = Problem.of(answer)
    assert (problem.status, problem.code) == (400, "malformed")


@pytest.mark.parametrize("value", ["", "x", "-1", "+1", "1.0", "0x10", "1e3", "01", "9223372036854775808", '"1"'])
async def test_the_position_to_wait_for_is_a_position(clerk: Clerk, things: Things, value: str) -> None:
    for path in (
        "/companies",
        f"/companies/{things.company}",
        f"/companies/{things.company}/credit-file",
        f"/licences/{things.licence}",
        "/licences",
        f"/licences/{things.licence}/deductions",
        f"/licences/{things.licence}/refusals",
        f"/projects/{things.project}",
        "/projects",
        "/events",
        "/rule-sets",
        "/rule-sets/current",
        f"/licences/{things.licence}?as_of=2026-11-24",
        f"/licences/{things.licence}/history",
    ):
        problem = Problem.of(await clerk.ask("GET", path, headers={"X-Min-Position": value}))
        assert (problem.status, problem.code) == (400, "malformed"), path


@pytest.mark.parametrize("path", LISTS)
async def test_parameters_of_lists(clerk: Clerk, things: Things, path: str) -> None:
    wrong = [
        *((f"limit={value}", "/limit") for value in ("0", "201", "-1", "x", "", "1.5", "+1", "%201", "1e1", "%D9%A1")),
        *((f"limit={value}", "/limit") for value in ("99999999999999999999", "001", "true")),
        *(
            (f"cursor={value}", "/cursor")
            for value in ("", "x", "!!", "WzFd.", "bnVsbA", "W10", "WyJhIl0", "a" * 5_000)
        ),
        *(
            (f"cursor={value}", "/cursor")
            for value in ("WzFlNDAwXQ", "WzkyMjMzNzIwMzY4NTQ3NzU4MDhd", "WzEuNV0", "WzEsMl0")
        ),
        ("colour=green", "/colour"),
        ("limit=1&limit=2", "/limit"),
        ("limit=1&limit=1", "/limit"),
        ("Limit=1", "/Limit"),
        ("=1", "/"),
    ]
    for query, pointer in wrong:
        problem = await clerk.cannot_read(422, f"{path.format(**things.names)}?{query}")
        assert (problem.code, problem.pointers) == ("malformed", {pointer}), query


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("/licences?status=good", "/status"),
        ("/licences?status=Registered", "/status"),
        ("/licences?status=", "/status"),
        ("/licences?company_id=none", "/company_id"),
        ("/licences?company_id=x", "/company_id"),
        ("/licences?q=", "/q"),
        ("/licences?q=%00", "/q"),
        ("/licences?q=" + "a" * 201, "/q"),
        ("/projects?district=32100", "/district"),
        ("/projects?district=abcdef", "/district"),
        ("/projects?unmanaged=yes", "/unmanaged"),
        ("/projects?unmanaged=1", "/unmanaged"),
        ("/projects?company_id=nobody", "/company_id"),
        ("/projects?status=active", "/status"),
        ("/companies?uscc=1", "/uscc"),
        ("/events?type=licence.no-such-event", "/type"),
        ("/events?after=-1", "/after"),
        ("/events?after=x", "/after"),
        ("/events?after=9223372036854775808", "/after"),
        ("/events/stream?after=x", "/after"),
        ("/rule-sets/current?on=today", "/on"),
        ("/rule-sets/current?on=2026-02-30", "/on"),
        ("/companies/{company}/credit-file?year=26", "/year"),
        ("/companies/{company}/credit-file?year=x", "/year"),
        ("/licences/{licence}?as_at=2026-11-24", "/as_at"),
        ("/projects/{project}?limit=1", "/limit"),
        ("/projects?q=%FF", ""),
    ],
)
async def test_parameters_and_filters(clerk: Clerk, things: Things, query: str, pointer: str) -> None:
    problem = await clerk.cannot_read(422, query.format(**things.names))
    assert (problem.code, problem.pointers) == ("malformed", {pointer})


@pytest.mark.parametrize(
    "path",
    [
        "/companies/{id}",
        "/companies/{id}/history",
        "/companies/{id}/refusals",
        "/companies/{id}/credit-file",
        "/licences/{id}",
        "/licences/{id}?as_of=2026-11-24",
        "/licences/{id}/history",
        "/licences/{id}/refusals",
        "/licences/{id}/deductions",
        "/projects/{id}",
        "/projects/{id}/history",
        "/projects/{id}/refusals",
    ],
)
async def test_what_is_not_there_is_not_found_and_what_is_no_id_does_not_fit(clerk: Clerk, path: str) -> None:
    assert (await clerk.cannot_read(404, path.format(id=NOBODY))).code == "not-found"
    for bad in ("x", "1", "%00", "%E4%BA%BA", NOBODY + "0", NOBODY.replace("-", "")):
        problem = await clerk.cannot_read(422, path.format(id=bad))
        assert len(problem.pointers) == 1
        assert problem.pointers <= {"/company_id", "/licence_id", "/project_id"}


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/nothing", "/v1/licences/", "/v2/licences", "/nothing", "/v1//licences", "/%00"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_unknown_address_is_a_problem(clerk: Clerk, method: str, path: str) -> None:
    problem = Problem.of(await clerk.http.request(method, path))
    assert (problem.status, problem.code) == (404, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/companies"),
        ("PATCH", "/v1/licences/" + NOBODY),
        ("DELETE", "/v1/licences/" + NOBODY),
        ("DELETE", "/v1/projects"),
        ("GET", f"/v1/projects/{NOBODY}/manager"),
        ("POST", "/v1/events"),
        ("POST", "/v1/rule-sets/current"),
        ("POST", "/healthz"),
        ("PURGE", "/v1/companies"),
    ],
)
async def test_an_unknown_method_is_a_problem(clerk: Clerk, method: str, path: str) -> None:
    problem = Problem.of(await clerk.http.request(method, path))
    assert problem.status == 405
    assert problem.headers["allow"]


async def test_an_id_in_a_body_that_names_nothing_is_pointed_at(clerk: Clerk, things: Things) -> None:
    for call, pointer, body in (
        (f"/licences/{things.licence}/registration", "/company_id", {"company_id": NOBODY}),
        (f"/projects/{things.project}/manager", "/licence_id", {"licence_id": NOBODY}),
        (f"/projects/{things.project}/company", "/company_id", {"company_id": NOBODY}),
        # The id of another kind of thing names nothing either.
        (f"/projects/{things.project}/manager", "/licence_id", {"licence_id": things.project}),
        (f"/licences/{things.licence}/registration", "/company_id", {"company_id": things.licence}),
    ):
        problem = await clerk.fails(422, call, body)
        assert (problem.code, problem.pointers) == ("malformed", {pointer})
