"""Where the requests come from: projects of many sizes in districts, with companies and managers in office."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import Final
from uuid import UUID, uuid5

from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered
from domain.kernel.aggregate import StreamName
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import NAMESPACE, CompanyId, LicenceId, ProjectId
from domain.projects.events import Contract, ManagerTookOffice, ProjectKind, ProjectRegistered, Stage
from domain.projects.project import PROJECT

DISTRICTS: Final = tuple(District(f"4201{nth:02}") for nth in range(2, 15))
REQUESTS_A_PROJECT: Final = 2_000
PROJECTS_A_COMPANY: Final = 12


@dataclass(frozen=True, slots=True)
class Estates:
    """Projects by number; the first ones are the largest."""

    projects: Sequence[ProjectId]
    companies: Sequence[CompanyId]
    weights: Sequence[float]

    @classmethod
    def for_requests(cls, requests: int) -> "Estates":
        """Answer so many projects that one has some two thousand requests on average, twenty at least."""
        count = max(20, requests // REQUESTS_A_PROJECT)
        projects = [ProjectId(_id("project", nth)) for nth in range(count)]
        companies = [CompanyId(_id("company", nth)) for nth in range(1 + count // PROJECTS_A_COMPANY)]
        return cls(projects, companies, list(accumulate(1 / (nth + 10) for nth in range(count))))

    def any_of(self, random: Random) -> ProjectId:
        """Pick a project, large ones more often."""
        (chosen,) = random.choices(self.projects, cum_weights=self.weights)
        return chosen

    def told(self, today: date) -> Iterator[tuple[StreamName, object]]:
        """Tell of companies and projects, and of managers in office."""
        for nth, company in enumerate(self.companies):
            yield COMPANY.stream(company), CompanyRegistered(name=f"测量物业{nth}", uscc=None)
        for nth, project in enumerate(self.projects):
            registered = ProjectRegistered(
                name=f"测量小区{nth}",
                district=DISTRICTS[nth % len(DISTRICTS)],
                address=f"文昌路{nth}号",
                kind=ProjectKind.RESIDENTIAL,
                building_area_m2=Area.of(50_000),
                area_estimated=False,
                households=500,
                company_id=self.companies[nth % len(self.companies)],
                contract=Contract(starts_on=date(today.year, 1, 1), ends_on=date(today.year + 3, 12, 31)),
                stage=Stage.REGULAR,
                section_of=None,
            )
            yield PROJECT.stream(project), registered
            manager = LicenceId(_id("licence", nth))
            yield PROJECT.stream(project), ManagerTookOffice(licence_id=manager, since=date(today.year - 2, 1, 1))


def _id(kind: str, nth: int) -> UUID:
    return uuid5(NAMESPACE, f"bench\x1f{kind}\x1f{nth}")
