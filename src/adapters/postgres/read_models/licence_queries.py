"""What is asked of licences: the page in one query, lists, and whose they are."""

from datetime import date
from typing import Final
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.connection import Database
from adapters.postgres.facts import Facts
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licence_as_of import as_of
from adapters.postgres.read_models.licence_pages import (
    MOST_DEDUCTIONS,
    Names,
    calendar_cycles,
    entry_of,
    page_of,
    scope_of,
    thing_of_licence,
)
from adapters.postgres.read_models.licences import LICENCES, HeldProject
from adapters.postgres.read_models.reading import RULEBOOK_STREAM, Rulebook, Views, slice_of
from adapters.postgres.read_models.remembered_pages import RememberedPages
from adapters.postgres.read_models.rows import Rows
from application.kernel.pages import Slice
from application.kernel.permissions import Thing
from application.licensing.pages import CompanyOfManager, DeductionEntry, HolderName, LicenceEntry
from application.licensing.queries import LicenceFilter, LicenceOnFile
from domain.kernel.days import years_after
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber
from domain.kernel.rule_set import RuleSets
from domain.licensing.licence import Status

_DEDUCTION: Final = "id, violation, points, occurred_on, decided_on, cycle, rule_set, object_by, status, objection"
# What can only have changed with the licence's version is not sent again to who knows that version.
_COLUMNS: Final = ", ".join(
    f"case when l.version = $6 then null else l.{column.name} end"
    if isinstance(column.type, JSONB)
    else f"l.{column.name}"
    for column in LICENCES.table.columns
)
_PAGE: Final = f"""
    select {_COLUMNS}, c.name as company_name,
        (
            select jsonb_object_agg(p.id, p.name) from jsonb_array_elements(l.appointments) as a
            join projects as p on p.id = (a ->> 'project_id')::uuid
        )::text as project_names,
        case when l.version = $6 then null else (
            select json_agg(d) from (
                select {_DEDUCTION} from deductions
                where licence_id = l.id and occurred_on >= $2 and ($3::text[] is null or cycle = any ($3))
                order by charged desc limit $4
            ) as d
        ) end::text as deductions,
        case when l.version = $6 then null else (
            select position from checkpoints where name = 'deductions' and state = 'live'
        ) end as deductions_followed,
        (select version from streams where stream = $5) as rulebook_version
    from licences as l left join companies as c on c.id = l.company_id
    where l.id = $1
"""  # noqa: S608 - our own column names
_LIST: Final = """
    select l.id, l.version, l.number, l.status, l.name, l.company_id, c.name as company_name, l.opened
    from licences as l left join companies as c on c.id = l.company_id
    where l.opened > $1
        and ($2::text is null or l.status = $2)
        and ($3::uuid is null or l.company_id = $3)
        and ($4::text is null or strpos(lower(l.name), lower($4)) > 0 or strpos(lower(l.number), lower($4)) > 0)
        and ($5::uuid is null or l.id = (select p.manager_id from projects as p where p.id = $5))
    order by l.opened limit $6
"""
_DEDUCTIONS: Final = """
    select * from deductions
    where licence_id = $1 and ($2::bigint is null or charged < $2)
    order by charged desc limit $3
"""
_SCOPE: Final = "select employer_id, appointments from licences where id = $1"

_LICENCE_ROWS: Final = Rows(LICENCES)
_DEDUCTION_ROWS: Final = Rows(DEDUCTIONS)
_ENTRIES: Final = msgspec.json.Decoder(tuple[DeductionEntry, ...])
_NAMES: Final = msgspec.json.Decoder(dict[UUID, str])
_APPOINTMENTS: Final = msgspec.json.Decoder(tuple[HeldProject, ...])


