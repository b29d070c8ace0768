"""What the clients ask for: commands drawn by chance over a small crowded city, refused ones among them."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from tests.journeys.answers import Json
from tests.journeys.clerk import certificate, charge, estate, holder

DEDUCTED: Final = 0.3
"""So many of the managers are deducted from, and some of them revoked; the others are appointed and relieved."""


@dataclass(frozen=True, slots=True)
class Order:
    """One command with its key; `writes` is the event that it leaves once when it is accepted.

    `mark` stands in that event and nowhere else; an order without one is known by its receipt alone.
    """

    key: str
    path: str
    body: Json
    writes: str
    mark: str = ""

    @property
    def creates(self) -> bool:
        """Tell whether its receipt is a 201."""
        return self.path.count("/") == 1


@dataclass
class Draw:
    """Draws orders over one city; everybody draws from the same chance."""

    chance: random.Random
    companies: list[str] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)
    applicants: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    yesterday: str = field(default_factory=lambda: str((datetime.now(UTC) - timedelta(days=1)).date()))

    def another(self) -> Order:
        """Draw the next order."""
        kinds = (self.deduction, self.deduction, self.appointment, self.appointment, self.relief)
        return self.chance.choice((*kinds, self.area, self.file, self.certificate, self.company, self.registration))()

    def company(self) -> Order:
        name = self._mark("物业公司")
        return self._order("/companies", {"name": name}, "company.registered", name)

    def file(self) -> Order:
        return self._order("/licences", {"holder": holder()}, "licence.file-opened")

    def certificate(self, licence: str | None = None, kind: str = "training") -> Order:
        body = certificate(kind, number=self._mark("C"))
        who = licence or self.chance.choice(self.applicants)
        return self._order(f"/licences/{who}/certificates", body, "licence.certificate-recorded", body["number"])

    def registration(self, licence: str | None = None) -> Order:
        """Register somebody, who is an applicant without certificates or a manager already unless said otherwise."""
        body = {"company_id": self.chance.choice(self.companies)} | ({"registered_on": "2020-06-01"} if licence else {})
        who = licence or self.chance.choice(self.managers + self.applicants)
        return self._order(f"/licences/{who}/registration", body, "licence.practice-registered")

    def project(self) -> Order:
        body = estate(self.chance.choice(self.companies), 40_000, name=self._mark("小区"))
        return self._order("/projects", body, "project.registered", body["name"])

    def deduction(self) -> Order:
        """Deduct within the range of the violation, or beyond it, which is refused."""
        reason, points = self._mark("检查"), self.chance.choice((12, 12, 12, 99))
        who = self.chance.choice(self.managers[: int(DEDUCTED * len(self.managers))])
        body = charge("V08", points, on=self.yesterday) | {"reason": reason}
        return self._order(f"/licences/{who}/deductions", body, "licence.points-deducted", reason)

    def appointment(self) -> Order:
        who = self.chance.choice(self.managers)
        return self._order(f"{self._a_project()}/manager", {"licence_id": who}, "project.manager-took-office")

    def relief(self) -> Order:
        reason = self._mark("调离")
        return self._order(
            f"{self._a_project()}/manager/relief", {"reason": reason}, "project.manager-left-office", reason
        )

    def area(self) -> Order:
        """Amend an area; some pass the 200,000 m² of whoever is in office."""
        reason, area = self._mark("测绘"), self.chance.randrange(20_000, 140_000) + next(self.numbers) % 100 / 100
        return self._order(
            f"{self._a_project()}/area", {"building_area_m2": area, "reason": reason}, "project.area-amended", reason
        )

    def _a_project(self) -> str:
        return f"/projects/{self.chance.choice(self.projects)}"

    def _mark(self, stem: str) -> str:
        return f"{stem}#{next(self.numbers)}#"

    def _order(self, path: str, body: Json, writes: str, mark: str = "") -> Order:
        return Order(f"order {next(self.numbers)}", path, body, writes, mark)
