"""What is known of a request afterwards: its trace, a line in the log, a time; nothing of anybody."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog
from prometheus_client import CollectorRegistry
from starlette.types import Message, Receive, Scope, Send

from api.http.observing import Observed
from tests.api.http.made_up import NOTE, City

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
Lines = list[MutableMapping[str, Any]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    with structlog.testing.capture_logs() as captured:
        yield captured


async def test_a_request_that_is_answered_as_asked_is_no_line(city: City, lines: Lines) -> None:
    assert (await city.get(f"/v1/notes/{NOTE}?as_of=2026-03-01")).status_code == 200
    assert lines == []


async def test_a_problem_is_one_line_without_personal_data(city: City, lines: Lines) -> None:
    writer = {"name": "张三丰", "id_number": "1", "phone": "13800000000"}
    await city.post("/v1/notes", {"title": "x", "writer": writer}, traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")
    [line] = lines
    assert line.pop("ms") >= 0
    assert line == {
        "event": "problem",
        "log_level": "info",
        "method": "POST",
        "route": "/v1/notes",
        "status": 422,
        "trace_id": TRACE,
    }


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        (f"/v1/notes/{NOTE}?as_of=张三", "/v1/notes/{note_id}", 422),
        ("/v1/notes?nobody=张三", "/v1/notes", 422),
        ("/v1/nobody/张三", "unmatched", 404),
        (f"/v1/notes/{NOTE}/title", "/v1/notes/{note_id}/title", 405),
    ],
)
async def test_a_route_is_named_by_its_template(city: City, lines: Lines, path: str, route: str, status: int) -> None:
    await city.get(path)
    assert [(line["route"], line["status"]) for line in lines] == [(route, status)]


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "00-0-0-0",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
    ],
)
async def test_a_trace_that_is_none_is_replaced(city: City, traceparent: str) -> None:
    told = (await city.get("/v1/nothing", traceparent=traceparent)).json()
    assert len(told["trace_id"]) == 32
    assert told["trace_id"] not in {TRACE, "0" * 32}


async def test_a_problem_has_the_trace_of_the_caller(city: City, lines: Lines) -> None:
    told = (await city.get("/v1/nothing", traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")).json()
    assert told["trace_id"] == TRACE == lines[0]["trace_id"]


async def test_two_requests_have_two_traces(city: City) -> None:
    traces = {(await city.get("/v1/nothing")).json()["trace_id"] for _ in range(2)}
    assert len(traces) == 2


async def test_an_internal_error_is_logged_with_the_trace_that_the_client_was_told(city: City, lines: Lines) -> None:
    city.desk.answer = error = ZeroDivisionError("x")
    told = (await city.post("/v1/notes", {"title": "x"})).json()
    assert [(line["event"], line["trace_id"]) for line in lines] == [
        ("request failed", told["trace_id"]),
        ("problem", told["trace_id"]),
    ]
    assert lines[0]["exc_info"] is error


async def test_times_are_counted_by_method_route_and_status(city: City) -> None:
    for _ in range(2):
        await city.get(f"/v1/notes/{NOTE}")
    await city.client.request("PURGE", "/v1/notes")
    metrics = (await city.client.get("/metrics")).text
    name = "guanjia_http_request_seconds_count"
    assert f'{name}{{method="GET",route="/v1/notes/{{note_id}}",status="200"}} 2.0' in metrics
    assert f'{name}{{method="other",route="/v1/notes",status="405"}} 1.0' in metrics


async def test_an_error_after_the_head_is_logged_and_not_told_again(lines: Lines) -> None:
    async def breaks_off(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    sent: list[Message] = []

    async def receive() -> Message:
        raise NotImplementedError

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    await Observed(breaks_off, CollectorRegistry())(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert [line["event"] for line in lines] == ["request failed", "problem"]


async def test_a_client_that_hangs_up_within_its_body_is_no_error(city: City, lines: Lines) -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        raise NotImplementedError

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "POST",
        "path": "/v1/notes",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-length", b"10")],
    }
    await city.app(scope, receive, send)
    assert [(line["event"], line.get("status")) for line in lines] == [("nobody reads on", None)]
    assert city.desk.asked == []
