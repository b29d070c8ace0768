"""Read model `service_analyses`: one row per week that was reviewed and month that was archived, as it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import INSTANT, TEXT, Fact, Key, ReadModel, names_of, thing_of
from domain.service_requests.analysis import SERVICE_ANALYSIS
from domain.service_requests.analysis_events import MonthlySummaryArchived, ServiceFigures, WeeklyAnalysisReviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnalysisRow:
    """What was frozen of a project under a label, `2026-W47` or `2026-11`; `seen_at` is the position counted up to."""

    project_id: UUID
    label: str
    position: int
    figures: ServiceFigures
    seen_at: int
    subject: str
    role: str
    frozen_at: datetime


_TABLE: Final = sa.Table(
    "service_analyses",
    sa.MetaData(),
    sa.Column("project_id", sa.Uuid, primary_key=True),
    sa.Column("label", TEXT, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("figures", JSONB, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("role", TEXT, nullable=False),
    sa.Column("frozen_at", INSTANT, nullable=False),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case WeeklyAnalysisReviewed(week=label):
            return ((thing_of(fact.stream), label),)
        case MonthlySummaryArchived(month=label):
            return ((thing_of(fact.stream), label),)
        case _:
            return ()


def _fold(row: ServiceAnalysisRow | None, fact: Fact) -> ServiceAnalysisRow | None:
    match fact.event:
        case WeeklyAnalysisReviewed(week=week) as frozen:
            return _frozen(fact, week, frozen)
        case MonthlySummaryArchived(month=month) as frozen:
            return _frozen(fact, month, frozen)
        case _:
            return row


def _frozen(
    fact: Fact, label: str, event: WeeklyAnalysisReviewed | MonthlySummaryArchived
) -> ServiceAnalysisRow | None:
    if fact.origin is None:
        raise LookupError(f"event {fact.position} does not say who was there")
    return ServiceAnalysisRow(
        project_id=thing_of(fact.stream),
        label=label,
        position=fact.position,
        figures=event.figures,
        seen_at=event.position,
        subject=fact.origin.subject,
        role=fact.origin.role,
        frozen_at=fact.recorded_at,
    )


SERVICE_ANALYSES: Final = ReadModel[ServiceAnalysisRow](
    name="service_analyses",
    shape=1,
    row=ServiceAnalysisRow,
    table=_TABLE,
    follows=names_of(SERVICE_ANALYSIS),
    keys=_keys,
    fold=_fold,
)
