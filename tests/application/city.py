"""A whole city in memory: the real ledger and use cases over the in-memory log, on a clock that tests move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from adapters.identities import KeyedIdentities
from adapters.memory.personal_keys import MemoryPersonalKeys
from adapters.memory.store import MemoryEventStore
from adapters.postgres.codec import Codec
from adapters.rule_sets.reading import first_rule_set
from api.compose import AGGREGATES
from application.companies.registering_company import RegisteringCompany
from application.kernel.callers import Caller, Role
from application.kernel.dossier import UseCase
from application.kernel.ledger import Ledger
from application.kernel.ports import Receipt, Recorded
from application.kernel.states import States
from application.kernel.submission import Answer, Submission
from application.licensing.opening_file import OpeningFile
from application.licensing.recording_certificate import RecordingCertificate
from application.processes.appointing_manager import AppointingManager
from application.processes.registering_practice import RegisteringPractice
from application.processes.registering_project import RegisteringProject
from application.rulebook.initialising_city import InitialiseCity, InitialisingCity
from domain.companies.registration import RegisterCompany
from domain.kernel.aggregate import Aggregate
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.licensing.appointment import AppointManager
from domain.licensing.certificates import OpenFile, RecordCertificate
from domain.licensing.events import CertificateKind, Holder
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from domain.licensing.registration import RegisterPractice
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.project import PROJECT, Project
from domain.projects.registration import RegisterProject

TODAY = date(2026, 11, 24)
DISTRICT = District("321002")
CLERK = Caller(subject=Subject("clerk"), role=Role.MUNICIPAL)
OTHER_CLERK = Caller(subject=Subject("other-clerk"), role=Role.MUNICIPAL)
DISTRICT_OFFICER = Caller(subject=Subject("district-officer"), role=Role.DISTRICT, district=DISTRICT)


@dataclass
class MovableClock:
    """A clock that stands until it is moved; noon in Shanghai."""

    instant: datetime = field(default_factory=lambda: datetime.combine(TODAY, time(4), UTC))

    def now(self) -> datetime:
        return self.instant

    def turn_to(self, day: date) -> None:
        self.instant = datetime.combine(day, time(4), UTC)


class City:
    """A city that has begun, and short ways to what a test needs in it."""

    def __init__(self) -> None:
        self.clock = MovableClock()
        self.identities = KeyedIdentities(bytes(32))
        self.keys = MemoryPersonalKeys()
        self.store = MemoryEventStore(Codec(AGGREGATES), self.keys, self.clock)
        self.ledger = self.another_process()
        self._numbers = count(1)

    def another_process(self) -> Ledger:
        """Answer a ledger with a state cache of its own over the same log."""
        return Ledger(store=self.store, clock=self.clock, identities=self.identities, states=States(self.store))

    @classmethod
    async def begun(cls) -> "City":
        city = cls()
        await city.ask(InitialisingCity(), InitialiseCity(first=first_rule_set()), by=SYSTEM)
        return city

    async def ask(self, use_case: UseCase, asked: object, *, by: Caller = CLERK, **conditions: Any) -> Receipt:
        return (await self.answer(use_case, asked, by=by, **conditions)).receipt

    async def answer(self, use_case: UseCase, asked: object, *, by: Caller = CLERK, **conditions: Any) -> Answer:
        return await self.ledger.submit(use_case, Submission(caller=by, **conditions), asked)

    async def events(self, after: int = 0) -> Sequence[Recorded]:
        return await self.store.read(after=after, limit=100_000)

    async def last_position(self) -> int:
        return (await self.store.heads(()))[1]

    async def state(self, aggregate: Aggregate[Any, Any], thing: UUID) -> Any:
        return (await States(self.store).get(aggregate, aggregate.stream(thing))).state

    async def licence(self, licence_id: LicenceId) -> Licence:
        state: Licence = await self.state(LICENCE, licence_id)
        return state

    async def project(self, project_id: ProjectId) -> Project:
        state: Project = await self.state(PROJECT, project_id)
        return state

    async def company(self, name: str | None = None, by: Caller = CLERK) -> CompanyId:
        asked = RegisterCompany(name=name or f"物业公司{next(self._numbers)}")
        return CompanyId((await self.ask(RegisteringCompany(self.identities), asked, by=by)).id)

    async def applicant(self, by: Caller = CLERK) -> LicenceId:
        number = next(self._numbers)
        holder = Holder(name=PersonName("张三"), id_number=IdNumber(f"T{number:017}"), phone=Phone("13800000000"))
        return LicenceId((await self.ask(OpeningFile(self.identities), OpenFile(holder=holder), by=by)).id)

    async def certified(self, licence_id: LicenceId | None = None) -> LicenceId:
        licence_id = licence_id or await self.applicant()
        for kind in (CertificateKind.POST_NATIONAL, CertificateKind.TRAINING):
            number = f"C{next(self._numbers)}"
            asked = RecordCertificate(
                licence_id=licence_id, kind=kind, number=number, issuer="市住建委", issued_on=date(2020, 1, 1)
            )
            await self.ask(RecordingCertificate(), asked)
        return licence_id

    async def manager(self, company_id: CompanyId, registered_on: date | None = date(2025, 1, 1)) -> LicenceId:
        licence_id = await self.certified()
        asked = RegisterPractice(licence_id=licence_id, company_id=company_id, registered_on=registered_on)
        await self.ask(RegisteringPractice("321000"), asked)
        return licence_id

    async def estate(self, company_id: CompanyId, area: str = "80000", **differently: Any) -> ProjectId:
        asked = {
            "name": f"小区{next(self._numbers)}",
            "district": DISTRICT,
            "address": "文昌路1号",
            "kind": ProjectKind.RESIDENTIAL,
            "building_area_m2": Area(Decimal(area)),
            "households": 600,
            "company_id": company_id,
            "contract": Contract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31)),
            "stage": Stage.REGULAR,
        }
        receipt = await self.ask(RegisteringProject(), RegisterProject(**{**asked, **differently}))
        return ProjectId(receipt.id)

    async def appoint(self, licence_id: LicenceId, *project_ids: ProjectId) -> None:
        for project_id in project_ids:
            await self.ask(AppointingManager(), AppointManager(project_id=project_id, licence_id=licence_id))

    def days_pass(self, days: int) -> None:
        self.clock.instant += timedelta(days=days)


SYSTEM = Caller(subject=Subject("guanjia"), role=Role.SYSTEM)
