"""Read model `deductions`: one row per charged violation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from application.licensing.pages import ObjectionEntry
from domain.licensing.events import (
    DeductionRescinded,
    NoticeServed,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
)
from domain.licensing.folding import LICENCE
from domain.licensing.licence import DeductionStatus, Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionRow:
    """One deduction; `charged` is the position of its first event, `company_id` employed the manager on that day."""

    id: UUID
    position: int
    charged: int
    licence_id: UUID
    company_id: UUID | None
    violation: str
    points: int
    occurred_on: date
    decided_on: date
    cycle: str
    rule_set: str
    object_by: date
    status: str
    objection: ObjectionEntry | None


_TABLE: Final = sa.Table(
    "deductions",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("charged", sa.BigInteger, nullable=False),
    sa.Column("licence_id", sa.Uuid, nullable=False),
    sa.Column("company_id", sa.Uuid),
    sa.Column("violation", TEXT, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("cycle", TEXT, nullable=False),
    sa.Column("rule_set", TEXT, nullable=False),
    sa.Column("object_by", sa.Date, nullable=False),
    sa.Column("status", TEXT, nullable=False),
    sa.Column("objection", JSONB),
    sa.Index("licence", "licence_id", "charged"),
    sa.Index("company", "company_id", "occurred_on"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case (
            PointsDeducted(deduction_id=deduction)
            | NoticeServed(deduction_id=deduction)
            | ObjectionFiled(deduction_id=deduction)
            | ObjectionRejected(deduction_id=deduction)
            | ObjectionUpheld(deduction_id=deduction)
            | DeductionRescinded(deduction_id=deduction)
        ):
            return ((deduction,),)
        case _:
            return ()


def _fold(row: DeductionRow | None, fact: Fact) -> DeductionRow:
    if isinstance(fact.event, PointsDeducted):
        return _charged(fact, fact.event)
    if row is None:
        raise LookupError(f"the deduction of event {fact.position} was never charged")
    match fact.event:
        case NoticeServed(object_by=last_day):
            return replace(row, object_by=last_day)
        case ObjectionFiled() as filed:
            return replace(row, status=DeductionStatus.OBJECTED, objection=_objection(filed))
        case ObjectionRejected() as decided:
            return replace(
                row, status=DeductionStatus.IN_FORCE, objection=_decided(row.objection, Objection.REJECTED, decided)
            )
        case ObjectionUpheld() as decided:
            return replace(row, objection=_decided(row.objection, Objection.UPHELD, decided))
        case DeductionRescinded():
            return replace(row, status=DeductionStatus.RESCINDED)
        case _:
            return row


def _charged(fact: Fact, event: PointsDeducted) -> DeductionRow:
    return DeductionRow(
        id=event.deduction_id,
        position=fact.position,
        charged=fact.position,
        licence_id=thing_of(fact.stream),
        company_id=event.company_id,
        violation=event.violation,
        points=event.points,
        occurred_on=event.occurred_on,
        decided_on=event.decided_on,
        cycle=event.cycle,
        rule_set=event.rule_set,
        object_by=event.object_by,
        status=DeductionStatus.IN_FORCE,
        objection=None,
    )


def _objection(event: ObjectionFiled) -> ObjectionEntry:
    return ObjectionEntry(
        status=Objection.PENDING,
        filed_on=event.filed_on,
        on_behalf=event.on_behalf,
        grounds=event.grounds,
        decided_on=None,
        reason=None,
    )


def _decided(
    objection: ObjectionEntry | None, outcome: Objection, event: ObjectionRejected | ObjectionUpheld
) -> ObjectionEntry:
    if objection is None:
        raise LookupError("an objection was decided that was never made")
    return replace(objection, status=outcome, decided_on=event.decided_on, reason=event.reason)


DEDUCTIONS: Final = ReadModel[DeductionRow](
    name="deductions",
    shape=1,
    row=DeductionRow,
    table=_TABLE,
    follows=names_of(
        LICENCE, PointsDeducted, NoticeServed, ObjectionFiled, ObjectionRejected, ObjectionUpheld, DeductionRescinded
    ),
    keys=_keys,
    fold=_fold,
)
