"""Read model `projects`: one row per project, all of its page but its tenures and its sections."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from application.projects.queries import ProjectStatus
from domain.projects.events import (
    AreaAmended,
    CompanyChanged,
    Contract,
    ContractRenewed,
    ManagerLeftOffice,
    ManagerTookOffice,
    OverLimitTolerated,
    ProjectRegistered,
    ProjectRequestRefused,
    ProjectWithdrawn,
    SectionWithdrawn,
    StageEntered,
)
from domain.projects.project import PROJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One project; `registered` is the position of its first event.

    `left_alone` tells of a section that it was withdrawn by itself, not with the whole.
    """

    id: UUID
    position: int
    registered: int
    version: int
    name: str
    district: str
    address: str
    kind: str
    building_area_m2: Decimal
    area_estimated: bool
    households: int
    company_id: UUID | None
    contract: Contract | None
    stage: str
    status: str
    section_of: UUID | None
    left_alone: bool
    manager_id: UUID | None
    manager_since: date | None
    replacement_due: date | None
    over_limit_until: date | None


_TABLE: Final = sa.Table(
    "projects",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("registered", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("district", TEXT, nullable=False),
    sa.Column("address", TEXT, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("building_area_m2", sa.Numeric, nullable=False),
    sa.Column("area_estimated", sa.Boolean, nullable=False),
    sa.Column("households", sa.Integer, nullable=False),
    sa.Column("company_id", sa.Uuid),
    sa.Column("contract", JSONB),
    sa.Column("stage", TEXT, nullable=False),
    sa.Column("status", TEXT, nullable=False),
    sa.Column("section_of", sa.Uuid),
    sa.Column("left_alone", sa.Boolean, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("manager_since", sa.Date),
    sa.Column("replacement_due", sa.Date),
    sa.Column("over_limit_until", sa.Date),
    sa.Index("registered", "registered"),
    sa.Index("district", "district", "registered"),
    sa.Index("company", "company_id", "registered"),
    sa.Index("section", "section_of"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    whole = thing_of(fact.stream)
    if isinstance(fact.event, SectionWithdrawn):
        return (whole,), (fact.event.section_id,)
    return ((whole,),)


def _fold(row: ProjectRow | None, fact: Fact) -> ProjectRow:
    if isinstance(fact.event, ProjectRegistered):
        return _registered(fact, fact.event)
    if row is None:
        raise LookupError(f"{fact.stream} does not begin with the project's registration")
    if row.id != thing_of(fact.stream):
        return replace(row, left_alone=True)
    project = replace(row, version=fact.version)
    match fact.event:
        case AreaAmended(building_area_m2=area):
            amended = area.square_metres
            return replace(project, building_area_m2=amended, area_estimated=False, over_limit_until=None)
        case OverLimitTolerated(over_limit_until=day):
            return replace(project, over_limit_until=day)
        case ManagerTookOffice(licence_id=licence, since=day):
            return replace(project, manager_id=licence, manager_since=day, replacement_due=None)
        case ManagerLeftOffice(replacement_due=due):
            return replace(project, manager_id=None, manager_since=None, replacement_due=due, over_limit_until=None)
        case StageEntered(stage=stage):
            return replace(project, stage=stage)
        case ContractRenewed() as renewed:
            return replace(project, contract=Contract(starts_on=renewed.starts_on, ends_on=renewed.ends_on))
        case CompanyChanged(company_id=company):
            return replace(project, company_id=company)
        case ProjectWithdrawn():
            return replace(project, status=ProjectStatus.WITHDRAWN, replacement_due=None)
        case _:
            return project


def _registered(fact: Fact, event: ProjectRegistered) -> ProjectRow:
    return ProjectRow(
        id=thing_of(fact.stream),
        position=fact.position,
        registered=fact.position,
        version=fact.version,
        name=event.name,
        district=event.district.code,
        address=event.address,
        kind=event.kind,
        building_area_m2=event.building_area_m2.square_metres,
        area_estimated=event.area_estimated,
        households=event.households,
        company_id=event.company_id,
        contract=event.contract,
        stage=event.stage,
        status=ProjectStatus.ACTIVE,
        section_of=event.section_of,
        left_alone=False,
        manager_id=None,
        manager_since=None,
        replacement_due=None,
        over_limit_until=None,
    )


PROJECTS: Final = ReadModel[ProjectRow](
    name="projects",
    shape=1,
    row=ProjectRow,
    table=_TABLE,
    follows=names_of(PROJECT) - names_of(PROJECT, ProjectRequestRefused),
    keys=_keys,
    fold=_fold,
)
