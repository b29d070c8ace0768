"""Read model `companies`: one row per company."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from application.companies.queries import CompanyStatus
from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, CompanyIdentified, CompanyRegistered, CompanyRenamed


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """One company; `registered` is the position of its first event."""

    id: UUID
    position: int
    registered: int
    version: int
    name: str
    uscc: str | None
    status: str


_TABLE: Final = sa.Table(
    "companies",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("registered", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("uscc", TEXT),
    sa.Column("status", TEXT, nullable=False),
    sa.Index("registered", "registered"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((thing_of(fact.stream),),)


def _fold(row: CompanyRow | None, fact: Fact) -> CompanyRow:
    if isinstance(fact.event, CompanyRegistered):
        return CompanyRow(
            id=thing_of(fact.stream),
            position=fact.position,
            registered=fact.position,
            version=fact.version,
            name=fact.event.name,
            uscc=fact.event.uscc,
            status=CompanyStatus.ACTIVE,
        )
    if row is None:
        raise LookupError(f"{fact.stream} does not begin with the company's registration")
    company = replace(row, version=fact.version)
    match fact.event:
        case CompanyIdentified(uscc=uscc):
            return replace(company, uscc=uscc)
        case CompanyRenamed(name=name):
            return replace(company, name=name)
        case CompanyClosed():
            return replace(company, status=CompanyStatus.CLOSED)
        case _:
            return company


COMPANIES: Final = ReadModel[CompanyRow](
    name="companies",
    shape=1,
    row=CompanyRow,
    table=_TABLE,
    follows=names_of(COMPANY, CompanyRegistered, CompanyIdentified, CompanyRenamed, CompanyClosed),
    keys=_keys,
    fold=_fold,
)
