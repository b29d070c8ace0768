"""Filling a city: companies, managers, projects, points, a year of requests; the same seed twice fills once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from api.demo.asking import ARBITER, Asker
from api.demo.desks import Desks
from api.demo.invention import SECTIONED_FROM, Invention
from api.demo.staff import Estate
from application.use_cases import Commands
from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, ProjectId
from domain.kernel.rules import RulesBroken
from domain.licensing.appointment import AppointManager
from domain.licensing.certificates import OpenFile, RecordCertificate
from domain.licensing.deduction import DeductPoints
from domain.licensing.events import CertificateKind
from domain.licensing.objection import DecideObjection, ObjectToDeduction
from domain.licensing.registration import RegisterPractice
from domain.projects.registration import RegisterProject

MANAGERS_A_COMPANY: Final = 8
SECTION_AREA: Final = Area.of(150_000)

CERTIFICATES: Final = ((CertificateKind.POST_NATIONAL, "住房和城乡建设部"), (CertificateKind.TRAINING, "市住建委"))


@dataclass(slots=True)
class Filled:
    """What has been put into the city, and what its rules have refused on the way."""

    companies: int = 0
    licences: int = 0
    projects: int = 0
    appointments: int = 0
    deductions: int = 0
    zones: int = 0
    requests: int = 0
    refused: int = 0


@dataclass(slots=True, kw_only=True)
class FillingCity:
    """Asks for everything through the commands of a city, one retry key a step, so that a second run adds nothing."""

    commands: Commands
    seed: int
    now: datetime
    zone: ZoneInfo
    progress: Callable[[str, int], None]
    filled: Filled = field(default_factory=Filled)

    @property
    def today(self) -> date:
        """The day on which it is filled."""
        return self.now.astimezone(self.zone).date()

    @property
    def _asker(self) -> Asker:
        return Asker(seed=self.seed, progress=self.progress)

    async def __call__(self, *, managers: int, projects: int, requests: int) -> Filled:
        """Fill the city with so many managers, projects and requests, and as many companies as they need."""
        count = max(1, managers // MANAGERS_A_COMPANY)
        companies = await self._asker.all("companies", (self._company(nth) for nth in range(count)))
        registered = self.today - timedelta(days=400)
        licences = await self._asker.all(
            "managers",
            (self._manager(nth, companies[nth % count], registered) for nth in range(managers)),
        )
        estates = await self._asker.all("projects", (self._estate(nth, companies) for nth in range(projects)))
        offered = [(company, project) for estate in estates for company, project in estate]
        staff = {
            company: [licences[nth] for nth in range(managers) if companies[nth % count] == company]
            for company in companies
        }
        managed = await self._asker.all(
            "appointments",
            (self._appoint(nth, project, staff[company]) for nth, (company, project) in enumerate(offered)),
        )
        await self._asker.all("points", (self._points(nth, licence) for nth, licence in enumerate(licences)))
        revoked = {licence for nth, licence in enumerate(licences) if nth % 20 == 1}
        desks = Desks(asker=self._asker, commands=self.commands, seed=self.seed, now=self.now, zone=self.zone)
        served = [
            Estate(company=company, project=project, manager=None if licence in revoked else licence)
            for (company, project), licence in zip(offered, managed, strict=True)
        ]
        kept = await desks(served if requests else [], requests)
        self.filled.zones, self.filled.requests = kept.zones, kept.requests
        self.filled.refused += kept.refused
        return self.filled

    async def _company(self, nth: int) -> CompanyId:
        receipt = await self._asker.do(
            "company", nth, self.commands.register_company, Invention.of(self.seed, "company", nth).company()
        )
        self.filled.companies += 1
        return CompanyId(receipt.id)

    async def _manager(self, nth: int, company: CompanyId, since: date) -> LicenceId:
        holder = Invention.of(self.seed, "holder", nth).holder()
        opened = await self._asker.do("file", nth, self.commands.open_file, OpenFile(holder=holder))
        licence = LicenceId(opened.id)
        for kind, issuer in CERTIFICATES:
            asked = RecordCertificate(
                licence_id=licence,
                kind=kind,
                number=f"{kind.value.upper()}-{self.seed}-{nth:05}",
                issuer=issuer,
                issued_on=since - timedelta(days=200),
            )
            await self._asker.do(f"certificate {kind}", nth, self.commands.record_certificate, asked)
        practice = RegisterPractice(licence_id=licence, company_id=company, registered_on=since)
        await self._asker.do("registration", nth, self.commands.register_practice, practice)
        self.filled.licences += 1
        return licence

    async def _estate(self, nth: int, companies: Sequence[CompanyId]) -> Sequence[tuple[CompanyId, ProjectId]]:
        """Register an estate, in sections when it is larger than one manager may hold."""
        whole = Invention.of(self.seed, "estate", nth).estate(companies, self.today)
        company = whole.company_id or companies[0]
        parent = ProjectId((await self._asker.do("estate", nth, self.commands.register_project, whole)).id)
        self.filled.projects += 1
        if whole.building_area_m2 <= SECTIONED_FROM:
            return [(company, parent)]
        sections: list[tuple[CompanyId, ProjectId]] = []
        left = whole.building_area_m2
        while left > SECTION_AREA:
            section = self._section(whole, parent, len(sections) + 1)
            receipt = await self._asker.do(f"section {len(sections)}", nth, self.commands.register_project, section)
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

    async def _appoint(self, nth: int, project: ProjectId, staff: Sequence[LicenceId]) -> LicenceId | None:
        """Offer a project to the company's managers in turn until one may take it; what is refused is on record."""
        for turn in range(min(3, len(staff))):
            licence = staff[(nth + turn) % len(staff)]
            try:
                asked = AppointManager(project_id=project, licence_id=licence)
                await self._asker.do(f"appointment {turn}", nth, self.commands.appoint_manager, asked)
            except RulesBroken:
                self.filled.refused += 1
            else:
                self.filled.appointments += 1
                return licence
        return None

    async def _points(self, nth: int, licence: LicenceId) -> None:
        """Deduct points here and there: a fifth have some, one in twenty is revoked, one in thirty objects."""
        chance = Invention.of(self.seed, "points", nth).chance
        charges = ("V01",) if nth % 20 == 1 else ("V08", "V21") if nth % 5 == 0 else ()
        for turn, violation in enumerate(charges):
            occurred_on = self.today - timedelta(days=chance.randrange(1, 300))
            asked = DeductPoints(licence_id=licence, violation=violation, occurred_on=occurred_on, reason="检查发现")
            receipt = await self._asker.do(f"points {turn}", nth, self.commands.deduct_points, asked)
            self.filled.deductions += 1
            if nth % 30 == 0 and turn == 0:
                await self._objection(nth, licence, DeductionId(UUID(str(receipt.details["deduction_id"]))))

    async def _objection(self, nth: int, licence: LicenceId, deduction: DeductionId) -> None:
        objection = ObjectToDeduction(
            licence_id=licence, deduction_id=deduction, grounds="当日不在该项目", on_behalf=True
        )
        await self._asker.do("objection", nth, self.commands.object_to_deduction, objection)
        decision = DecideObjection(licence_id=licence, deduction_id=deduction, upheld=nth % 60 == 0, reason="复核")
        await self._asker.do("decision", nth, self.commands.decide_objection, decision, by=ARBITER)
