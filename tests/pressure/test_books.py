"""The books see what must never be: a log in which something is lost, doubled, skipped or moved."""

from copy import deepcopy
from typing import Any

import pytest
from httpx import Headers

from tests.journeys.answers import Problem, Receipt
from tests.pressure.books import Books
from tests.pressure.orders import Order

CHARGE = Order("k-1", "/licences/7/deductions", {}, "licence.points-deducted", "检查#1#")
COMPANY = Order("k-2", "/companies", {}, "company.registered", "物业公司#2#")


def books() -> Books:
    kept = Books()
    kept.accept(CHARGE, Receipt("7", 1, 1, {"deduction_id": "d"}, replayed=False))
    kept.accept(COMPANY, Receipt("8", 1, 2, {}, replayed=False))
    return kept


def event(position: int, stream: str, kind: str, **data: str) -> dict[str, Any]:
    return {"position": position, "stream": stream, "version": 1, "type": kind, "command": f"c{position}", "data": data}


LOG = [
    event(1, "licence-7", "licence.points-deducted", reason="检查#1#", deduction_id="d"),
    event(2, "company-8", "company.registered", name="物业公司#2#"),
]


def test_a_log_of_what_was_answered_has_nothing_wrong() -> None:
    assert list(books().violations(LOG)) == []


@pytest.mark.parametrize(
    "log",
    [
        LOG[:1],
        LOG[1:],
        LOG[::-1],
        [*LOG, LOG[0] | {"position": 3, "version": 2}],
        [*LOG, event(3, "company-9", "company.registered", name="物业公司#2#")],
        [*LOG, event(4, "project-9", "project.registered", name="小区")],
        [LOG[0] | {"version": 2}, LOG[1]],
        [LOG[0] | {"type": "licence.request-refused"}, LOG[1]],
    ],
    ids=["last lost", "first lost", "out of order", "doubled", "twice", "skipped", "wrong version", "only refused"],
)
def test_a_log_that_is_not_what_was_answered_is_seen(log: list[dict[str, Any]]) -> None:
    assert list(books().violations(deepcopy(log)))


def test_what_was_refused_is_not_in_the_log_unless_an_attempt_is_in_doubt() -> None:
    kept = books()
    refused = Order("k-3", "/projects/9/area", {}, "project.area-amended", "测绘#3#")
    kept.refuse(refused, Problem(409, "rules-broken", "", frozenset(), frozenset(), 3, Headers(), {}))
    log = [*LOG, event(3, "project-9.requests", "project.request-refused")]
    done = [*log, event(4, "project-9", "project.area-amended", reason="测绘#3#")]
    assert list(kept.violations(log)) == []
    assert list(kept.violations(done))
    kept.doubt(refused)
    assert list(kept.violations(log)) == []
    assert list(kept.violations(done)) == []
    assert (kept.done_late(log), kept.done_late(done)) == (0, 1)
    assert list(kept.violations([*done, done[-1] | {"position": 5, "version": 2}]))


def test_two_different_receipts_for_one_order_are_seen() -> None:
    kept = books()
    kept.accept(COMPANY, Receipt("9", 1, 3, {}, replayed=True))
    assert list(kept.violations(LOG))