class PostgresLicenceQueries:
    """Answers from the read models, and what was in the past from the log itself."""

    def __init__(self, database: Database, facts: Facts, rulebook: Rulebook) -> None:
        self._database = database
        self._views = Views(database)
        self._facts = facts
        self._rulebook = rulebook
        self._remembered = RememberedPages()

    async def find(self, licence_id: LicenceId) -> LicenceOnFile | None:
        """Answer one licence as it stands.

        One round trip: the rule sets at hand say which deductions are shown, and the answer tells whether there are
        newer ones. Raises: ReadModelBehind, Unavailable.
        """
        rule_sets, version = self._rulebook.known()
        while True:
            if not version:
                rule_sets, version = await self._rulebook.latest()
            today = rule_sets.today(self._rulebook.clock.now())
            known = self._remembered.find(licence_id, (today, version))
            record = await self._read(licence_id, rule_sets, today, 0 if known is None else known.version)
            if record is None:
                return None
            if record["rulebook_version"] != version:
                version = 0
            elif known is not None and known.is_still(record):
                return known.on_file
            elif known is not None and known.version == record["version"]:
                self._remembered.forget(licence_id)
            else:
                on_file = _on_file(record, rule_sets, today)
                self._remembered.remember(licence_id, record, (today, version), on_file)
                return on_file

    async def _read(self, licence_id: LicenceId, rule_sets: RuleSets, today: date, known: int) -> asyncpg.Record | None:
        """Read what a page consists of; without what goes with the licence's version, where that is the known one."""
        cycles = calendar_cycles(rule_sets, today)
        most = None if cycles is None else MOST_DEDUCTIONS
        # No day of the previous cycle lies further back.
        since = years_after(today, -2)
        records = await self._views.fetch(_PAGE, licence_id, since, cycles, most, RULEBOOK_STREAM, known)
        return records[0] if records else None

    async def as_of(self, licence_id: LicenceId, day: date) -> LicenceOnFile | None:
        """Answer one licence as it stood at the end of a day in the city; None before it existed.

        Raises: Unavailable.
        """
        rule_sets, _ = await self._rulebook.latest()
        async with self._database.reading() as connection:
            return await as_of(connection, self._facts, rule_sets, licence_id, day)

    async def list(self, wanted: LicenceFilter, *, after: int | None = None, limit: int) -> Slice[LicenceEntry]:
        """Answer the licences that pass the filter, in the order of opening.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(
            _LIST, after or 0, wanted.status, wanted.company_id, wanted.q, wanted.of_project, limit + 1
        )
        return slice_of(records, [_entry(record) for record in records], limit, "opened")

    async def deductions(
        self, licence_id: LicenceId, *, before: int | None = None, limit: int
    ) -> Slice[DeductionEntry]:
        """Answer all deductions of a licence in full detail, newest first.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_DEDUCTIONS, licence_id, before, limit + 1)
        return slice_of(records, [entry_of(_DEDUCTION_ROWS.row(record)) for record in records], limit, "charged")

    async def scope(self, licence_id: LicenceId) -> Thing | None:
        """Answer what a reader's permission is measured against.

        Raises: ReadModelBehind, Unavailable.
        """
        for record in await self._views.fetch(_SCOPE, licence_id):
            return scope_of(licence_id, record["employer_id"], _APPOINTMENTS.decode(record["appointments"]))
        return None


def _on_file(record: asyncpg.Record, rule_sets: RuleSets, today: date) -> LicenceOnFile:
    row = _LICENCE_ROWS.row(record)
    deductions, project_names = record["deductions"], record["project_names"]
    names = Names(
        company=record["company_name"], projects={} if project_names is None else _NAMES.decode(project_names)
    )
    page = page_of(row, () if deductions is None else _ENTRIES.decode(deductions), names, rule_sets, today)
    return LicenceOnFile(page=page, thing=thing_of_licence(row))


def _entry(record: asyncpg.Record) -> LicenceEntry:
    company_id, number = record["company_id"], record["number"]
    return LicenceEntry(
        id=LicenceId(record["id"]),
        version=record["version"],
        licence_number=None if number is None else LicenceNumber(number),
        status=Status(record["status"]),
        holder=HolderName(name=record["name"]),
        company=None if company_id is None else CompanyOfManager(id=CompanyId(company_id), name=record["company_name"]),
    )
