"""A licence as people read it: the contract's own example, and what changes on the page without a new version."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final, cast
from uuid import UUID

import asyncpg
import pytest

from adapters.postgres.read_models.remembered_pages import RememberedPages
from api.http.encoding import encode
from application.kernel.callers import Caller, Role
from application.licensing.pages import HolderDetail
from application.licensing.queries import LicenceOnFile
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import DeductionId, LicenceId, Subject
from domain.kernel.rule_set import Cycle
from domain.licensing.folding import LICENCE
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.assessment import (
    WRITTEN,
    deducted,
    failed,
    objected,
    passed,
    proposed,
    reinstated,
    revoked,
    warned,
    warning_withdrawn,
)
from tests.domain.licensing.practice import (
    GREEN,
    HILLSIDE,
    LAKESIDE,
    LICENCE_ID,
    OTHER,
    POST,
    TRAINING,
    appointed,
    opened,
    registered,
    withdrawn,
)
from tests.domain.projects.builders import registered as on_register
from tests.domain.rule_sets import rule_set

AFTERNOON: Final = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.fixture
async def example(town: Town) -> Town:
    """The licence of the contract's example, followed by all read models."""
    await town.adopt(at=datetime(2026, 1, 5, 1, tzinfo=UTC))
    await town.build()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell(PROJECT, LAKESIDE, on_register(120_000, name="湖畔花园", company_id=GREEN))
    await town.tell(
        LICENCE,
        LICENCE_ID,
        opened(),
        POST,
        TRAINING,
        registered(GREEN),
        appointed(LAKESIDE, area="120000", since=date(2026, 1, 5)),
        deducted(DeductionId(UUID(int=40)), points=3, occurred_on=date(2025, 12, 30), on=date(2026, 1, 6)),
        deducted(DeductionId(UUID(int=41)), points=12, occurred_on=date(2026, 3, 1), on=date(2026, 3, 4)),
        warned(WRITTEN, 13, on=date(2026, 3, 4)),
        at=AFTERNOON,
    )
    await town.follow()
    return town


async def read(town: Town, by: Caller | None = None) -> Any:
    """The page as JSON."""
    found = await town.licences.find(LICENCE_ID)
    assert found is not None
    page = found.page if by is None else found.seen_by(by)
    return json.loads(encode(page))


async def test_the_page_is_that_of_the_contract(example: Town) -> None:
    assert await read(example) == {
        "id": str(LICENCE_ID),
        "version": 8,
        "licence_number": "PM-321000-2026-000001",
        "status": "registered",
        "holder": {"name": "张三", "id_number": "3210**********1234", "phone": "138****5678"},
        "company": {"id": str(GREEN), "name": "绿城物业"},
        "certificates": [
            {
                "kind": "post_national",
                "number": "P-1",
                "issuer": "city",
                "issued_on": "2020-06-01",
                "expires_on": None,
                "withdrawn": False,
            },
            {
                "kind": "training",
                "number": "T-1",
                "issuer": "city",
                "issued_on": "2020-06-01",
                "expires_on": None,
                "withdrawn": False,
            },
        ],
        "appointments": [
            {
                "project_id": str(LAKESIDE),
                "project_name": "湖畔花园",
                "building_area_m2": 120000,
                "since": "2026-01-05",
            }
        ],
        "capacity": {"projects_left": 1, "area_left_m2": 80000},
        "points": {"cycle": "2026", "total": 12, "limit": 25, "by_cycle": {"2025": 3, "2026": 12}},
        "deductions": [
            {
                "id": str(UUID(int=41)),
                "violation": "V08",
                "points": 12,
                "occurred_on": "2026-03-01",
                "decided_on": "2026-03-04",
                "cycle": "2026",
                "rule_set": "2000-1",
                "object_by": "2026-03-19",
                "status": "in_force",
                "objection": None,
            },
            {
                "id": str(UUID(int=40)),
                "violation": "V08",
                "points": 3,
                "occurred_on": "2025-12-30",
                "decided_on": "2026-01-06",
                "cycle": "2025",
                "rule_set": "2000-1",
                "object_by": "2026-01-21",
                "status": "in_force",
                "objection": None,
            },
        ],
        "warnings": [{"kind": "written", "cycle": "2026", "total": 13, "on": "2026-03-04", "withdrawn": False}],
        "revocation": None,
        "proposed_revocation": None,
        "annual_inspections": [],
    }


