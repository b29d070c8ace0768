"""A licence as it stood at the end of a day: by the city's midnight, from the log, through the same page."""

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from domain.kernel.identifiers import DeductionId, LicenceId
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Status
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.assessment import deducted, objected, revoked
from tests.domain.licensing.practice import GREEN, LAKESIDE, LICENCE_ID, appointed, opened, practising, registered
from tests.domain.projects.builders import registered as on_register
from tests.domain.rule_sets import rule_set

LONG_AGO: Final = datetime(2026, 1, 5, 1, tzinfo=UTC)
LAST_MOMENT: Final = datetime(2026, 3, 31, 15, 59, 59, 999999, tzinfo=UTC)
"""A microsecond before midnight in Shanghai."""
MIDNIGHT: Final = datetime(2026, 3, 31, 16, tzinfo=UTC)
LAST_OF_MARCH, FIRST_OF_APRIL = date(2026, 3, 31), date(2026, 4, 1)


async def test_a_day_ends_at_midnight_in_the_city(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.tell(LICENCE, LICENCE_ID, *practising(), at=LAST_MOMENT)
    await town.tell(LICENCE, LICENCE_ID, deducted(points=12, occurred_on=LAST_OF_MARCH), at=MIDNIGHT)
    march = await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH)
    april = await town.licences.as_of(LICENCE_ID, FIRST_OF_APRIL)
    assert march is not None
    assert april is not None
    assert (march.page.version, march.page.points.total, march.page.deductions) == (4, 0, ())
    assert (april.page.version, april.page.points.total, len(april.page.deductions)) == (5, 12, 1)


async def test_before_the_file_was_opened_there_is_none(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.tell(LICENCE, LICENCE_ID, *practising(), at=MIDNIGHT)
    assert await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH) is None
    assert await town.licences.as_of(LICENCE_ID, FIRST_OF_APRIL) is not None
    assert await town.licences.as_of(LicenceId(UUID(int=99)), FIRST_OF_APRIL) is None


async def test_names_and_limits_are_those_of_that_day(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell(PROJECT, LAKESIDE, on_register(name="湖畔花园"))
    await town.tell(LICENCE, LICENCE_ID, *practising(), appointed(LAKESIDE, area="120000.5"), at=LAST_MOMENT)
    await town.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"), at=MIDNIGHT)
    await town.adopt(rule_set(version="2026-2", in_force_from=FIRST_OF_APRIL, max_projects=5, revocation_points=30))
    march = await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH)
    april = await town.licences.as_of(LICENCE_ID, FIRST_OF_APRIL)
    assert march is not None
    assert april is not None
    assert [page.company and page.company.name for page in (march.page, april.page)] == ["绿城物业", "绿城服务"]
    assert [page.appointments[0].project_name for page in (march.page, april.page)] == ["湖畔花园", "湖畔花园"]
    assert [page.points.limit for page in (march.page, april.page)] == [25, 30]
    assert [page.capacity.projects_left for page in (march.page, april.page)] == [1, 4]


async def test_who_may_see_it_is_measured_by_the_present(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.tell(LICENCE, LICENCE_ID, *practising(), appointed(LAKESIDE), at=LAST_MOMENT)
    await town.tell(LICENCE, LICENCE_ID, revoked(), at=MIDNIGHT)
    march = await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH)
    assert march is not None
    assert march.page.status is Status.REGISTERED
    assert march.thing.companies == frozenset()


async def test_the_past_names_nobody_who_was_erased(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.tell(LICENCE, LICENCE_ID, *practising(), at=LAST_MOMENT)
    before = await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH)
    assert before is not None
    assert before.page.holder.name == "张三"
    await town.erase(LICENCE_ID, at=MIDNIGHT)
    after = await town.licences.as_of(LICENCE_ID, LAST_OF_MARCH)
    assert after is not None
    assert after.page.holder.name is None


async def test_the_end_of_today_is_the_page_as_it_stands(town: Town) -> None:
    await town.adopt(at=LONG_AGO)
    await town.build()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell(PROJECT, LAKESIDE, on_register(name="湖畔花园"))
    charged = deducted(DeductionId(UUID(int=40)), points=12)
    life = [opened(), registered(GREEN), appointed(LAKESIDE), charged, objected(charged.deduction_id)]
    today = date(2026, 11, 24)
    for event in life:
        await town.tell(LICENCE, LICENCE_ID, event, at=datetime(2026, 11, 24, 6, tzinfo=UTC))
        await town.follow()
        assert await town.licences.as_of(LICENCE_ID, today) == await town.licences.find(LICENCE_ID)
