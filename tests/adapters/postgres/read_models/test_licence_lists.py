"""Lists of licences: in the order of opening, filtered, page by page."""

from uuid import UUID

import pytest

from application.licensing.pages import CompanyOfManager, HolderName, LicenceEntry
from application.licensing.queries import LicenceFilter
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from domain.kernel.identifiers import LicenceId, LicenceNumber, ProjectId
from domain.kernel.personal import PersonName
from domain.licensing.events import Holder, LicenceFileOpened
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Status
from domain.projects.events import ManagerTookOffice
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.practice import GREEN, LAKESIDE, OPENED, OTHER, ZHANG, deregistered, registered
from tests.domain.projects.builders import registered as on_register

ZHAO, QIAN, SUN = (LicenceId(UUID(int=number)) for number in (3, 1, 2))
"""In the order of opening, which is not that of their ids."""


def file_of(name: str) -> LicenceFileOpened:
    holder = Holder(name=PersonName(name), id_number=ZHANG.id_number, phone=ZHANG.phone)
    return LicenceFileOpened(holder=holder, company_id=None, opened_on=OPENED)


def number(nth: int) -> LicenceNumber:
    return LicenceNumber(f"PM-321000-2026-{nth:06}")


@pytest.fixture
async def three(town: Town) -> Town:
    await town.build()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell(LICENCE, ZHAO, file_of("赵一"), registered(GREEN, number=number(1)))
    await town.tell(LICENCE, QIAN, file_of("钱_二%"), registered(OTHER, number=number(2)))
    await town.tell(LICENCE, SUN, file_of("Sun三"))
    await town.follow()
    return town


async def listed(town: Town, **wanted: object) -> list[LicenceId]:
    found = await town.licences.list(LicenceFilter(**wanted), limit=50)  # type: ignore[arg-type] # a test names the fields it means
    assert found.next is None
    return [entry.id for entry in found.items]


async def test_an_entry_says_who_and_for_whom(three: Town) -> None:
    found = await three.licences.list(LicenceFilter(), limit=1)
    assert found.items == (
        LicenceEntry(
            id=ZHAO,
            version=2,
            licence_number=number(1),
            status=Status.REGISTERED,
            holder=HolderName(name="赵一"),
            company=CompanyOfManager(id=GREEN, name="绿城物业"),
        ),
    )


async def test_pages_follow_one_another_without_a_gap(three: Town) -> None:
    first = await three.licences.list(LicenceFilter(), limit=2)
    assert [entry.id for entry in first.items] == [ZHAO, QIAN]
    second = await three.licences.list(LicenceFilter(), after=first.next, limit=2)
    assert [entry.id for entry in second.items] == [SUN]
    assert second.next is None
    whole = await three.licences.list(LicenceFilter(), limit=3)
    assert (len(whole.items), whole.next) == (3, None)


async def test_status_and_company_filter(three: Town) -> None:
    await three.tell(LICENCE, QIAN, deregistered(OTHER))
    await three.follow()
    assert await listed(three, status=Status.APPLICANT) == [SUN]
    assert await listed(three, status=Status.DEREGISTERED) == [QIAN]
    assert await listed(three, company_id=GREEN) == [ZHAO]
    assert await listed(three, company_id=OTHER) == []


async def test_q_is_a_part_of_name_or_number_and_no_pattern(three: Town) -> None:
    parts = {
        "赵": [ZHAO],
        "二%": [QIAN],
        "_": [QIAN],
        "%": [QIAN],
        "\\": [],
        "sun": [SUN],
        "00000": [ZHAO, QIAN],
        "pm-321000-2026-000002": [QIAN],
        "nobody": [],
    }
    assert {q: await listed(three, q=q) for q in parts} == parts


async def test_a_list_can_be_narrowed_to_the_manager_of_a_project(three: Town) -> None:
    await three.tell(PROJECT, LAKESIDE, on_register(), ManagerTookOffice(licence_id=QIAN, since=OPENED))
    await three.follow()
    assert await listed(three, of_project=LAKESIDE) == [QIAN]
    assert await listed(three, of_project=ProjectId(UUID(int=99))) == []


async def test_the_erased_are_found_by_number_only(three: Town) -> None:
    await three.erase(ZHAO)
    await three.follow()
    assert await listed(three, q="赵") == []
    assert await listed(three, q=number(1)) == [ZHAO]
