"""Lists of service requests: every filter and every reach against a look at each one, whichever way they are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from adapters.postgres.read_models import service_request_lists
from adapters.postgres.read_models.projects import PROJECTS
from adapters.postgres.read_models.service_request_texts import SERVICE_REQUEST_TEXTS
from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from application.kernel.permissions import Thing
from application.service_requests.pages import ServiceRequestPage
from application.service_requests.queries import RequestScope, ServiceRequestFilter
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.request import Status
from domain.service_requests.words import Kind
from tests.adapters.postgres.read_models.desk import (
    BLUE,
    GREEN,
    LAKE,
    LI,
    NEIGHBOUR,
    NORTH,
    RIVER,
    RIVER_EAST,
    SOUTH,
    ZHANG,
    file_all,
    settle_in,
)
from tests.adapters.postgres.read_models.town import Town
from tests.domain.service_requests.builders import FITTER, PLUMBER, RESIDENT, at

Passes = Callable[[ServiceRequestPage, Thing], bool]

FILTERS: Sequence[tuple[ServiceRequestFilter, Passes]] = (
    (ServiceRequestFilter(), lambda *_: True),
    (ServiceRequestFilter(project_id=RIVER), lambda page, _: page.project_id == RIVER),
    *((ServiceRequestFilter(status=status), lambda page, _, status=status: page.status is status) for status in Status),
    *((ServiceRequestFilter(kind=kind), lambda page, _, kind=kind: page.kind is kind) for kind in Kind),
    (ServiceRequestFilter(overdue=True), lambda page, _: page.overdue),
    (ServiceRequestFilter(overdue=False), lambda page, _: not page.overdue),
)
REACHES: Sequence[tuple[RequestScope, Passes]] = (
    (RequestScope(), lambda *_: True),
    (RequestScope(district=NORTH), lambda _, thing: NORTH in thing.districts),
    (RequestScope(district=SOUTH), lambda _, thing: SOUTH in thing.districts),
    (RequestScope(company_id=GREEN), lambda _, thing: GREEN in thing.companies),
    (RequestScope(company_id=BLUE), lambda _, thing: BLUE in thing.companies),
    (RequestScope(licence_id=ZHANG), lambda _, thing: ZHANG in thing.licences),
    (RequestScope(licence_id=LI), lambda _, thing: LI in thing.licences),
    (RequestScope(project_id=RIVER), lambda _, thing: RIVER in thing.projects),
    (RequestScope(project_id=RIVER_EAST), lambda _, thing: RIVER_EAST in thing.projects),
    (
        RequestScope(project_id=RIVER, reporter=NEIGHBOUR),
        lambda _, thing: RIVER in thing.projects and NEIGHBOUR in thing.reporters,
    ),
    (
        RequestScope(project_id=LAKE, assignee=PLUMBER),
        lambda _, thing: LAKE in thing.projects and PLUMBER in thing.assignees,
    ),
)
SOUGHT = (
    *("漏", "水", "漏水", "水管漏", "厨房水管漏水,请尽快", "异响", "龘", "漏气", "水漏", "请快"),
    *("%", "_", "\\", "'", "100%漏_水\\'", "type-c", "TYPE-C", "C", "12-1-301", "1-30", " "),
    *("SR-321000-20261124-00000000", "sr-", "000000007K", "00000007k", "漏电保护", "已更换水管", "换"),
)


@dataclass
class Register:
    """All requests as each one's own page shows them, newest first."""

    town: Town
    pages: Sequence[tuple[ServiceRequestPage, Thing]]

    def expected(self, *passes: Passes) -> list[ServiceRequestId]:
        return [page.id for page, thing in self.pages if all(each(page, thing) for each in passes)]

    async def listed(self, wanted: ServiceRequestFilter, limit: int = 200) -> list[ServiceRequestId]:
        """All of a list, page by page."""
        found: list[ServiceRequestId] = []
        before = None
        while True:
            part = await self.town.requests.list(wanted, before=before, limit=limit)
            found += [page.id for page in part.items]
            if part.next is None:
                return found
            assert len(part.items) == limit
            before = part.next


