"""Companies as people look them up, and their credit files."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from application.companies.queries import CompanyPage, CompanyStatus
from application.kernel.permissions import Thing
from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, CompanyIdentified, CompanyRegistered, CompanyRenamed
from domain.companies.uscc import Uscc
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, ProjectId
from domain.licensing.folding import LICENCE
from domain.projects.events import ProjectWithdrawn
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.assessment import deducted, objected, reinstated, rescinded, revoked
from tests.domain.licensing.practice import GREEN, HILLSIDE, LAKESIDE, LICENCE_ID, NUMBER, OTHER, opened, registered
from tests.domain.projects.builders import DISTRICT
from tests.domain.projects.builders import registered as on_register

CODE = Uscc("91321000MA1MABCD5X")


@pytest.fixture
async def two(town: Town) -> Town:
    await town.adopt(at=datetime(2026, 1, 5, 1, tzinfo=UTC))
    await town.build()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell(COMPANY, OTHER, CompanyRegistered(name="蓝天物业", uscc=CODE))
    await town.tell(PROJECT, LAKESIDE, on_register(company_id=GREEN))
    await town.tell(PROJECT, HILLSIDE, on_register(company_id=GREEN))
    await town.tell(LICENCE, LICENCE_ID, opened(), registered(GREEN))
    await town.follow()
    return town


async def test_a_page_counts_managers_and_active_projects(two: Town) -> None:
    provisional = CompanyPage(
        id=GREEN,
        version=1,
        name="绿城物业",
        uscc=None,
        provisional=True,
        status=CompanyStatus.ACTIVE,
        managers=1,
        projects=2,
    )
    assert await two.companies.find(GREEN) == provisional
    assert await two.companies.scope(GREEN) == Thing(
        companies=frozenset({GREEN}), projects=frozenset({LAKESIDE, HILLSIDE}), districts=frozenset({DISTRICT})
    )
    await two.tell(COMPANY, GREEN, CompanyIdentified(uscc=CODE), CompanyRenamed(name="绿城服务"))
    await two.tell(PROJECT, HILLSIDE, ProjectWithdrawn(reason="到期", withdrawn_on=date(2026, 11, 1)))
    await two.tell(COMPANY, GREEN, CompanyClosed(reason="注销", closed_on=date(2026, 11, 24)))
    await two.follow()
    page = await two.companies.find(GREEN)
    assert page is not None
    assert (page.version, page.name, page.uscc, page.provisional) == (4, "绿城服务", CODE, False)
    assert (page.status, page.managers, page.projects) == (CompanyStatus.CLOSED, 1, 1)


async def test_there_is_no_company_that_was_never_registered(two: Town) -> None:
    nobody = CompanyId(UUID(int=99))
    assert await two.companies.find(nobody) is None
    assert await two.companies.scope(nobody) is None
    assert await two.companies.credit_file(nobody, 2026) is None


async def test_a_company_without_projects_has_a_scope(two: Town) -> None:
    assert await two.companies.scope(OTHER) == Thing(companies=frozenset({OTHER}))


async def test_lists_are_in_the_order_of_registration(two: Town) -> None:
    first = await two.companies.list(limit=1)
    second = await two.companies.list(after=first.next, limit=1)
    assert [company.id for company in (*first.items, *second.items)] == [GREEN, OTHER]
    assert second.next is None


async def test_q_is_a_part_of_the_name_or_the_code(two: Town) -> None:
    parts = {"物业": [GREEN, OTHER], "绿": [GREEN], CODE.lower(): [OTHER], CODE[:-1]: [], "%": []}
    for q, found in parts.items():
        assert [company.id for company in (await two.companies.list(q=q, limit=9)).items] == found, q


async def test_a_list_can_be_narrowed_to_the_company_of_a_project(two: Town) -> None:
    assert [company.id for company in (await two.companies.list(of_project=LAKESIDE, limit=9)).items] == [GREEN]
    assert (await two.companies.list(of_project=ProjectId(UUID(int=99)), limit=9)).items == ()


async def test_the_credit_file_follows_who_employed_the_manager_on_the_day(two: Town) -> None:
    ours = deducted(DeductionId(UUID(int=41)), points=12, occurred_on=date(2026, 3, 1))
    undone = deducted(DeductionId(UUID(int=42)), points=10, occurred_on=date(2026, 2, 1))
    theirs = deducted(DeductionId(UUID(int=43)), points=5, company=OTHER)
    last_year = deducted(DeductionId(UUID(int=44)), points=3, occurred_on=date(2025, 12, 31))
    await two.tell(LICENCE, LICENCE_ID, ours, undone, theirs, last_year, objected(undone.deduction_id))
    await two.tell(LICENCE, LICENCE_ID, *rescinded(undone, total=12), revoked(25), reinstated(12, company=None))
    await two.follow()
    file = await two.companies.credit_file(GREEN, 2026)
    assert file is not None
    assert (file.id, file.version, file.name, file.year, file.points) == (GREEN, 1, "绿城物业", 2026, 12)
    assert [(entry.id, entry.status) for entry in file.deductions] == [
        (undone.deduction_id, "rescinded"),
        (ours.deduction_id, "in_force"),
    ]
    assert {(entry.licence_id, entry.name, entry.licence_number) for entry in file.deductions} == {
        (LICENCE_ID, "张三", NUMBER)
    }
    assert [(entry.cycle, entry.total, entry.reinstated) for entry in file.revocations] == [("2026", 25, True)]
    assert (file.overdue_share, file.return_visit_coverage) == (None, None)
    other = await two.companies.credit_file(OTHER, 2026)
    before = await two.companies.credit_file(GREEN, 2025)
    assert other is not None
    assert before is not None
    assert ([entry.id for entry in other.deductions], other.revocations) == ([theirs.deduction_id], ())
    assert (before.points, [entry.id for entry in before.deductions]) == (3, [last_year.deduction_id])


async def test_the_credit_file_without_a_year_is_the_present_one_in_the_city(two: Town) -> None:
    two.clock.instant = datetime(2026, 12, 31, 16, tzinfo=UTC)
    file = await two.companies.credit_file(GREEN)
    assert file is not None
    assert file.year == 2027


async def test_a_revocation_counts_for_the_company_until_it_is_reinstated(two: Town) -> None:
    await two.tell(LICENCE, LicenceId(LICENCE_ID), revoked(30, on=date(2026, 11, 24)))
    await two.follow()
    file = await two.companies.credit_file(GREEN, 2026)
    assert file is not None
    assert [(entry.licence_id, entry.revoked_on, entry.reinstated) for entry in file.revocations] == [
        (LICENCE_ID, date(2026, 11, 24), False)
    ]
