"""Twenty-four requests in three projects: who they belong to, what they say, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from domain.kernel.district import District
from domain.kernel.identifiers import (
    CompanyId,
    LicenceId,
    ProjectId,
    ServiceRequestId,
    ServiceRequestNumber,
    Subject,
)
from domain.projects.events import ManagerTookOffice
from domain.projects.project import PROJECT
from domain.service_requests.events import ServiceRequestEvent, ServiceRequestReceived
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.words import Kind
from tests.adapters.postgres.read_models.town import Town
from tests.domain.projects.builders import TODAY, registered
from tests.domain.service_requests.builders import (
    TO_PLUMBER,
    at,
    closed,
    completed,
    dispatched,
    of_kind,
    paused,
    received,
    reopened,
    resumed,
    started,
    visited,
)

NORTH, SOUTH = District("420102"), District("420103")
GREEN, BLUE = CompanyId(UUID(int=101)), CompanyId(UUID(int=102))
ZHANG, LI = LicenceId(UUID(int=103)), LicenceId(UUID(int=104))
RIVER, RIVER_EAST, LAKE = ProjectId(UUID(int=105)), ProjectId(UUID(int=106)), ProjectId(UUID(int=107))
PROJECTS: Final = (RIVER, RIVER_EAST, LAKE)
NEIGHBOUR: Final = Subject("neighbour")

_LIVES: Final[tuple[tuple[ServiceRequestReceived, *tuple[ServiceRequestEvent, ...]], ...]] = (
    (received(description="厨房水管漏水,请尽快"),),
    (received(description="电梯异响", unit="12-1-301", zone="一区"), dispatched(), started()),
    (of_kind(Kind.COMPLAINT, description="水电费不清", resolve_by=at(168)), dispatched()),
    (received(description="100%漏_水\\'", zone="一区"), dispatched(), started(), completed(), visited(), closed()),
    (of_kind(Kind.SUGGESTION, description="增设充电桩 Type-C", respond_by=at(24), resolve_by=at(168)),),
    (received(description="门禁坏", filed_by=NEIGHBOUR), dispatched(0.2, TO_PLUMBER)),
    (
        received(description="跳闸"),
        *(dispatched(), started(), paused(1), resumed(2)),
        replace(completed(30), result="换了漏电保护器"),
        reopened(31),
    ),
    (received(description="阳台渗水"), dispatched(), started(), completed()),
)


@dataclass(frozen=True)
class Filed:
    """One request: where, and what has happened to it."""

    nth: int
    life: Sequence[ServiceRequestEvent]

    @property
    def id(self) -> ServiceRequestId:
        return ServiceRequestId(UUID(int=1_000 + self.nth))


def filed() -> Sequence[Filed]:
    """All of them, in the order in which they are told; every life is lived in every project."""
    return [
        Filed(
            nth,
            (
                replace(
                    life[0],
                    project_id=PROJECTS[nth // len(_LIVES)],
                    number=ServiceRequestNumber(f"SR-321000-20261124-{nth:09}K"),
                ),
                *life[1:],
            ),
        )
        for nth, life in enumerate(_LIVES * len(PROJECTS))
    ]


async def settle_in(town: Town) -> None:
    """Register the projects: a large one with a section in the north, and another company's in the south."""
    places: Sequence[tuple[ProjectId, dict[str, Any], LicenceId]] = (
        (RIVER, {"name": "江畔花园", "district": NORTH, "company_id": GREEN}, ZHANG),
        (RIVER_EAST, {"name": "江畔东区", "district": NORTH, "company_id": GREEN, "section_of": RIVER}, LI),
        (LAKE, {"name": "湖景苑", "district": SOUTH, "company_id": BLUE}, ZHANG),
    )
    for project, changes, manager in places:
        took_office = ManagerTookOffice(licence_id=manager, since=TODAY)
        await town.tell(PROJECT, project, registered(**changes), took_office)


async def file_all(town: Town) -> Sequence[Filed]:
    """Tell of all requests; answers them newest first."""
    told = filed()
    for each in told:
        await town.tell(SERVICE_REQUEST, each.id, *each.life)
    return told[::-1]
