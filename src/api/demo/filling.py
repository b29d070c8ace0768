"""Filling a city: companies, managers, projects, appointments, points, an objection; the same seed twice fills once."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from api.demo.invention import SECTIONED_FROM, Invention
from application.kernel.callers import Caller, Role
from application.kernel.ports import Receipt, RetryKey
from application.kernel.submission import Submission
from application.use_cases import Command, Commands
from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, ProjectId, Subject
from domain.kernel.rules import RulesBroken
from domain.licensing.appointment import AppointManager
from domain.licensing.certificates import OpenFile, RecordCertificate
from domain.licensing.deduction import DeductPoints
from domain.licensing.events import CertificateKind
from domain.licensing.objection import DecideObjection, ObjectToDeduction
from domain.licensing.registration import RegisterPractice
from domain.projects.registration import RegisterProject

AT_ONCE: Final = 32
MANAGERS_A_COMPANY: Final = 8
SECTION_AREA: Final = Area.of(150_000)

CERTIFICATES: Final = ((CertificateKind.POST_NATIONAL, "住房和城乡建设部"), (CertificateKind.TRAINING, "市住建委"))

CLERK: Final = Caller(subject=Subject("demo-clerk"), role=Role.MUNICIPAL)
ARBITER: Final = Caller(subject=Subject("demo-arbiter"), role=Role.MUNICIPAL)

Asked = TypeVar("Asked")
Made = TypeVar("Made")


@dataclass(slots=True)
class Filled:
    """What has been put into the city, and what its rules have refused on the way."""

    companies: int = 0
    licences: int = 0
    projects: int = 0
    appointments: int = 0
    deductions: int = 0
    refused: int = 0


@dataclass(slots=True, kw_only=True)
class FillingCity:
    """Asks for everything through the commands of a city, one retry key a step, so that a second run adds nothing."""

    commands: Commands
    seed: int
    today: date
    progress: Callable[[str, int], None]
    filled: Filled = field(default_factory=Filled)

    async def __call__(self, *, managers: int, projects: int) -> Filled:
        """Fill the city with so many managers and projects, and as many companies as they need."""
        count = max(1, managers // MANAGERS_A_COMPANY)
        companies = await self._all("companies", (self._company(nth) for nth in range(count)))
        registered = self.today - timedelta(days=400)
        licences = await self._all(
            "managers",
            (self._manager(nth, companies[nth % count], registered) for nth in range(managers)),
        )
        estates = await self._all("projects", (self._estate(nth, companies) for nth in range(projects)))
        offered = [(company, project) for estate in estates for company, project in estate]
        staff = {
            company: [licences[nth] for nth in range(managers) if companies[nth % count] == company]
            for company in companies
        }
        await self._all(
            "appointments",
            (self._appoint(nth, project, staff[company]) for nth, (company, project) in enumerate(offered)),
        )
        await self._all("points", (self._points(nth, licence) for nth, licence in enumerate(licences)))
        return self.filled

    async def _company(self, nth: int) -> CompanyId:
        receipt = await self._do(
            "company", nth, self.commands.register_company, Invention.of(self.seed, "company", nth).company()
        )
        self.filled.companies += 1
        return CompanyId(receipt.id)

    async def _manager(self, nth: int, company: CompanyId, since: date) -> LicenceId:
        holder = Invention.of(self.seed, "holder", nth).holder()
        opened = await self._do("file", nth, self.commands.open_file, OpenFile(holder=holder))
        licence = LicenceId(opened.id)
        for kind, issuer in (
            (CertificateKind.POST_NATIONAL, "住房和城乡建设部"),
            (CertificateKind.TRAINING, "市住建委"),
        ):
            asked = RecordCertificate(
                licence_id=licence,
                kind=kind,
                number=f"{kind.value.upper()}-{self.seed}-{nth:05}",
                issuer=issuer,
                issued_on=since - timedelta(days=200),
            )
            await self._do(f"certificate {kind}", nth, self.commands.record_certificate, asked)
        practice = RegisterPractice(licence_id=licence, company_id=company, registered_on=since)
        await self._do("registration", nth, self.commands.register_practice, practice)
        self.filled.licences += 1
        return licence

    async def _estate(self, nth: int, companies: Sequence[CompanyId]) -> Sequence[tuple[CompanyId, ProjectId]]:
        """Register an estate, in sections when it is larger than one manager may hold."""
        whole = Invention.of(self.seed, "estate", nth).estate(companies, self.today)
        company = whole.company_id or companies[0]
        parent = ProjectId((await self._do("estate", nth, self.commands.register_project, whole)).id)
        self.filled.projects += 1
        if whole.building_area_m2 <= SECTIONED_FROM:
            return [(company, parent)]
        sections: list[tuple[CompanyId, ProjectId]] = []
        left = whole.building_area_m2
        while left > SECTION_AREA:
            section = self._section(whole, parent, len(sections) + 1)
            receipt = await self._do(f"section {len(sections)}", nth, self.commands.register_project, section)
            sections.append((company, ProjectId(receipt.id)))
            left = SECTION_AREA.left_of(left)
        self.filled.projects += len(sections)
        return sections

    def _section(self, whole: RegisterProject, parent: ProjectId, nth: int) -> RegisterProject:
        return replace(
            whole,
            name=f"{whole.name}·{nth}区",
            building_area_m2=SECTION_AREA,
            households=whole.households // 4,
            section_of=parent,
        )

    async def _appoint(self, nth: int, project: ProjectId, staff: Sequence[LicenceId]) -> None:
        """Offer a project to the company's managers in turn until one may take it; what is refused is on record."""
        for turn in range(min(3, len(staff))):
            licence = staff[(nth + turn) % len(staff)]
            try:
                asked = AppointManager(project_id=project, licence_id=licence)
                await self._do(f"appointment {turn}", nth, self.commands.appoint_manager, asked)
            except RulesBroken:
                self.filled.refused += 1
            else:
                self.filled.appointments += 1
                return

    async def _points(self, nth: int, licence: LicenceId) -> None:
        """Deduct points here and there: a fifth have some, one in twenty is revoked, one in thirty objects."""
        chance = Invention.of(self.seed, "points", nth).chance
        charges = ("V01",) if nth % 20 == 1 else ("V08", "V21") if nth % 5 == 0 else ()
        for turn, violation in enumerate(charges):
            occurred_on = self.today - timedelta(days=chance.randrange(1, 300))
            asked = DeductPoints(licence_id=licence, violation=violation, occurred_on=occurred_on, reason="检查发现")
            receipt = await self._do(f"points {turn}", nth, self.commands.deduct_points, asked)
            self.filled.deductions += 1
            if nth % 30 == 0 and turn == 0:
                await self._objection(nth, licence, DeductionId(UUID(str(receipt.details["deduction_id"]))))

    async def _objection(self, nth: int, licence: LicenceId, deduction: DeductionId) -> None:
        objection = ObjectToDeduction(
            licence_id=licence, deduction_id=deduction, grounds="当日不在该项目", on_behalf=True
        )
        await self._do("objection", nth, self.commands.object_to_deduction, objection)
        decision = DecideObjection(licence_id=licence, deduction_id=deduction, upheld=nth % 60 == 0, reason="复核")
        await self._do("decision", nth, self.commands.decide_objection, decision, by=ARBITER)

    async def _do(self, step: str, nth: int, command: Command[Asked], asked: Asked, *, by: Caller = CLERK) -> Receipt:
        digest = hashlib.sha256(f"demo {self.seed} {step} {nth}".encode()).digest()
        sent = Submission(caller=by, retry_key=RetryKey(digest=digest, fingerprint=b"demo"))
        return (await command(sent, asked)).receipt

    async def _all(self, what: str, steps: Iterable[Coroutine[Any, Any, Made]]) -> list[Made]:
        """Take steps side by side, some at a time, in an order that the seed alone decides."""
        made: list[Made] = []
        waiting = list(steps)
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            made += await asyncio.gather(*some)
            self.progress(what, len(some))
        return made
