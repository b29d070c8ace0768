"""Read model `licences`: one row per licence file, all of its page but the deductions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.licence_file import CHANGES_STANDING, FileContents, contents_after
from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from domain.licensing.events import (
    AppointedAreaChanged,
    HolderErased,
    LicenceFileOpened,
    LicenceRequestRefused,
    ManagerAppointed,
    ManagerRelieved,
)
from domain.licensing.folding import LICENCE, evolve


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldProject:
    """A project that the manager holds now."""

    project_id: UUID
    district: str
    building_area_m2: Decimal
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRow:
    """One licence file; `opened` is the position of its first event, `employer_id` tells whose manager this is."""

    id: UUID
    position: int
    opened: int
    version: int
    status: str
    number: str | None
    company_id: UUID | None
    employer_id: UUID | None
    name: str | None
    id_number: str | None
    phone: str | None
    appointments: tuple[HeldProject, ...]
    file: FileContents


_TABLE: Final = sa.Table(
    "licences",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("opened", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("status", TEXT, nullable=False),
    sa.Column("number", TEXT),
    sa.Column("company_id", sa.Uuid),
    sa.Column("employer_id", sa.Uuid),
    sa.Column("name", TEXT),
    sa.Column("id_number", TEXT),
    sa.Column("phone", TEXT),
    sa.Column("appointments", JSONB, nullable=False),
    sa.Column("file", JSONB, nullable=False),
    sa.Index("opened", "opened"),
    sa.Index("company", "company_id", "opened"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((thing_of(fact.stream),),)


def _fold(row: LicenceRow | None, fact: Fact) -> LicenceRow:
    if isinstance(fact.event, LicenceFileOpened):
        return _opened(fact, fact.event)
    if row is None:
        raise LookupError(f"{fact.stream} does not begin with the opening of its file")
    changed = replace(
        row,
        version=fact.version,
        appointments=_appointments(row.appointments, fact.event),
        file=contents_after(row.file, fact.event),
    )
    if isinstance(fact.event, HolderErased):
        return replace(changed, name=None, id_number=None, phone=None)
    return _standing(changed) if isinstance(fact.event, CHANGES_STANDING) else changed


def _opened(fact: Fact, event: LicenceFileOpened) -> LicenceRow:
    standing = evolve(None, event)
    return LicenceRow(
        id=thing_of(fact.stream),
        position=fact.position,
        opened=fact.position,
        version=fact.version,
        status=standing.status,
        number=None,
        company_id=None,
        employer_id=standing.employer,
        name=event.holder.name.value,
        id_number=event.holder.id_number.masked,
        phone=event.holder.phone.masked,
        appointments=(),
        file=FileContents(standing=standing),
    )


def _standing(row: LicenceRow) -> LicenceRow:
    """Show what follows from where the licence stands."""
    standing = row.file.standing
    held = standing.registration
    return replace(
        row,
        status=standing.status,
        number=standing.registrations[-1].licence_number if standing.registrations else None,
        company_id=None if held is None else held.company_id,
        employer_id=standing.employer,
    )


def _appointments(held: tuple[HeldProject, ...], event: object) -> tuple[HeldProject, ...]:
    match event:
        case ManagerAppointed():
            appointed = HeldProject(
                project_id=event.project_id,
                district=event.district.code,
                building_area_m2=event.building_area_m2.square_metres,
                since=event.since,
            )
            return (*held, appointed)
        case ManagerRelieved(project_id=project):
            return tuple(entry for entry in held if entry.project_id != project)
        case AppointedAreaChanged(project_id=project, building_area_m2=area):
            return tuple(
                replace(entry, building_area_m2=area.square_metres) if entry.project_id == project else entry
                for entry in held
            )
        case _:
            return held


LICENCES: Final = ReadModel[LicenceRow](
    name="licences",
    shape=2,
    row=LicenceRow,
    table=_TABLE,
    follows=names_of(LICENCE) - names_of(LICENCE, LicenceRequestRefused),
    keys=_keys,
    fold=_fold,
    personal=("name", "id_number", "phone"),
    erases=names_of(LICENCE, HolderErased),
)
