"""Looking things up one after the other, and how long each took."""

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from api.compose import City
from application.service_requests.queries import RequestScope, ServiceRequestFilter
from benchmarks.requests.estates import DISTRICTS, Estates
from benchmarks.requests.searches import Searches
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis_events import MonthLabel, WeekLabel
from domain.service_requests.request import Status
from domain.service_requests.words import Kind

Look = Callable[[], Awaitable[object]]

ITEMS: Final = 50
_MS: Final = 1_000
_UNCOUNTED: Final = 6


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked up, how often, and the milliseconds that half and all but one in a hundred took at most."""

    what: str
    times: int
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Looking:
    """What people look up in a city; every look is another project, district, week or word."""

    city: City
    estates: Estates
    times: int

    async def all(self, sought: Sequence[Searches]) -> AsyncIterator[Looked]:
        """Look everything up, kind by kind."""
        for what, looks in self._lists():
            yield await _looked(what, looks)
        for some in sought:
            characters = "1 character" if some.length == 1 else f"{some.length} characters"
            for found, words in (("found", some.hits), ("not found", some.misses)):
                looks = [self._listing(ServiceRequestFilter(q=q)) for q in words]
                yield await _looked(f"search, {characters}, {found}", looks)
            for where, reaches in self._places():
                wanted = [ServiceRequestFilter(q=q, within=reach) for q, reach in zip(some.hits, reaches, strict=False)]
                looks = [self._listing(each) for each in wanted]
                yield await _looked(f"search, {characters}, {where}", looks)

    def _lists(self) -> Iterator[tuple[str, Sequence[Look]]]:
        random = Random(2)  # noqa: S311 - it is the same every time
        projects = [self.estates.any_of(random) for _ in range(self.times)]
        filters = {
            "everything": [ServiceRequestFilter()] * self.times,
            "overdue": [ServiceRequestFilter(overdue=True)] * self.times,
            "by status": [ServiceRequestFilter(status=random.choice(tuple(Status))) for _ in projects],
            "by kind": [ServiceRequestFilter(kind=random.choice(tuple(Kind))) for _ in projects],
            "a project": [ServiceRequestFilter(project_id=each) for each in projects],
            "a project, overdue": [ServiceRequestFilter(project_id=each, overdue=True) for each in projects],
            **{where: [ServiceRequestFilter(within=reach) for reach in reaches] for where, reaches in self._places()},
        }
        for what, wanted in filters.items():
            yield f"list, {what}", [self._listing(each) for each in wanted]
        yield from self._pages(random, projects)

    def _pages(self, random: Random, projects: Sequence[ProjectId]) -> Iterator[tuple[str, Sequence[Look]]]:
        queries = self.city.queries.service_requests
        days = [(self.city.clock.now() - timedelta(days=random.randrange(700))).date() for _ in projects]
        weeks = [WeekLabel(f"{day:%G}-W{day:%V}") for day in days]
        months = [MonthLabel(f"{day:%Y-%m}") for day in days]
        largest = self.estates.projects[0]
        companies = random.choices(self.estates.companies, k=max(1, self.times // 10))
        yield "board, a project", [partial(queries.board, each) for each in projects]
        yield "weekly analysis, a project", [partial(queries.week, *each) for each in zip(projects, weeks, strict=True)]
        yield "weekly analysis, the largest project", [partial(queries.week, largest, each) for each in weeks]
        yield "monthly summary, the largest project", [partial(queries.month, largest, each) for each in months]
        yield "credit file, a company", [partial(self.city.queries.companies.credit_file, each) for each in companies]

    def _places(self) -> Sequence[tuple[str, Sequence[RequestScope]]]:
        random, times = Random(3), range(self.times)  # noqa: S311 - it is the same every time
        return (
            ("in a district", [RequestScope(district=random.choice(DISTRICTS)) for _ in times]),
            ("of a company", [RequestScope(company_id=random.choice(self.estates.companies)) for _ in times]),
            ("in a project", [RequestScope(project_id=self.estates.any_of(random)) for _ in times]),
        )

    def _listing(self, wanted: ServiceRequestFilter) -> Look:
        return partial(self.city.queries.service_requests.list, wanted, limit=ITEMS)


async def _looked(what: str, looks: Sequence[Look]) -> Looked:
    """Take a few looks before any counts, so that connections know their statements."""
    for look in looks[:_UNCOUNTED]:
        await look()
    took = []
    for look in looks:
        began = time.perf_counter()
        await look()
        took.append((time.perf_counter() - began) * _MS)
    took.sort()
    return Looked(what, len(took), took[len(took) // 2], took[math.ceil(len(took) * 0.99) - 1])
