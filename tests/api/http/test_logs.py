"""Log lines as a collector reads them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from api.http.logs import write_logs


@pytest.fixture
def written() -> Iterator[io.BytesIO]:
    kept = structlog.get_config()
    lines = io.BytesIO()
    write_logs(lines, level=logging.INFO)
    yield lines
    structlog.configure(**kept)


def test_a_line_is_json_with_its_level_and_time(written: io.BytesIO) -> None:
    structlog.get_logger("x").info("request", route="/v1/便条", status=200)
    line: dict[str, Any] = json.loads(written.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "request", "level": "info", "route": "/v1/便条", "status": 200}
    assert written.getvalue().count(b"\n") == 1


def test_what_is_below_the_level_is_not_written(written: io.BytesIO) -> None:
    structlog.get_logger("x").debug("whisper")
    assert written.getvalue() == b""


def test_an_error_is_written_without_the_values_it_met(written: io.BytesIO) -> None:
    def fail(id_number: str) -> None:
        assert id_number
        raise ZeroDivisionError("by zero")

    with pytest.raises(ZeroDivisionError) as raised:
        fail("1101051949" + "1231002X")
    structlog.get_logger("x").error("request failed", exc_info=raised.value)
    line: dict[str, Any] = json.loads(written.getvalue())
    assert line["exception"][0]["exc_type"] == "ZeroDivisionError"
    assert line["exception"][0]["frames"][-1]["name"] == "fail"
    assert b"11010519491231002X" not in written.getvalue()