COMPANY_CLERK: Final = Caller(subject=Subject("a"), role=Role.COMPANY, company=GREEN)
OTHER_CLERK: Final = Caller(subject=Subject("b"), role=Role.COMPANY, company=OTHER)
RESIDENT: Final = Caller(subject=Subject("c"), role=Role.RESIDENT, project=LAKESIDE)
STRANGER: Final = Caller(subject=Subject("d"), role=Role.RESIDENT, project=HILLSIDE)


async def test_full_detail_is_for_the_managers_own_company(example: Town) -> None:
    assert (await read(example, COMPANY_CLERK))["holder"].keys() == {"name", "id_number", "phone"}
    for reader in (OTHER_CLERK, RESIDENT):
        assert (await read(example, reader))["holder"] == {"name": "张三"}


async def test_what_was_argued_is_for_full_detail(example: Town) -> None:
    await example.tell(LICENCE, LICENCE_ID, objected(DeductionId(UUID(int=41))))
    await example.follow()
    shown = {"status": "pending", "filed_on": "2026-11-24", "on_behalf": False, "decided_on": None, "reason": None}
    newest = (await read(example, COMPANY_CLERK))["deductions"][0]
    assert newest["status"] == "objected"
    assert newest["objection"] == shown | {"grounds": "was not there"}
    assert (await read(example, OTHER_CLERK))["deductions"][0]["objection"] == shown | {"grounds": None}


async def test_a_resident_reads_the_manager_of_their_project_only(example: Town) -> None:
    found = await example.licences.find(LICENCE_ID)
    assert found is not None
    assert found.seen_by(RESIDENT).id == LICENCE_ID
    with pytest.raises(NoSuchThing):
        found.seen_by(STRANGER)
    assert await example.licences.scope(LICENCE_ID) == found.thing


async def test_there_is_no_licence_that_was_never_opened(example: Town) -> None:
    nobody = LicenceId(UUID(int=99))
    assert await example.licences.find(nobody) is None
    assert await example.licences.scope(nobody) is None


async def test_a_city_that_has_not_begun_can_judge_nothing(town: Town) -> None:
    await town.build()
    with pytest.raises(LookupError, match="first rule set"):
        await town.licences.find(LICENCE_ID)


async def test_names_of_other_things_are_the_present_ones(example: Town) -> None:
    before = await read(example)
    await example.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"))
    await example.follow()
    assert await read(example) == before | {"company": {"id": str(GREEN), "name": "绿城服务"}}


async def test_a_rule_set_that_another_process_adopted_counts_at_once(example: Town) -> None:
    assert (await read(example))["points"]["limit"] == 25
    await example.adopt(
        rule_set(version="2026-2", in_force_from=date(2026, 11, 24), revocation_points=30, max_projects=5)
    )
    page = await read(example)
    assert page["points"]["limit"] == 30
    assert page["capacity"]["projects_left"] == 4


async def test_a_page_that_is_read_again_is_the_same_until_something_changes(example: Town) -> None:
    first = await example.licences.find(LICENCE_ID)
    assert await example.licences.find(LICENCE_ID) is first
    example.clock.instant = datetime(2026, 12, 31, 16, tzinfo=UTC)
    next_year = await example.licences.find(LICENCE_ID)
    assert next_year is not None
    assert next_year.page.points.cycle == "2027"
    await example.erase(LICENCE_ID)
    await example.follow()
    erased = await example.licences.find(LICENCE_ID)
    assert erased is not None
    assert erased.page.holder == HolderDetail(name=None, id_number=None, phone=None)


def _read_as(version: int = 3, company: str = "绿城", followed: int | None = 9) -> asyncpg.Record:
    said = {"version": version, "company_name": company, "project_names": None}
    return cast("asyncpg.Record", {**said, "position": 9, "deductions_followed": followed})


def test_the_pages_read_last_are_remembered() -> None:
    pages = RememberedPages(most=2)
    judged_by = (date(2026, 11, 24), 1)
    on_file = cast("LicenceOnFile", object())
    first, second, third = (LicenceId(UUID(int=number)) for number in range(3))
    for licence_id in (first, second):
        pages.remember(licence_id, _read_as(), judged_by, on_file)
    known = pages.find(first, judged_by)
    assert known is not None
    assert (known.version, known.on_file) == (3, on_file)
    assert known.is_still(_read_as())
    assert not known.is_still(_read_as(version=4))
    assert not known.is_still(_read_as(company="绿城服务"))
    pages.remember(third, _read_as(), judged_by, on_file)
    assert pages.find(second, judged_by) is None
    assert pages.find(first, judged_by) == known
    assert pages.find(first, (date(2026, 11, 25), 1)) is None
    pages.remember(second, _read_as(), (date(2026, 11, 25), 1), on_file)
    assert pages.find(first, judged_by) is None


