"""Whatever bytes a client sends: the documented 4xx with a pointer, never a 5xx, and no use case hears of it."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from api.http.exact_json import read_json
from api.http.fields import IdNumberField
from api.http.misfits import Malformed
from api.http.sentences import UNFORESEEN
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import IdNumber, PersonName, Phone
from tests.api.http.made_up import ID_NUMBER, City, Colour, NoteBody

NOT_JSON = {
    "nothing": b"",
    "blank": b"  ",
    "half": b'{"title": ',
    "trailing": b'{"title": "x"} {}',
    "bad UTF-8": b'{"title": "\xff"}',
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "GB18030": '{"title": "便条"}'.encode("gb18030"),
    "a byte order mark": b'\xef\xbb\xbf{"title": "x"}',
    "NaN": b'{"title": "x", "area_m2": NaN}',
    "Infinity": b'{"title": "x", "area_m2": -Infinity}',
    "twice": b'{"title": "x", "title": "y"}',
    "twice within": b'{"title": "x", "writer": {"name": "a", "name": "b"}}',
    "a lone surrogate": b'{"title": "\\ud800"}',
    "a lone surrogate in a name": b'{"\\udc00": 1}',
    "deep arrays": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "a number of 5000 digits": b'{"title": "x", "points": 1' + b"0" * 5_000 + b"}",
    "an exponent beyond measure": b'{"title": "x", "area_m2": 1e99999999999999999999}',
    "single quotes": b"{'title': 'x'}",
    "a leading zero": b'{"title": "x", "points": 01}',
    "a control character in a string": b'{"title": "a\x01"}',
    "a comment": b'{"title": "x" /* y */}',
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
async def test_what_is_not_exact_json_is_malformed_as_a_whole(city: City, body: bytes) -> None:
    answer = await city.post_bytes(body)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "malformed")
    assert [error["pointer"] for error in told["errors"]] == [""]
    assert city.desk.asked == []


MISFITS: dict[str, tuple[str, str]] = {
    "an array": ("[]", ""),
    "a string": ('"x"', ""),
    "null": ("null", ""),
    "a number": ("7", ""),
    "a missing field": ("{}", "/title"),
    "an unknown field": ('{"title": "x", "colou": "red"}', "/colou"),
    "an unknown field with a slash": ('{"title": "x", "a/b~c": 1}', "/a~1b~0c"),
    "an unknown field within": ('{"title": "x", "writer": {"name": "a", "id_number": "11010519491231002X", "x": 1}}', "/writer/x"),  # noqa: E501 - one case, one line
    "null where needed": ('{"title": null}', "/title"),
    "NUL": ('{"title": "a\\u0000b"}', "/title"),
    "an escape": ('{"title": "a\\u001bb"}', "/title"),
    "a line break": ('{"title": "x", "text": "a\\nb"}', "/text"),
    "writing turned around": ('{"title": "a\\u202eb"}', "/title"),
    "blank": ('{"title": " \\u3000 "}', "/title"),
    "empty": ('{"title": ""}', "/title"),
    "nothing that shows": ('{"title": "\\u200b\\ufeff"}', "/title"),
    "a name of 201": (json.dumps({"title": "便" * 201}), "/title"),
    "a text of 4001": (json.dumps({"title": "x", "text": "字" * 4_001}), "/text"),
    "a number for a string": ('{"title": 7}', "/title"),
    "a string for a number": ('{"title": "x", "points": "7"}', "/points"),
    "true for a number": ('{"title": "x", "points": true}', "/points"),
    "a fraction for a whole number": ('{"title": "x", "points": 7.0}', "/points"),
    "beyond int64": ('{"title": "x", "points": 9223372036854775808}', "/points"),
    "10 to the 400": ('{"title": "x", "points": 1' + "0" * 400 + "}", "/points"),
    "a negative count": ('{"title": "x", "count": -1}', "/count"),
    "a count over a million": ('{"title": "x", "count": 1000001}', "/count"),
    "a number for a flag": ('{"title": "x", "pinned": 1}', "/pinned"),
    "a string for a flag": ('{"title": "x", "pinned": "true"}', "/pinned"),
    "a colour that is none": ('{"title": "x", "colour": "green"}', "/colour"),
    "a colour in capitals": ('{"title": "x", "colour": "RED"}', "/colour"),
    "a number for a colour": ('{"title": "x", "colour": 0}', "/colour"),
    "no area": ('{"title": "x", "area_m2": 0}', "/area_m2"),
    "a negative area": ('{"title": "x", "area_m2": -120000}', "/area_m2"),
    "an area of three decimals": ('{"title": "x", "area_m2": 0.011}', "/area_m2"),
    "an area that rounding would save": ('{"title": "x", "area_m2": 1.' + "0" * 60 + "1}", "/area_m2"),
    "an area too large": ('{"title": "x", "area_m2": 100000000}', "/area_m2"),
    "an area of 1e999999": ('{"title": "x", "area_m2": 1e999999}', "/area_m2"),
    "an area of 1e-999999": ('{"title": "x", "area_m2": 1e-999999}', "/area_m2"),
    "a string for an area": ('{"title": "x", "area_m2": "100"}', "/area_m2"),
    "true for an area": ('{"title": "x", "area_m2": true}', "/area_m2"),
    "30 February": ('{"title": "x", "written_on": "2026-02-30"}', "/written_on"),
    "29 February of a common year": ('{"title": "x", "written_on": "2025-02-29"}', "/written_on"),
    "a day without zeros": ('{"title": "x", "written_on": "2026-2-3"}', "/written_on"),
    "a day with a time": ('{"title": "x", "written_on": "2026-02-03T00:00:00Z"}', "/written_on"),
    "a day without hyphens": ('{"title": "x", "written_on": "20260203"}', "/written_on"),
    "a day in other digits": ('{"title": "x", "written_on": "٢٠٢٦-٠٢-٠٣"}', "/written_on"),
    "a day as a number": ('{"title": "x", "written_on": 20260203}', "/written_on"),
    "the year 0000": ('{"title": "x", "written_on": "0000-01-01"}', "/written_on"),
    "the year 1899": ('{"title": "x", "written_on": "1899-12-31"}', "/written_on"),
    "the year 9999": ('{"title": "x", "written_on": "9999-12-31"}', "/written_on"),
    "a year too early": ('{"title": "x", "year": 1899}', "/year"),
    "five digits": ('{"title": "x", "district": "32100"}', "/district"),
    "six other digits": ('{"title": "x", "district": "３２１０００"}', "/district"),
    "a district as a number": ('{"title": "x", "district": 321000}', "/district"),
    "an id without hyphens": ('{"title": "x", "company_id": "11111111222243338444555555555555"}', "/company_id"),
    "an id in braces": ('{"title": "x", "company_id": "{11111111-2222-4333-8444-555555555555}"}', "/company_id"),
    "an id as a number": ('{"title": "x", "company_id": 7}', "/company_id"),
    "a wrong check digit": ('{"title": "x", "writer": {"name": "a", "id_number": "110105194912310021"}}', "/writer/id_number"),  # noqa: E501 - one case, one line
    "an ID number of 15": ('{"title": "x", "writer": {"name": "a", "id_number": "110105491231002"}}', "/writer/id_number"),  # noqa: E501 - one case, one line
    "an ID number as a number": ('{"title": "x", "writer": {"name": "a", "id_number": 110105194912310029}}', "/writer/id_number"),  # noqa: E501 - one case, one line
    "no telephone": ('{"title": "x", "writer": {"name": "a", "id_number": "11010519491231002X", "phone": ""}}', "/writer/phone"),  # noqa: E501 - one case, one line
    "a wrong company code": ('{"title": "x", "uscc": "91110000600037341K"}', "/uscc"),
    "an object for a list": ('{"title": "x", "lines": {}}', "/lines"),
    "a blank line": ('{"title": "x", "lines": ["a", " "]}', "/lines/1"),
    "too many lines": ('{"title": "x", "lines": ["a", "b", "c", "d"]}', "/lines"),
    "a list for an object": ('{"title": "x", "writer": []}', "/writer"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "pointer"), MISFITS.values(), ids=MISFITS.keys())
async def test_what_does_not_fit_is_pointed_at(city: City, body: str, pointer: str) -> None:
    answer = await city.post_bytes(body.encode())
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "malformed")
    assert [error["pointer"] for error in told["errors"]] == [pointer]
    assert all(error["message"] != UNFORESEEN.zh for error in told["errors"])
    assert city.desk.asked == []


async def test_everything_that_does_not_fit_is_named_at_once(city: City) -> None:
    answer = await city.post("/v1/notes/7/title", {"title": "", "x": 1})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/note_id", "/title", "/x"]


async def test_of_a_thousand_faults_a_hundred_are_named(city: City) -> None:
    answer = await city.post("/v1/notes", {"title": "x", **{f"field-{n}": n for n in range(1_000)}})
    assert len(answer.json()["errors"]) == 100


async def test_a_long_unknown_name_is_not_sent_back_whole(city: City) -> None:
    answer = await city.post("/v1/notes", {"title": "x", "y" * 100_000: 1})
    assert answer.json()["errors"][0]["pointer"] == "/" + "y" * 199


async def test_values_arrive_as_the_words_of_the_domain(city: City) -> None:
    answer = await city.post(
        "/v1/notes",
        {
            "title": "  便条  ",
            "text": "字" * 4_000,
            "area_m2": 120000.50,
            "written_on": "2024-02-29",
            "count": 1_000_000,
            "year": 2026,
            "points": -(2**63),
            "district": "321000",
            "colour": "blue",
            "pinned": True,
            "company_id": "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE",
            "uscc": "91110000600037341l",
            "writer": {"name": "张三", "id_number": ID_NUMBER.lower(), "phone": "+86 (514) 8765-4321 转 8"},
            "lines": ["a", "b"],
        },
    )
    assert answer.status_code == 201
    [(_, body)] = city.desk.asked
    assert isinstance(body, NoteBody)
    assert body.title == "便条"
    assert body.area_m2 == Area.of("120000.5")
    assert body.written_on == date(2024, 2, 29)
    assert (body.count, body.year, body.points) == (1_000_000, 2026, -(2**63))
    assert body.district == District("321000")
    assert (body.colour, body.pinned) == (Colour.BLUE, True)
    assert body.company_id == UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
    assert body.uscc == "91110000600037341L"
    assert body.writer is not None
    assert body.writer.name == PersonName("张三")
    assert body.writer.id_number == IdNumber(ID_NUMBER)
    assert body.writer.phone == Phone("+86 (514) 8765-4321 转 8")
    assert body.lines == ("a", "b")


@pytest.mark.parametrize(
    ("written", "area"),
    [("0.01", "0.01"), ("99999999.99", "99999999.99"), ("1e2", "100"), ("12.5000", "12.5"), ("200000", "200000")],
)
async def test_an_area_is_exact_at_its_limits(city: City, written: str, area: str) -> None:
    assert (await city.post_bytes(f'{{"title": "x", "area_m2": {written}}}'.encode())).status_code == 201
    [(_, body)] = city.desk.asked
    assert body.area_m2.square_metres == Decimal(area)


async def test_null_leaves_an_optional_field_out(city: City) -> None:
    assert (await city.post("/v1/notes", {"title": "x", "text": None, "writer": None})).status_code == 201


async def test_a_pair_of_surrogates_is_one_character(city: City) -> None:
    assert (await city.post_bytes(b'{"title": "\\ud83d\\ude00"}')).status_code == 201
    assert city.desk.asked[0][1].title == "😀"


@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,\\ud0189abctrue.eE-+ ', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_malformed(body: bytes) -> None:
    with suppress(Malformed):
        json.dumps(read_json(body), default=str, ensure_ascii=False).encode()


IdNumberAdapter: TypeAdapter[IdNumber] = TypeAdapter(IdNumberField)


@pytest.mark.parametrize("number", ["321002197001010017", "420106195503150022", "11010519491231002X"])
def test_a_place_younger_than_the_person_is_no_reason_to_refuse_an_id_number(number: str) -> None:
    assert IdNumberAdapter.validate_python(number).value == number


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491331002X", "110105194912310O2X", "1101051949123"])
def test_an_id_number_needs_its_birth_date_and_its_check_digit(number: str) -> None:
    with pytest.raises(ValidationError):
        IdNumberAdapter.validate_python(number)
