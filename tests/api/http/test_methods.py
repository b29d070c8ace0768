"""Unknown paths, unknown methods, HEAD and OPTIONS."""

import pytest

from tests.api.http.made_up import NOTE, City


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/nothing", "/v2/notes", f"/v1/notes/{NOTE}/nothing", "/v1/notes/", "//v1/notes"]
)
async def test_an_unknown_path_is_a_problem(city: City, path: str) -> None:
    answer = await city.client.get(f"http://test{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PURGE"])
async def test_an_unknown_method_is_a_problem_that_names_the_known_ones(city: City, method: str) -> None:
    answer = await city.client.request(method, "/v1/notes")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


async def test_only_what_the_path_knows_is_allowed(city: City) -> None:
    answer = await city.client.delete(f"/v1/notes/{NOTE}/title")
    assert answer.headers["Allow"] == "POST"
    assert (await city.client.post(f"/v1/notes/{NOTE}")).headers["Allow"] == "GET, HEAD"


async def test_options_answers_what_is_allowed(city: City) -> None:
    answer = await city.client.options("/v1/notes")
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (204, "GET, HEAD, POST, OPTIONS", b"")
    assert (await city.client.options("/v1/nothing")).status_code == 404


async def test_head_is_get_without_the_body(city: City) -> None:
    whole = await city.get(f"/v1/notes/{NOTE}")
    head = await city.client.head(f"/v1/notes/{NOTE}", headers=city.bearer())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == whole.headers


async def test_head_of_a_problem_has_its_status(city: City) -> None:
    head = await city.client.head(f"/v1/notes/{NOTE}")
    assert (head.status_code, head.content) == (401, b"")
    assert (await city.client.head(f"/v1/notes/{NOTE}/title", headers=city.bearer())).status_code == 405


async def test_head_of_a_stream_ends(city: City) -> None:
    head = await city.client.head("/v1/notes/log/stream", headers=city.bearer())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"].startswith("text/event-stream")