@pytest.mark.parametrize("followed", [None, 8])
def test_a_page_whose_deductions_lag_behind_is_not_remembered(followed: int | None) -> None:
    pages = RememberedPages()
    judged_by = (date(2026, 11, 24), 1)
    licence_id = LicenceId(UUID(int=1))
    pages.remember(licence_id, _read_as(), judged_by, cast("LicenceOnFile", object()))
    pages.remember(licence_id, _read_as(version=4, followed=followed), judged_by, cast("LicenceOnFile", object()))
    assert pages.find(licence_id, judged_by) is None


async def test_only_the_newest_twenty_of_two_cycles_are_shown(example: Town) -> None:
    older = deducted(DeductionId(UUID(int=42)), points=1, occurred_on=date(2024, 12, 31))
    newer = [deducted(DeductionId(UUID(int=number)), points=1) for number in range(100, 125)]
    await example.tell(LICENCE, LICENCE_ID, older, *newer)
    await example.follow()
    shown = [UUID(entry["id"]).int for entry in (await read(example))["deductions"]]
    assert shown == list(range(124, 104, -1))
    rest = [entry["id"] for entry in await all_deductions(example)]
    assert len(rest) == 28
    assert str(UUID(int=42)) in rest


async def test_registration_years_choose_the_deductions_too(example: Town) -> None:
    await example.adopt(
        rule_set(version="2026-2", in_force_from=date(2000, 1, 1), cycle=Cycle.REGISTRATION_YEAR),
    )
    first = deducted(DeductionId(UUID(int=43)), points=1, cycle="2026-01-05")
    await example.tell(LICENCE, LICENCE_ID, first)
    await example.follow()
    page = await read(example)
    assert page["points"]["cycle"] == "2026-01-05"
    assert [UUID(entry["id"]).int for entry in page["deductions"]] == [43]


async def test_a_revocation_is_shown_until_it_is_annulled(example: Town) -> None:
    await example.tell(LICENCE, LICENCE_ID, proposed(25, hearing_until=date(2026, 12, 1)))
    await example.follow()
    page = await read(example)
    assert page["status"] == "suspended"
    assert page["proposed_revocation"] == {
        "cycle": "2026",
        "total": 25,
        "proposed_on": "2026-11-24",
        "hearing_until": "2026-12-01",
    }
    await example.tell(LICENCE, LICENCE_ID, revoked(25))
    await example.follow()
    page = await read(example)
    assert (page["status"], page["company"], page["proposed_revocation"]) == ("revoked", None, None)
    assert page["revocation"] == {
        "cycle": "2026",
        "total": 25,
        "revoked_on": "2026-11-24",
        "banned_until": "2028-11-24",
    }
    await example.tell(LICENCE, LICENCE_ID, reinstated(13), warning_withdrawn(WRITTEN, 12), passed(2025))
    await example.follow()
    page = await read(example)
    assert (page["status"], page["revocation"]) == ("registered", None)
    assert page["company"]["id"] == str(GREEN)
    assert page["warnings"][0]["withdrawn"] is True
    assert page["annual_inspections"] == [{"year": 2025, "passed": True, "reasons": []}]


async def test_an_inspection_that_is_passed_takes_the_place_of_the_failure(example: Town) -> None:
    await example.tell(LICENCE, LICENCE_ID, failed(2025), passed(2024))
    await example.follow()
    page = await read(example)
    assert page["status"] == "suspended"
    assert [(entry["year"], entry["passed"]) for entry in page["annual_inspections"]] == [(2024, True), (2025, False)]
    await example.tell(LICENCE, LICENCE_ID, passed(2025))
    await example.follow()
    page = await read(example)
    assert page["status"] == "registered"
    assert [(entry["year"], entry["passed"]) for entry in page["annual_inspections"]] == [(2024, True), (2025, True)]


async def test_a_withdrawn_certificate_stays_on_the_page(example: Town) -> None:
    await example.tell(LICENCE, LICENCE_ID, withdrawn("P-1"))
    await example.follow()
    certificates = (await read(example))["certificates"]
    assert [(entry["number"], entry["withdrawn"]) for entry in certificates] == [("P-1", True), ("T-1", False)]


async def all_deductions(town: Town) -> list[Any]:
    """Every deduction, newest first, five at a time."""
    items: list[Any] = []
    before = None
    while True:
        found = await town.licences.deductions(LICENCE_ID, before=before, limit=5)
        items += json.loads(encode(found.items))
        if found.next is None:
            return items
        before = found.next
