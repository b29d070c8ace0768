"""Filing: categories, deadlines, major requests, zones, and times that others give."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ServiceRequestNumber
from domain.service_requests.filing import FileRequest, Filing, ZoneFound, file_request
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import Status
from domain.service_requests.steps import Step, step_is_not_in_the_future
from domain.service_requests.words import Category, Channel, Kind, Priority
from tests.domain.rule_sets import DEFAULT, rule_set
from tests.domain.service_requests.builders import (
    DESK,
    ESTATE,
    NOON,
    REPORTER,
    RESIDENT,
    TO_FITTER,
    at,
    dispatched,
    of_kind,
    received,
    request,
    state,
    step,
)


def ask_for(**changes: Any) -> FileRequest:
    dull = FileRequest(
        project_id=ESTATE,
        unit="3-2-501",
        kind=Kind.REPAIR,
        category=Category.MINOR,
        priority=Priority.NORMAL,
        description="厨房水管漏水",
        reporter=REPORTER,
    )
    return replace(dull, **changes)


def filing(said: Step | None = None, **changes: Any) -> Filing:
    dull = Filing(
        number=ServiceRequestNumber("SR-321000-20261124-0000000003"),
        channel=Channel.APP,
        step=said or step(0, RESIDENT),
        by_reporter=True,
    )
    return replace(dull, **changes)


def test_a_request_is_received_with_its_deadlines() -> None:
    request().when(file_request, ask_for(), DEFAULT, filing()).then(received())


def test_a_request_that_the_desk_files_is_nobodys_own() -> None:
    by_desk = filing(step(0, DESK), by_reporter=False, channel=Channel.COUNTER)
    expected = received(filed_by=DESK, by_reporter=False, channel=Channel.COUNTER)
    request().when(file_request, ask_for(), DEFAULT, by_desk).then(expected)
    assert state(expected).reporter is None
    assert state(received()).reporter == RESIDENT


def test_a_major_request_has_a_time_to_take_charge() -> None:
    expected = received(major=True, take_charge_by=at(3))
    rules = rule_set(major_take_charge_hours=3)
    request().when(file_request, ask_for(major=True), rules, filing()).then(expected)


def test_the_zone_manager_gets_it_at_once() -> None:
    found = filing(zone=ZoneFound(name="东区", manager=TO_FITTER))
    request().when(file_request, ask_for(), DEFAULT, found).then(received(zone="东区"), dispatched(0))
    assert state(received(zone="东区"), dispatched(0)).status is Status.DISPATCHED


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.CONSULTATION, Kind.SUGGESTION])
@pytest.mark.parametrize("is_given", [False, True])
def test_what_is_no_repair_is_a_category_of_its_own(kind: Kind, is_given: bool) -> None:
    asked = ask_for(kind=kind, category=Category(kind) if is_given else None)
    expected = of_kind(kind, respond_by=at(24), resolve_by=at(7 * 24))
    request().when(file_request, asked, DEFAULT, filing()).then(expected)


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        (Kind.REPAIR, None),
        (Kind.REPAIR, Category.COMPLAINT),
        (Kind.COMPLAINT, Category.MINOR),
        (Kind.SUGGESTION, Category.CONSULTATION),
    ],
)
def test_a_category_of_another_kind_is_pointed_at(kind: Kind, category: Category | None) -> None:
    asked = ask_for(kind=kind, category=category)
    request().when(file_request, asked, DEFAULT, filing()).raises(Unacceptable, pointer="/category")


def test_a_request_that_was_taken_over_before_is_nothing_to_do() -> None:
    request(received(reference="311-7")).when(file_request, ask_for(reference="311-7"), DEFAULT, filing()).then()


def test_a_time_that_is_given_fixes_the_deadlines() -> None:
    day_before = filing(step(0, DESK, given=-24))
    expected = received(occurred_at=at(-24), respond_by=at(-23.5), resolve_by=at(0), filed_by=DESK)
    request().when(file_request, ask_for(), DEFAULT, day_before).then(expected)


def test_nothing_is_received_in_the_future() -> None:
    request().when(file_request, ask_for(), DEFAULT, filing(step(0, given=0.001))).breaks(step_is_not_in_the_future)


def test_the_very_present_is_no_future() -> None:
    request().when(file_request, ask_for(), DEFAULT, filing(step(0, RESIDENT, given=0))).then(received())


def test_the_rule_set_of_the_receipt_is_cited() -> None:
    rules = rule_set(version="2027-1")
    decided = file_request(None, ask_for(), rules, filing())
    assert SERVICE_REQUEST.fold(decided) == state(received(rule_set="2027-1"))
    assert filing().received_at == NOON
    assert filing(Step(by=DESK, now=NOON, given=NOON - timedelta(days=1))).received_at == NOON - timedelta(days=1)
