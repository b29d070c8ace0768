"""A project's service desk: everybody who has to do with a request, and short ways to where a journey begins."""

from dataclasses import dataclass
from typing import Final

from application.kernel.callers import Role
from tests.journeys.answers import Json, Receipt
from tests.journeys.city import City
from tests.journeys.client import Client

REPAIRER: Final = "李师傅"
PHONE: Final = "13800001111"
DONE: Final = {"result": "已更换密封圈"}


def report(project: str, kind: str = "repair", **differently: Json) -> Json:
    """Answer something to report; a repair is a minor one unless said otherwise."""
    category = {"category": "minor"} if kind == "repair" else {}
    return {
        "project_id": project,
        "unit": "3-2-501",
        "kind": kind,
        "priority": "normal",
        "description": "厨房水管漏水",
        "reporter": {"name": "王芳", "phone": PHONE},
        **category,
        **differently,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One project with a company, a manager in office, somebody who repairs, a visitor who never does, a resident."""

    project: str
    company: str
    licence: str
    office: Client
    visitor: Client
    manager: Client
    repairer: Client
    resident: Client

    @classmethod
    async def of(cls, city: City, *, with_manager: bool = True, **differently: Json) -> "Desk":
        """Open the desk of another project."""
        clerk = city.clerk()
        company = await clerk.company()
        project = await clerk.project(company, **differently)
        licence = await clerk.manager(company)
        if with_manager:
            await clerk.appoint(licence, project)
        return cls(
            project=project,
            company=company,
            licence=licence,
            office=city.employee(company),
            visitor=city.employee(company, f"visits for {company}"),
            manager=city.manager(licence),
            repairer=city.neighbour(Role.STAFF, project),
            resident=city.neighbour(Role.RESIDENT, project),
        )

    @property
    def assignee(self) -> Json:
        """Who repairs, as a dispatch names them."""
        return {"subject": f"staff {self.project}", "name": REPAIRER}

    async def reported(self, kind: str = "repair", by: Client | None = None, **differently: Json) -> str:
        """Have something reported; answers the path of the request."""
        body = report(self.project, kind, **differently)
        return f"/service-requests/{(await (by or self.resident).does('/service-requests', body)).id}"

    async def dispatched(self, kind: str = "repair", **differently: Json) -> str:
        """Have something reported and dispatched to who repairs."""
        path = await self.reported(kind, **differently)
        await self.office.does(f"{path}/dispatch", {"assignee": self.assignee})
        return path

    async def started(self, kind: str = "repair", **differently: Json) -> str:
        """Have something reported, dispatched and begun."""
        path = await self.dispatched(kind, **differently)
        await self.repairer.does(f"{path}/start", {})
        return path

    async def completed(self, kind: str = "repair", **differently: Json) -> str:
        """Have something reported, dispatched and done."""
        path = await self.started(kind, **differently)
        await self.repairer.does(f"{path}/completion", DONE)
        return path

    async def visited(self, path: str, outcome: str = "satisfied", **more: Json) -> Receipt:
        """Have a return visit recorded by somebody who does not repair."""
        return await self.visitor.does(f"{path}/return-visits", {"outcome": outcome, **more})
