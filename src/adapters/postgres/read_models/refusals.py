"""Read model `refusals`: one row per request that rules refused, found under every thing that it named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import INSTANT, TEXT, Fact, Key, ReadModel, names_of
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRequestRefused
from domain.kernel.refusals import RequestRefused
from domain.kernel.rules import Broken
from domain.licensing.events import LicenceRequestRefused
from domain.licensing.folding import LICENCE
from domain.projects.events import ProjectRequestRefused
from domain.projects.project import PROJECT
from domain.rulebook.events import RulebookRequestRefused
from domain.rulebook.rulebook import RULEBOOK
from domain.service_requests.events import ServiceRequestRequestRefused
from domain.service_requests.folding import SERVICE_REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """One refused request; `about` names the streams of the things that its path and body named."""

    position: int
    about: tuple[str, ...]
    command: str
    asked: Mapping[str, Any]
    broken: tuple[Broken, ...]
    subject: str
    role: str
    recorded_at: datetime


_TABLE: Final = sa.Table(
    "refusals",
    sa.MetaData(),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("about", JSONB, nullable=False),
    sa.Column("command", TEXT, nullable=False),
    sa.Column("asked", JSONB, nullable=False),
    sa.Column("broken", JSONB, nullable=False),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("role", TEXT, nullable=False),
    sa.Column("recorded_at", INSTANT, nullable=False),
    sa.Index("about", "about", postgresql_using="gin", postgresql_ops={"about": "jsonb_path_ops"}),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((fact.position,),)


def _fold(row: RefusalRow | None, fact: Fact) -> RefusalRow | None:
    if not isinstance(fact.event, RequestRefused) or fact.origin is None:
        return row
    return RefusalRow(
        position=fact.position,
        about=fact.event.about,
        command=fact.event.command,
        asked=fact.event.asked,
        broken=fact.event.broken,
        subject=fact.origin.subject,
        role=fact.origin.role,
        recorded_at=fact.recorded_at,
    )


REFUSALS: Final = ReadModel[RefusalRow](
    name="refusals",
    shape=2,
    row=RefusalRow,
    table=_TABLE,
    follows=names_of(LICENCE, LicenceRequestRefused)
    | names_of(PROJECT, ProjectRequestRefused)
    | names_of(COMPANY, CompanyRequestRefused)
    | names_of(RULEBOOK, RulebookRequestRefused)
    | names_of(SERVICE_REQUEST, ServiceRequestRequestRefused),
    keys=_keys,
    fold=_fold,
)
