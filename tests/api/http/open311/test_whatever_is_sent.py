"""Nothing that a client sends is answered by 500, and every answer can be read in the format that was asked for."""

import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.http.open311 import made_up
from tests.api.http.open311.made_up import report, request

TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "minor",
        "closed",
        "2026-03-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "1900-01-01T00:00:00Z",
        "1000",
        request(1).number,
    ]
)
NAMES = st.sampled_from(
    ["service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size", "jurisdiction_id"]
)
FIELDS = st.sampled_from(
    [*report(), "address_id", "address_string", "api_key", "jurisdiction_id", "lat", "attribute[", "\x00"]
)
FORMATS = st.sampled_from(["json", "xml"])
CALLS = st.sampled_from(["services", "services/", "requests", "requests/", "tokens/"])


def read(content: bytes, form: str) -> None:
    if form == "json":
        json.loads(content)
    else:
        ET.fromstring(content)  # noqa: S314 - our own answer


@given(call=CALLS, name=TEXTS, query=st.dictionaries(NAMES, TEXTS), form=FORMATS)
@settings(max_examples=60, deadline=None)
async def test_reading(call: str, name: str, query: dict[str, str], form: str) -> None:
    async with made_up.desk() as desk:
        desk.board.shown = [request(1)]
        path = call + quote(name, safe="") if call.endswith("/") else call
        answer = await desk.get(f"/{path}.{form}", **query)
        assert answer.status_code in {200, 400, 404}
        read(answer.content, form if "problem" not in answer.headers["content-type"] else "json")


@given(differently=st.dictionaries(FIELDS, TEXTS), form=FORMATS)
@settings(max_examples=60, deadline=None)
async def test_posting(differently: dict[str, str], form: str) -> None:
    async with made_up.desk() as desk:
        sent = {**report(), "api_key": desk.key(), **differently}
        answer = await desk.post(sent, f"/requests.{form}")
        assert answer.status_code in {200, 400, 403, 404}
        read(answer.content, form)
        assert len(await desk.filed()) == (answer.status_code == 200)
