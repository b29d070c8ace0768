"""Where the requests come from: projects of many sizes in districts, with companies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from application.kernel.submission import Submission
from application.use_cases import Commands
from benchmarks.lives import CLERK
from domain.companies.registration import RegisterCompany
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, ProjectId
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.registration import RegisterProject

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
    async def registered(cls, commands: Commands, requests: int, today: date) -> "Estates":
        """Register so many projects that one has some two thousand requests on average, twenty at least."""
        count = max(20, requests // REQUESTS_A_PROJECT)
        by = Submission(caller=CLERK)
        companies = []
        for nth in range(1 + count // PROJECTS_A_COMPANY):
            answer = await commands.register_company(by, RegisterCompany(name=f"测量物业{nth}", uscc=None))
            companies.append(CompanyId(answer.receipt.id))
        projects = []
        for nth in range(count):
            asked = _project(nth, companies[nth % len(companies)], today)
            projects.append(ProjectId((await commands.register_project(by, asked)).receipt.id))
        return cls(projects, companies, list(accumulate(1 / (nth + 10) for nth in range(count))))

    def any_of(self, random: Random) -> ProjectId:
        """Pick a project, large ones more often."""
        (chosen,) = random.choices(self.projects, cum_weights=self.weights)
        return chosen


def _project(nth: int, company: CompanyId, today: date) -> RegisterProject:
    return RegisterProject(
        name=f"测量小区{nth}",
        district=DISTRICTS[nth % len(DISTRICTS)],
        address=f"文昌路{nth}号",
        kind=ProjectKind.RESIDENTIAL,
        building_area_m2=Area.of(50_000),
        households=500,
        company_id=company,
        contract=Contract(starts_on=today, ends_on=today + timedelta(days=1_000)),
        stage=Stage.REGULAR,
        section_of=None,
    )
