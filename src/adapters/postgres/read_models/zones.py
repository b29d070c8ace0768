"""Read model `zones`: one row per service zone, with what is posted at its entrances."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from application.projects.queries import NoticeOfZone, ZoneManagerShown, ZoneOfProject
from domain.kernel.area import Area
from domain.projects.project import PROJECT
from domain.projects.zone_events import ZoneDefined, ZoneKind, ZoneManager, ZoneManagerNamed, ZoneNoticePosted


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the notice at one entrance shows."""

    entrance: str
    posted_on: date
    zone_manager: ZoneManager
    hotline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """One zone; `defined` is the position at which it first was."""

    project_id: UUID
    name: str
    position: int
    defined: int
    kind: str
    area_m2: Decimal
    households: int
    units: tuple[str, ...]
    reason: str | None
    zone_manager: ZoneManager | None
    hotline: str | None
    notices: tuple[Posted, ...]


_TABLE: Final = sa.Table(
    "zones",
    sa.MetaData(),
    sa.Column("project_id", sa.Uuid, primary_key=True),
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("defined", sa.BigInteger, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("area_m2", sa.Numeric, nullable=False),
    sa.Column("households", sa.Integer, nullable=False),
    sa.Column("units", JSONB, nullable=False),
    sa.Column("reason", TEXT),
    sa.Column("zone_manager", JSONB),
    sa.Column("hotline", TEXT),
    sa.Column("notices", JSONB, nullable=False),
)


def _keys(fact: Fact) -> Iterable[Key]:
    match fact.event:
        case ZoneDefined(name=name) | ZoneManagerNamed(name=name) | ZoneNoticePosted(name=name):
            return ((thing_of(fact.stream), name),)
        case _:
            return ()


def _fold(row: ZoneRow | None, fact: Fact) -> ZoneRow | None:
    match fact.event:
        case ZoneDefined() as defined:
            return _defined(row, fact, defined)
        case ZoneManagerNamed(zone_manager=manager, hotline=hotline) if row is not None:
            return replace(row, zone_manager=manager, hotline=hotline)
        case ZoneNoticePosted() as posted if row is not None:
            return replace(row, notices=_posted(row.notices, posted))
        case _:
            return row


def _defined(row: ZoneRow | None, fact: Fact, event: ZoneDefined) -> ZoneRow:
    return ZoneRow(
        project_id=thing_of(fact.stream),
        name=event.name,
        position=fact.position,
        defined=fact.position if row is None else row.defined,
        kind=event.kind,
        area_m2=event.area_m2.square_metres,
        households=event.households,
        units=event.units,
        reason=event.reason,
        zone_manager=None if row is None else row.zone_manager,
        hotline=None if row is None else row.hotline,
        notices=() if row is None else row.notices,
    )


def _posted(notices: tuple[Posted, ...], event: ZoneNoticePosted) -> tuple[Posted, ...]:
    """Put a notice in the place of the one that hung at its entrance; new entrances come last."""
    notice = Posted(
        entrance=event.entrance, posted_on=event.posted_on, zone_manager=event.zone_manager, hotline=event.hotline
    )
    return tuple({each.entrance: each for each in (*notices, notice)}.values())


def shown(row: ZoneRow) -> ZoneOfProject | None:
    """Show a zone; None between the two facts of the command that defines it and then names its manager."""
    if row.zone_manager is None or row.hotline is None:
        return None
    return ZoneOfProject(
        name=row.name,
        kind=ZoneKind(row.kind),
        area_m2=Area(row.area_m2).square_metres,
        households=row.households,
        units=row.units,
        zone_manager=_as_given(row.zone_manager),
        hotline=row.hotline,
        reason=row.reason,
        notices=tuple(
            NoticeOfZone(
                entrance=notice.entrance,
                posted_on=notice.posted_on,
                out_of_date=(notice.zone_manager, notice.hotline) != (row.zone_manager, row.hotline),
            )
            for notice in row.notices
        ),
    )


def _as_given(manager: ZoneManager) -> str | ZoneManagerShown:
    return manager.name if manager.subject is None else ZoneManagerShown(subject=manager.subject, name=manager.name)


ZONES: Final = ReadModel[ZoneRow](
    name="zones",
    shape=1,
    row=ZoneRow,
    table=_TABLE,
    follows=names_of(PROJECT, ZoneDefined, ZoneManagerNamed, ZoneNoticePosted),
    keys=_keys,
    fold=_fold,
)
