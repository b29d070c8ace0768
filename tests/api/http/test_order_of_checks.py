"""413 · 415 · 401 · 403 by role · 422 · then the use case: whatever else is wrong, the first one answers."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest

from application.kernel.callers import Role
from application.kernel.refusals import StaleVersion
from domain.kernel.identifiers import CompanyId
from tests.api.http.made_up import NOTE, City


@dataclass
class Sent:
    """A request on its way, all well so far."""

    content: bytes = b'{"title": "x"}'
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    role: Role = Role.MUNICIPAL
    token: str | None = None


def too_large(sent: Sent, _city: City) -> None:
    sent.content = sent.content.ljust(1024 * 1024 + 1)


def of_another_kind(sent: Sent, _city: City) -> None:
    sent.headers["Content-Type"] = "text/plain"


def with_a_bad_token(sent: Sent, _city: City) -> None:
    sent.token = "no-token"


def in_a_role_that_may_not(sent: Sent, _city: City) -> None:
    sent.role = Role.AUDITOR


def malformed(sent: Sent, _city: City) -> None:
    sent.content = b'{"title": 7' + sent.content[11:]


def under_a_malformed_condition(sent: Sent, _city: City) -> None:
    sent.headers["If-Match"] = "nine"


def refused_by_the_use_case(_sent: Sent, city: City) -> None:
    city.desk.answer = StaleVersion(9)


FAULTS: list[tuple[Callable[[Sent, City], None], int]] = [
    (too_large, 413),
    (of_another_kind, 415),
    (with_a_bad_token, 401),
    (in_a_role_that_may_not, 403),
    (malformed, 422),
    (under_a_malformed_condition, 400),
    (refused_by_the_use_case, 412),
]


async def send(city: City, sent: Sent) -> httpx.Response:
    bearer = city.bearer(sent.role)
    if sent.token is not None:
        bearer = {"Authorization": f"Bearer {sent.token}"}
    return await city.client.post(f"/v1/notes/{NOTE}/title", content=sent.content, headers={**sent.headers, **bearer})


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [(first, second, status) for (first, status), (second, _) in itertools.combinations(FAULTS, 2)],
)
async def test_of_two_faults_the_earlier_one_answers(
    city: City, first: Callable[[Sent, City], None], second: Callable[[Sent, City], None], status: int
) -> None:
    sent = Sent()
    first(sent, city)
    second(sent, city)
    answer = await send(city, sent)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(city.desk.asked) == (status == 412)


@pytest.mark.parametrize(("fault", "status"), FAULTS)
async def test_a_single_fault_is_told(city: City, fault: Callable[[Sent, City], None], status: int) -> None:
    sent = Sent()
    fault(sent, city)
    assert (await send(city, sent)).status_code == status


async def test_a_faultless_request_passes(city: City) -> None:
    answer = await send(city, Sent())
    assert (answer.status_code, answer.json()["version"]) == (200, 3)


async def test_a_body_that_never_says_its_length_is_too_large_before_anyone_asks_who_sends_it(city: City) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b" " * 65_536

    answer = await city.client.post("/v1/notes", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


async def test_a_body_of_exactly_one_mebibyte_is_read(city: City) -> None:
    body = b'{"title": "x"}'.ljust(1024 * 1024)
    assert (await city.post_bytes(body)).status_code == 201


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json;v=1"],
)
async def test_json_in_utf_8_is_taken(city: City, content_type: str) -> None:
    headers = {**city.bearer(), "Content-Type": content_type}
    assert (await city.client.post("/v1/notes", content=b'{"title": "x"}', headers=headers)).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": "application/merge-patch+json"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": ""},
        {},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_another_content_is_not_supported(city: City, headers: dict[str, str]) -> None:
    answer = await city.client.post("/v1/notes", content=b'{"title": "x"}', headers={**city.bearer(), **headers})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported")


@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, 'Bearer realm="guanjia"'),
        ("Basic dXNlcjpwYXNz", 'Bearer realm="guanjia"'),
        ("Bearer", 'Bearer realm="guanjia"'),
        ("Bearer ", 'Bearer realm="guanjia"'),
        ("Bearer a.b.c", 'Bearer realm="guanjia", error="invalid_token"'),
        ("Bearer ünï", 'Bearer realm="guanjia", error="invalid_token"'),
        ("Bearer a, Bearer b", 'Bearer realm="guanjia", error="invalid_token"'),
    ],
)
async def test_who_does_not_prove_itself_is_told_how(city: City, authorization: str | None, challenge: str) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode("latin-1"))]
    answer = await city.client.get("/v1/notes", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == challenge


async def test_the_scheme_is_read_in_any_case(city: City) -> None:
    token = city.bearer()["Authorization"].removeprefix("Bearer ")
    assert (await city.client.get("/v1/notes", headers={"Authorization": f"bearer {token}"})).status_code == 200


async def test_a_token_that_has_expired_is_bad(city: City) -> None:
    headers = city.bearer()
    assert (await city.client.get("/v1/notes", headers=headers)).status_code == 200
    city.time += 3600
    assert (await city.client.get("/v1/notes", headers=headers)).status_code == 401


async def test_a_role_that_the_table_names_passes(city: City) -> None:
    headers = city.bearer(Role.COMPANY, company=CompanyId(NOTE))
    assert (await city.client.get("/v1/notes", headers=headers)).status_code == 200
    assert (await city.client.post("/v1/notes", json={"title": "x"}, headers=headers)).status_code == 403


async def test_the_use_case_learns_who_asks(city: City) -> None:
    await city.post("/v1/notes", {"title": "x"})
    [(sent, _)] = city.desk.asked
    assert (sent.caller.subject, sent.caller.role) == ("clerk-1", Role.MUNICIPAL)