@pytest.fixture(params=[10_000, 1], ids=["looked through", "looked up"])
async def register(town: Town, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A few requests are all among the newest: so that an index has to be asked, none may be."""
    monkeypatch.setattr(service_request_lists, "NEWEST", request.param)
    await settle_in(town)
    told = await file_all(town)
    await town.build(PROJECTS, SERVICE_REQUESTS, SERVICE_REQUEST_TEXTS)
    town.clock.instant = at(40)
    pages = []
    for each in told:
        found = await town.requests.find(each.id)
        assert found is not None
        pages.append((found.page, found.thing))
    return Register(town, pages)


async def test_every_filter_in_every_reach_finds_what_is_in_it(register: Register) -> None:
    for within, reaches in REACHES:
        for wanted, passes in FILTERS:
            reached = ServiceRequestFilter(
                project_id=wanted.project_id,
                status=wanted.status,
                kind=wanted.kind,
                overdue=wanted.overdue,
                within=within,
            )
            assert await register.listed(reached) == register.expected(passes, reaches), reached


async def test_every_part_of_what_is_said_is_found_wherever_one_may_look(register: Register) -> None:
    for q in SOUGHT:
        said = _says(q)
        assert await register.listed(ServiceRequestFilter(q=q)) == register.expected(said), q
        for within, reaches in REACHES:
            found = await register.listed(ServiceRequestFilter(q=q, within=within))
            assert found == register.expected(said, reaches), (q, within)


async def test_what_is_sought_is_found_and_what_is_not_is_not(register: Register) -> None:
    """Against the look at each one, which might be blind in the same way."""
    counts = {q: len(await register.listed(ServiceRequestFilter(q=q))) for q in SOUGHT}
    assert counts["漏水"] == 3
    assert counts["漏"] == 6
    assert counts["TYPE-C"] == counts["type-c"] == 3
    assert counts["000000007K"] == 1
    assert counts["sr-"] == 24
    assert counts["100%漏_水\\'"] == counts["%"] == 3
    assert counts["龘"] == counts["水漏"] == counts["漏气"] == 0
    # What was the result of a round is gone with the next one.
    assert counts["漏电保护"] == 0


async def test_filters_are_kept_together_with_a_search(register: Register) -> None:
    wanted = ServiceRequestFilter(q="水", kind=Kind.COMPLAINT, overdue=True, status=Status.DISPATCHED, project_id=LAKE)
    (found,) = await register.listed(wanted)
    assert [found] == register.expected(
        _says("水"), lambda page, _: page.kind is Kind.COMPLAINT and page.project_id == LAKE and page.overdue
    )


async def test_pages_of_a_list_follow_each_other(register: Register) -> None:
    for wanted, passes in (
        (ServiceRequestFilter(), _says("")),
        (ServiceRequestFilter(q="水"), _says("水")),
        (ServiceRequestFilter(within=RequestScope(company_id=GREEN)), lambda page, _: page.project_id != LAKE),
        (ServiceRequestFilter(q="水", within=RequestScope(district=NORTH)), lambda page, _: page.project_id != LAKE),
    ):
        sought = _says(wanted.q or "")
        for limit in (1, 5, 23, 24, 25):
            assert await register.listed(wanted, limit) == register.expected(passes, sought), (wanted, limit)


async def test_overdue_is_as_the_time_is(register: Register) -> None:
    wanted = ServiceRequestFilter(overdue=True, project_id=LAKE)
    counts = []
    for hours in (0.5, 0.6, 24, 24.5, 200):
        register.town.clock.instant = at(hours)
        counts.append(len(await register.listed(wanted)))
    # In half an hour what nobody has come for, in a day what is not done, in a week the rest.
    assert counts == sorted(counts)
    assert len(set(counts)) > 2


async def test_a_reporter_is_not_searched_for(register: Register) -> None:
    assert not await register.listed(ServiceRequestFilter(q="王*"))
    assert not await register.listed(ServiceRequestFilter(q=FITTER))
    assert not await register.listed(ServiceRequestFilter(q=RESIDENT))


def _says(q: str) -> Passes:
    def says(page: ServiceRequestPage, _: Thing) -> bool:
        return any(
            q.lower() in (text or "").lower() for text in (page.number, page.unit, page.description, page.result)
        )

    return says
