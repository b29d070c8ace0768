"""Read model `revocations`: one row per licence and cycle in which it was revoked; credit files count them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from domain.licensing.events import LicenceReinstated, LicenceRevoked
from domain.licensing.folding import LICENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRow:
    """The last revocation in a cycle; `company_id` employed the manager on that day."""

    licence_id: UUID
    cycle: str
    position: int
    company_id: UUID | None
    total: int
    revoked_on: date
    reinstated_on: date | None


_TABLE: Final = sa.Table(
    "revocations",
    sa.MetaData(),
    sa.Column("licence_id", sa.Uuid, primary_key=True),
    sa.Column("cycle", TEXT, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("company_id", sa.Uuid),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("revoked_on", sa.Date, nullable=False),
    sa.Column("reinstated_on", sa.Date),
    sa.Index("company", "company_id", "revoked_on"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case LicenceRevoked(cycle=cycle) | LicenceReinstated(cycle=cycle):
            return ((thing_of(fact.stream), cycle),)
        case _:
            return ()


def _fold(row: RevocationRow | None, fact: Fact) -> RevocationRow | None:
    match fact.event:
        case LicenceRevoked() as revoked:
            return RevocationRow(
                licence_id=thing_of(fact.stream),
                cycle=revoked.cycle,
                position=fact.position,
                company_id=revoked.company_id,
                total=revoked.total,
                revoked_on=revoked.revoked_on,
                reinstated_on=None,
            )
        case LicenceReinstated(reinstated_on=day) if row is not None:
            return replace(row, reinstated_on=day)
        case _:
            return row


REVOCATIONS: Final = ReadModel[RevocationRow](
    name="revocations",
    shape=1,
    row=RevocationRow,
    table=_TABLE,
    follows=names_of(LICENCE, LicenceRevoked, LicenceReinstated),
    keys=_keys,
    fold=_fold,
)
