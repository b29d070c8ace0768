"""Read model `tenures`: one row per project and manager, with every period in which the manager held it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import Fact, Key, ReadModel, names_of, thing_of
from domain.projects.events import ManagerLeftOffice, ManagerTookOffice
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One time in office, both days included; `began` is the position of the taking of office."""

    began: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRow:
    """A manager's times in office in one project."""

    project_id: UUID
    licence_id: UUID
    position: int
    terms: tuple[Term, ...]


_TABLE: Final = sa.Table(
    "tenures",
    sa.MetaData(),
    sa.Column("project_id", sa.Uuid, primary_key=True),
    sa.Column("licence_id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("terms", JSONB, nullable=False),
    sa.Index("licence", "licence_id"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case ManagerTookOffice(licence_id=licence) | ManagerLeftOffice(licence_id=licence):
            return ((thing_of(fact.stream), licence),)
        case _:
            return ()


def _fold(row: TenureRow | None, fact: Fact) -> TenureRow | None:
    match fact.event:
        case ManagerTookOffice(licence_id=licence, since=day):
            return TenureRow(
                project_id=thing_of(fact.stream),
                licence_id=licence,
                position=fact.position,
                terms=(*(row.terms if row else ()), Term(began=fact.position, since=day)),
            )
        case ManagerLeftOffice(until=day) if row is not None:
            return replace(row, terms=(*row.terms[:-1], replace(row.terms[-1], until=day)))
        case _:
            return row


TENURES: Final = ReadModel[TenureRow](
    name="tenures",
    shape=1,
    row=TenureRow,
    table=_TABLE,
    follows=names_of(PROJECT, ManagerTookOffice, ManagerLeftOffice),
    keys=_keys,
    fold=_fold,
)
