"""Every way to be turned away: status, code and words, in the language asked for."""

from typing import Any, Final

import pytest

from api.http.errors import FAMILIES
from api.http.misfits import (
    FileTooLarge,
    Malformed,
    MalformedHeader,
    NoForm,
    TooLarge,
    Unauthenticated,
    UnknownRoute,
    Unsupported,
    WrongMethod,
)
from application.attachments.ports import BlobsUnavailable
from application.kernel.permissions import Forbidden
from application.kernel.ports import OutcomeUnknown, TooMany, Unavailable
from application.kernel.refusals import KeyInProgress, KeyReused, ReadModelBehind, RefusedOnRecord, StaleVersion
from application.kernel.tokens import BadToken
from domain.kernel.errors import NoSuchThing, Unacceptable, names_nothing
from domain.kernel.rules import Broken, RulesBroken
from tests.api.http.made_up import NOTE, City

TITLE: Final = f"/v1/notes/{NOTE}/title"
FULL: Final = Broken(code="note.full", zh="便条已满", en="the note is full", cites="Text 9 §1")
OLD: Final = Broken(code="note.old", zh="便条过旧", en="the note is old", cites="Text 9 §2")

OF_USE_CASES: Final[list[tuple[Exception, int, str, str | None]]] = [
    (RulesBroken((FULL,)), 409, "rules-broken", None),
    (RefusedOnRecord((FULL, OLD), 42), 409, "rules-broken", None),
    (NoSuchThing(), 404, "not-found", None),
    (Forbidden(), 403, "forbidden", None),
    (names_nothing("/company_id"), 422, "malformed", None),
    (StaleVersion(9), 412, "stale", None),
    (KeyReused(), 422, "idempotency.key-reused", None),
    (KeyInProgress(), 409, "idempotency.in-progress", "1"),
    (ReadModelBehind(), 503, "read-model.behind", "1"),
    (Unavailable(), 503, "unavailable", "2"),
    (OutcomeUnknown(), 503, "outcome.unknown", "2"),
    (TooMany(), 429, "too-many", "1"),
    (BlobsUnavailable(), 503, "unavailable", "2"),
]
BEFORE_USE_CASES: Final = {
    BadToken, FileTooLarge, Malformed, MalformedHeader, NoForm, TooLarge, Unauthenticated, UnknownRoute, Unsupported,
    WrongMethod,
}  # fmt: skip
"""What the checks before the use case raise; tested where the checks are."""


@pytest.mark.parametrize(("error", "status", "code", "retry_after"), OF_USE_CASES, ids=lambda case: type(case).__name__)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_what_a_use_case_raises_is_told(
    city: City, error: Exception, status: int, code: str, retry_after: str | None, language: str
) -> None:
    city.desk.answer = error
    answer = await city.post(TITLE, {"title": "x"}, **{"Accept-Language": language})
    told = answer.json()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (language, "Accept-Language")
    assert answer.headers.get("Retry-After") == retry_after
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:guanjia:problem:{code}")
    assert told["title"].isascii() == told["detail"].isascii() == (language == "en")
    assert len(told["trace_id"]) == 32


async def test_a_read_is_told_the_same_way(city: City) -> None:
    city.desk.answer = ReadModelBehind()
    assert (await city.get(f"/v1/notes/{NOTE}")).json()["code"] == "read-model.behind"


def test_the_table_has_nothing_that_no_test_raises() -> None:
    assert {type(error) for error, *_ in OF_USE_CASES} - {RefusedOnRecord} | BEFORE_USE_CASES == FAMILIES.keys()
    assert Unacceptable in FAMILIES


async def test_all_broken_rules_are_told_with_their_clauses_and_where_the_refusal_is_recorded(city: City) -> None:
    city.desk.answer = RefusedOnRecord((FULL, OLD), 42)
    told = (await city.post(TITLE, {"title": "x"})).json()
    assert told["broken"] == [
        {"code": "note.full", "message": "便条已满", "cites": "Text 9 §1"},
        {"code": "note.old", "message": "便条过旧", "cites": "Text 9 §2"},
    ]
    assert told["position"] == 42
    assert told["detail"] == "便条已满；便条过旧"


async def test_codes_are_never_translated_but_sentences_are(city: City) -> None:
    city.desk.answer = RulesBroken((FULL,))
    told = (await city.post(TITLE, {"title": "x"}, **{"Accept-Language": "en"})).json()
    assert told["broken"] == [{"code": "note.full", "message": "the note is full", "cites": "Text 9 §1"}]
    assert "position" not in told


async def test_an_id_that_names_nothing_is_pointed_at(city: City) -> None:
    city.desk.answer = names_nothing("/company_id")
    told = (await city.post(TITLE, {"title": "x"}, **{"Accept-Language": "en"})).json()
    assert told["errors"] == [{"pointer": "/company_id", "message": "names nothing that is visible to you"}]


async def test_a_stale_version_tells_the_present_one(city: City) -> None:
    city.desk.answer = StaleVersion(9)
    assert "9" in (await city.post(TITLE, {"title": "x"})).json()["detail"]


async def test_misfits_are_told_in_both_languages(city: City) -> None:
    asked: dict[str, Any] = {"title": "", "count": -1, "colour": "green", "x": 1}
    chinese = (await city.post("/v1/notes", asked)).json()["errors"]
    english = (await city.post("/v1/notes", asked, **{"Accept-Language": "en"})).json()["errors"]
    assert [error["message"] for error in chinese] == [
        "不得为空",
        "不得小于 0",
        "必须是以下之一：'red' or 'blue'",
        "没有这个字段",
    ]
    assert [error["message"] for error in english] == [
        "must not be blank",
        "must be at least 0",
        "must be one of 'red' or 'blue'",
        "is no field of this request",
    ]


async def test_what_nobody_foresaw_is_an_internal_error_that_tells_nothing(city: City) -> None:
    city.desk.answer = ZeroDivisionError("secret 11010519491231002X")
    answer = await city.post(TITLE, {"title": "x"})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
