"""A service request as people look it up."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from adapters.postgres.read_models.projects import PROJECTS
from adapters.postgres.read_models.service_request_texts import SERVICE_REQUEST_TEXTS
from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from api.http.encoding import encode
from domain.kernel.identifiers import AttachmentId
from domain.projects.project import PROJECT
from domain.service_requests.events import ServiceRequestEvent
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.words import Kind, PauseReason, VisitChannel, VisitOutcome
from tests.adapters.postgres.read_models.town import Town
from tests.domain.projects.builders import in_office, registered
from tests.domain.service_requests.builders import (
    AT_WORK,
    CLOSED,
    DONE,
    ESTATE,
    FITTER,
    LEAK,
    OTHER_LEAK,
    RESIDENT,
    archived,
    at,
    cancelled,
    closed,
    completed,
    doubled,
    major,
    of_kind,
    paused,
    received,
    referred,
    reopened,
    replied,
    resumed,
    signed_off,
    started,
    took_charge,
    unreachable,
    visited,
)

PHOTO = AttachmentId("ab" * 32)


async def page(town: Town, *life: ServiceRequestEvent, hours: float = 20) -> Any:
    """The page of a request that has lived so, at an hour."""
    await town.tell(PROJECT, ESTATE, registered(), in_office)
    await town.tell(SERVICE_REQUEST, LEAK, *life)
    await town.build(PROJECTS, SERVICE_REQUESTS, SERVICE_REQUEST_TEXTS)
    town.clock.instant = at(hours)
    found = await town.requests.find(LEAK)
    assert found is not None
    return json.loads(encode(found.page))


async def test_a_request_is_shown_with_all_that_it_has(town: Town) -> None:
    life = (
        received(attachments=(PHOTO,), zone="一区", reference="K-7"),
        *CLOSED[1:3],
        replace(completed(), attachments=(PHOTO,)),
        visited(rating=4, channel=VisitChannel.PHONE, note="很好"),
        closed(),
    )
    assert await page(town, *life) == {
        "id": str(LEAK),
        "version": 6,
        "number": "SR-321000-20261124-0000000003",
        "project_id": str(ESTATE),
        "project_name": "江畔花园",
        "unit": "3-2-501",
        "zone": "一区",
        "kind": "repair",
        "category": "minor",
        "priority": "normal",
        "major": False,
        "channel": "app",
        "reference": "K-7",
        "status": "closed",
        "description": "厨房水管漏水",
        "reporter": {"name": "王*"},
        "attachments": [PHOTO],
        "received_at": "2026-11-24T04:00:00Z",
        "assignee": {"subject": "fitter", "name": "李师傅"},
        "deadlines": {
            "respond_by": "2026-11-24T04:30:00Z",
            "resolve_by": "2026-11-25T04:00:00Z",
            "take_charge_by": None,
        },
        "dispatched_at": "2026-11-24T04:06:00Z",
        "responded_at": "2026-11-24T04:12:00Z",
        "started_at": "2026-11-24T04:12:00Z",
        "pause": None,
        "completed_at": "2026-11-24T07:00:00Z",
        "result": "已更换水管",
        "result_attachments": [PHOTO],
        "closed_at": "2026-11-24T10:00:00Z",
        "overdue": False,
        "missed": [],
        "replies": [],
        "return_visits": [
            {
                "outcome": "satisfied",
                "channel": "phone",
                "rating": 4,
                "note": "很好",
                "by": "desk",
                "by_reporter": False,
                "at": "2026-11-24T08:00:00Z",
            }
        ],
        "rating": 4,
        "round": 1,
        "reopenings": [],
        "charge": None,
        "sign_off": None,
        "referral": None,
        "cancellation": None,
        "duplicate_of": None,
        "lesson": None,
        "rule_set": "2000-1",
    }


async def test_nobody_sees_who_answers_as_the_reporter_nor_a_telephone(town: Town) -> None:
    shown = await page(town, *DONE, visited(by=RESIDENT, by_reporter=True))
    assert shown["return_visits"][0]["by"] is None
    assert RESIDENT not in json.dumps(shown)
    assert "13812345678" not in json.dumps(shown)
    assert "王芳" not in json.dumps(shown, ensure_ascii=False)


async def test_a_pause_is_shown_while_it_lasts(town: Town) -> None:
    shown = await page(town, *AT_WORK, paused(1, PauseReason.FORCE_MAJEURE), hours=900)
    assert shown["pause"] == {"reason": "force_majeure", "since": "2026-11-24T05:00:00Z"}
    assert not shown["overdue"]


async def test_after_a_pause_the_deadline_is_the_one_it_was_moved_to(town: Town) -> None:
    shown = await page(town, *AT_WORK, paused(1), resumed(2, 25), hours=25)
    assert (shown["pause"], shown["overdue"]) == (None, False)
    assert shown["deadlines"]["resolve_by"] == "2026-11-25T05:00:00Z"


@pytest.mark.parametrize(("hours", "clocks"), [(0.5, []), (0.51, ["response"]), (24.01, ["response", "resolution"])])
async def test_what_is_overdue_follows_from_the_time(town: Town, hours: float, clocks: list[str]) -> None:
    shown = await page(town, received(), hours=hours)
    assert [missed["clock"] for missed in shown["missed"]] == clocks
    assert shown["overdue"] is bool(clocks)


async def test_what_was_missed_stays_missed(town: Town) -> None:
    shown = await page(town, received(), *CLOSED[1:2], started(0.6), *CLOSED[3:])
    assert shown["missed"] == [{"clock": "response", "due": "2026-11-24T04:30:00Z"}]


async def test_what_is_reopened_keeps_its_deadlines_and_what_was_answered_missed_visited_and_replied(
    town: Town,
) -> None:
    again = (visited(VisitOutcome.UNSATISFIED, rating=1), reopened(30))
    shown = await page(town, *AT_WORK, replied(), completed(25), *again, hours=30)
    assert (shown["status"], shown["round"], shown["rating"]) == ("dispatched", 2, 1)
    assert [shown[name] for name in ("started_at", "completed_at", "result")] == [None] * 3
    assert shown["responded_at"] == "2026-11-24T04:12:00Z"
    assert shown["reopenings"] == [{"round": 2, "reason": "又漏了", "at": "2026-11-25T10:00:00Z"}]
    assert shown["missed"] == [{"clock": "resolution", "due": "2026-11-25T04:00:00Z"}]
    assert len(shown["return_visits"]) == len(shown["replies"]) == 1
    assert (shown["deadlines"]["respond_by"], shown["deadlines"]["resolve_by"]) == (
        "2026-11-24T04:30:00Z",
        "2026-11-25T04:00:00Z",
    )


async def test_a_major_request_shows_who_took_charge_and_who_signed_off(town: Town) -> None:
    shown = await page(town, major(), *DONE[1:], took_charge(), signed_off())
    assert shown["deadlines"]["take_charge_by"] == "2026-11-24T06:00:00Z"
    licence = str(UUID(int=5))
    assert shown["charge"] == {"licence_id": licence, "by": "manager", "at": "2026-11-24T05:00:00Z"}
    assert shown["sign_off"] == {
        "licence_id": licence,
        "by": "manager",
        "reason": None,
        "at": "2026-11-24T09:00:00Z",
    }


async def test_endings_without_a_visit_are_shown(town: Town) -> None:
    shown = await page(town, received(), cancelled)
    assert (shown["status"], shown["closed_at"]) == ("cancelled", None)
    assert shown["cancellation"] == {"reason": "自行修好", "at": "2026-11-24T05:00:00Z"}


async def test_a_referral_closes(town: Town) -> None:
    shown = await page(town, received(), referred)
    assert (shown["status"], shown["closed_at"]) == ("closed", "2026-11-24T05:00:00Z")
    assert shown["referral"] == {"to": "供水公司", "reason": "市政管网", "at": "2026-11-24T05:00:00Z"}


async def test_a_duplicate_names_the_other(town: Town) -> None:
    assert (await page(town, received(), doubled))["duplicate_of"] == str(OTHER_LEAK)


async def test_attempts_are_shown_as_visits(town: Town) -> None:
    shown = await page(town, *DONE, unreachable(4), unreachable(5.5))
    assert [visit["outcome"] for visit in shown["return_visits"]] == ["unreachable"] * 2


async def test_a_training_case_has_its_lesson_and_no_more(town: Town) -> None:
    complaint = of_kind(Kind.COMPLAINT, description="张三家太吵", respond_by=at(24), resolve_by=at(168))
    shown = await page(town, complaint, *DONE[1:], replied(), closed(), archived)
    assert shown["lesson"] == "先止水,后维修"
    found = await town.requests.training_cases(limit=5)
    (case,) = json.loads(encode(found.items))
    assert case == {
        "id": str(LEAK),
        "number": "SR-321000-20261124-0000000003",
        "project": {"id": str(ESTATE), "name": "江畔花园"},
        "kind": "complaint",
        "category": "complaint",
        "channel": "app",
        "major": False,
        "overdue": False,
        "lesson": "先止水,后维修",
        "archived_at": "2026-11-24T12:00:00Z",
    }
    assert not (await town.requests.training_cases(q="别的", limit=5)).items
    assert (await town.requests.training_cases(q="止水", limit=5)).items


async def test_a_reader_is_measured_against_the_project_the_reporter_and_the_assignee(town: Town) -> None:
    await page(town, *AT_WORK)
    thing = await town.requests.scope(LEAK)
    assert thing is not None
    assert thing.projects == {ESTATE}
    assert [district.code for district in thing.districts] == ["420102"]
    assert thing.companies == {UUID(int=1)}
    assert thing.licences == {UUID(int=3)}
    assert thing.reporters == {RESIDENT}
    assert thing.assignees == {FITTER}


async def test_what_is_not_there_is_not_found(town: Town) -> None:
    await page(town, received())
    assert await town.requests.find(OTHER_LEAK) is None
    assert await town.requests.scope(OTHER_LEAK) is None
