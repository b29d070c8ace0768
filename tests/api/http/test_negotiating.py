"""Which form of a list an Accept header asks for."""

import pytest

from api.exporting.formats import MEDIA_TYPES, Format
from api.http.negotiating import preferred_format

XLSX = MEDIA_TYPES[Format.XLSX]


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/csv", Format.CSV),
        (XLSX, Format.XLSX),
        ("application/vnd.apache.parquet", Format.PARQUET),
        ("TEXT/CSV; charset=utf-8; header=present", Format.CSV),
        ("text/csv, */*", Format.CSV),
        ("*/*, text/csv", Format.CSV),
        ("text/csv;q=0.5, application/json;q=0.4", Format.CSV),
        ("text/csv; q = 0.5, application/vnd.apache.parquet;q=0.9", Format.PARQUET),
        (f"{XLSX}, text/csv", Format.XLSX),
        ("image/png, text/csv;q=0.1", Format.CSV),
    ],
)
def test_an_export_is_for_those_who_name_it(accept: str, format_: Format) -> None:
    assert preferred_format(accept.encode()) is format_


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/*",
        "application/json",
        "application/json, text/csv",
        "application/json, text/plain, */*",
        "text/csv;q=0.5, application/json",
        "*/*, text/csv;q=0.1",
        "text/csv;q=0",
        "text/csv;q=nothing",
        "text/csv;q=",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "image/png",
        ",,;,",
        "\xff\xfe",
    ],
)
def test_all_others_get_json(accept: str) -> None:
    assert preferred_format(accept.encode("latin-1")) is None


def test_a_weight_that_is_no_weight_counts_for_nothing() -> None:
    assert preferred_format(b"text/csv;q=nan, application/vnd.apache.parquet;q=0.1") is Format.PARQUET
    assert preferred_format(b"text/csv;q=inf, application/vnd.apache.parquet") is Format.PARQUET
