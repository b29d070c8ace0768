"""Read model `service_overdue`: one row per missed deadline that was noted, with who answered for the project then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from adapters.postgres.read_models.model import INSTANT, TEXT, Fact, Key, ReadModel, names_of, thing_of
from domain.service_requests.overdue import OVERDUE
from domain.service_requests.overdue_events import OverdueEvent, ResolutionOverdue, ResponseOverdue, TakingChargeOverdue
from domain.service_requests.request import Clock

_CLOCK: Final[dict[type[OverdueEvent], Clock]] = {
    ResponseOverdue: Clock.RESPONSE,
    ResolutionOverdue: Clock.RESOLUTION,
    TakingChargeOverdue: Clock.TAKING_CHARGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOverdueRow:
    """One missed deadline; `noted` is the position of its note."""

    request_id: UUID
    clock: str
    position: int
    noted: int
    noted_at: datetime
    due: datetime
    project_id: UUID
    district: str
    company_id: UUID | None
    licence_id: UUID | None


_TABLE: Final = sa.Table(
    "service_overdue",
    sa.MetaData(),
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("clock", TEXT, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("noted", sa.BigInteger, nullable=False),
    sa.Column("noted_at", INSTANT, nullable=False),
    sa.Column("due", INSTANT, nullable=False),
    sa.Column("project_id", sa.Uuid, nullable=False),
    sa.Column("district", TEXT, nullable=False),
    sa.Column("company_id", sa.Uuid),
    sa.Column("licence_id", sa.Uuid),
    sa.Index("noted", "noted"),
    sa.Index("project", "project_id", "noted"),
    sa.Index("district", "district", "noted"),
    sa.Index("company", "company_id", "noted"),
    sa.Index("licence", "licence_id", "noted"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case ResponseOverdue() | ResolutionOverdue() | TakingChargeOverdue() as missed:
            return ((thing_of(fact.stream), _CLOCK[type(missed)]),)
        case _:
            return ()


def _fold(row: ServiceOverdueRow | None, fact: Fact) -> ServiceOverdueRow | None:
    match fact.event:
        case ResponseOverdue() | ResolutionOverdue() | TakingChargeOverdue() as missed:
            return ServiceOverdueRow(
                request_id=thing_of(fact.stream),
                clock=_CLOCK[type(missed)],
                position=fact.position,
                noted=fact.position,
                noted_at=fact.recorded_at,
                due=missed.due,
                project_id=missed.project_id,
                district=missed.district.code,
                company_id=missed.company_id,
                licence_id=missed.licence_id,
            )
        case _:
            return row


SERVICE_OVERDUE: Final = ReadModel[ServiceOverdueRow](
    name="service_overdue",
    shape=2,
    row=ServiceOverdueRow,
    table=_TABLE,
    follows=names_of(OVERDUE),
    keys=_keys,
    fold=_fold,
)
