"""If-Match, Idempotency-Key and X-Min-Position, from header to value."""

import pytest

from application.kernel.callers import Role
from application.kernel.ports import RetryKey
from tests.api.http.made_up import NOTE, City

TITLE = f"/v1/notes/{NOTE}/title"


@pytest.mark.parametrize(
    ("value", "version"), [('"0"', 0), ('"9"', 9), ('"9223372036854775807"', 2**63 - 1), ("*", None)]
)
async def test_a_version_is_insisted_on(city: City, value: str, version: int | None) -> None:
    assert (await city.post(TITLE, {"title": "x"}, **{"If-Match": value})).status_code == 200
    assert city.desk.asked[0][0].if_match == version


@pytest.mark.parametrize(
    "value",
    ["9", "", '""', '"09"', '"-1"', '"x"', 'W/"9"', '"9", "10"', '"9223372036854775808"', "'9'", '"9" x', "*, *"],
)
async def test_a_malformed_version_is_refused(city: City, value: str) -> None:
    answer = await city.post(TITLE, {"title": "x"}, **{"If-Match": value})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert "If-Match" in answer.json()["detail"]
    assert city.desk.asked == []


async def test_two_versions_in_two_headers_are_malformed(city: City) -> None:
    headers = [*city.bearer().items(), ("If-Match", '"9"'), ("If-Match", '"9"')]
    answer = await city.client.post(TITLE, json={"title": "x"}, headers=headers)
    assert answer.status_code == 400


async def key_of(city: City, key: str, body: bytes, path: str = TITLE, role: Role = Role.MUNICIPAL) -> RetryKey:
    headers = {**city.bearer(role), "Content-Type": "application/json", "Idempotency-Key": key}
    answer = await city.client.post(path, content=body, headers=headers)
    assert answer.status_code in {200, 201}
    found = city.desk.asked[-1][0].retry_key
    assert found is not None
    return found


async def test_the_same_request_has_the_same_key_and_fingerprint_however_it_is_spelled(city: City) -> None:
    first = await key_of(city, "k", b'{"title": "x", "area_m2": 12.50, "count": 3}', "/v1/notes")
    assert first == await key_of(city, "k", b'{"count":3,"area_m2":12.5,"title":"\\u0078"}', "/v1/notes")
    assert (len(first.digest), len(first.fingerprint)) == (32, 32)


async def test_a_whole_area_has_one_spelling_too(city: City) -> None:
    first = await key_of(city, "k", b'{"title": "x", "area_m2": 120000}', "/v1/notes")
    assert first == await key_of(city, "k", b'{"title": "x", "area_m2": 120000.00}', "/v1/notes")


async def test_another_body_or_path_has_another_fingerprint_under_the_same_key(city: City) -> None:
    first = await key_of(city, "k", b'{"title": "x"}')
    for other in (
        await key_of(city, "k", b'{"title": "y"}'),
        await key_of(city, "k", b'{"title": "x"}', "/v1/notes"),
        await key_of(city, "k", b'{"title": "x", "points": 1}', "/v1/notes"),
    ):
        assert other.digest == first.digest
        assert other.fingerprint != first.fingerprint


async def test_another_key_is_another_key(city: City) -> None:
    first = await key_of(city, "k", b'{"title": "x"}')
    assert (await key_of(city, "K", b'{"title": "x"}')).digest != first.digest


@pytest.mark.parametrize("key", ["k", "a ~", "x" * 255, "8e03978e-40d5-43e8-bc93-6894a57f9324"])
async def test_a_key_is_printable_ascii(city: City, key: str) -> None:
    assert (await key_of(city, key, b'{"title": "x"}')).digest


@pytest.mark.parametrize("key", [b"", b"x" * 256, "键".encode(), b"a\tb", b"\x7f"])
async def test_a_malformed_key_is_refused(city: City, key: bytes) -> None:
    headers = [(name.encode(), value.encode()) for name, value in city.bearer().items()]
    answer = await city.client.post(TITLE, json={"title": "x"}, headers=[*headers, (b"Idempotency-Key", key)])
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert "Idempotency-Key" in answer.json()["detail"]


async def test_without_the_headers_there_is_no_condition(city: City) -> None:
    await city.post(TITLE, {"title": "x"})
    [(sent, _)] = city.desk.asked
    assert (sent.if_match, sent.retry_key) == (None, None)


@pytest.mark.parametrize(("value", "position"), [("0", 0), ("17", 17), ("9223372036854775807", 2**63 - 1)])
async def test_a_read_names_the_position_that_it_needs(city: City, value: str, position: int) -> None:
    await city.get(f"/v1/notes/{NOTE}", **{"X-Min-Position": value})
    assert city.desk.read[0]["at_least"] == position


@pytest.mark.parametrize("value", ["", "-1", "1.5", "x", "9223372036854775808", "017", '"17"'])
async def test_a_malformed_position_is_refused(city: City, value: str) -> None:
    answer = await city.get(f"/v1/notes/{NOTE}", **{"X-Min-Position": value})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
