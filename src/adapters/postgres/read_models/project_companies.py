"""Read model `project_companies`: one row per project, with every period in which a company managed it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import Fact, Key, ReadModel, names_of, thing_of
from domain.projects.events import CompanyChanged, ProjectRegistered
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """A company's time with a project, from an instant until before another.

    `since` is None for the company it was registered with: what an import tells lies before the registration.
    """

    company_id: UUID
    since: datetime | None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCompaniesRow:
    """The companies of one project, one after the other."""

    project_id: UUID
    position: int
    terms: tuple[Management, ...]


_TABLE: Final = sa.Table(
    "project_companies",
    sa.MetaData(),
    sa.Column("project_id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("terms", JSONB, nullable=False),
    sa.Index("terms", "terms", postgresql_using="gin", postgresql_ops={"terms": "jsonb_path_ops"}),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((thing_of(fact.stream),),)


def _fold(row: ProjectCompaniesRow | None, fact: Fact) -> ProjectCompaniesRow | None:
    match fact.event:
        case ProjectRegistered(company_id=company):
            first = () if company is None else (Management(company_id=company, since=None),)
            return ProjectCompaniesRow(project_id=thing_of(fact.stream), position=fact.position, terms=first)
        case CompanyChanged(company_id=company) if row is not None:
            now = fact.recorded_at
            ended = tuple(replace(term, until=term.until or now) for term in row.terms)
            return replace(row, terms=(*ended, Management(company_id=company, since=now)))
        case _:
            return row


PROJECT_COMPANIES: Final = ReadModel[ProjectCompaniesRow](
    name="project_companies",
    shape=1,
    row=ProjectCompaniesRow,
    table=_TABLE,
    follows=names_of(PROJECT, ProjectRegistered, CompanyChanged),
    keys=_keys,
    fold=_fold,
)
