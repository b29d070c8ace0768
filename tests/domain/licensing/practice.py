"""A manager in practice, in examples: what a test does not talk about is filled in here.

The file was opened on 5 January 2026 and the practice registered on the same day; today is Tuesday, 24 November 2026.
"""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber, ProjectId
from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.licensing.appointment import ProjectFacts
from domain.licensing.events import (
    CertificateKind,
    CertificateRecorded,
    CertificateWithdrawn,
    Holder,
    LicenceEvent,
    LicenceFileOpened,
    ManagerAppointed,
    ManagerRelieved,
    PracticeDeregistered,
    PracticeRegistered,
)
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from tests.domain.rule_sets import DEFAULT
from tests.spec import Given

given: Final = Given(LICENCE)

OPENED: Final = date(2026, 1, 5)
TODAY: Final = date(2026, 11, 24)
ONE_DAY: Final = timedelta(days=1)

LICENCE_ID: Final = LicenceId(UUID(int=1))
GREEN, OTHER = CompanyId(UUID(int=11)), CompanyId(UUID(int=12))
LAKESIDE, HILLSIDE, RIVERSIDE = ProjectId(UUID(int=21)), ProjectId(UUID(int=22)), ProjectId(UUID(int=23))
GUANGLING: Final = District("321002")
NUMBER, NEXT_NUMBER = LicenceNumber("PM-321000-2026-000001"), LicenceNumber("PM-321000-2026-000002")
ZHANG: Final = Holder(name=PersonName("张三"), id_number=IdNumber("321002199001011234"), phone=Phone("13812345678"))


def opened(*, by: CompanyId | None = None, on: date = OPENED) -> LicenceFileOpened:
    return LicenceFileOpened(holder=ZHANG, company_id=by, opened_on=on)


def certificate(
    kind: CertificateKind = CertificateKind.TRAINING,
    number: str = "T-2",
    *,
    issued_on: date = date(2020, 6, 1),
    expires_on: date | None = None,
) -> CertificateRecorded:
    return CertificateRecorded(kind=kind, number=number, issuer="city", issued_on=issued_on, expires_on=expires_on)


POST: Final = certificate(CertificateKind.POST_NATIONAL, "P-1")
TRAINING: Final = certificate(CertificateKind.TRAINING, "T-1")


def withdrawn(number: str, *, on: date = TODAY) -> CertificateWithdrawn:
    return CertificateWithdrawn(number=number, reason="issued in error", withdrawn_on=on)


def registered(company: CompanyId = GREEN, *, on: date = OPENED, number: LicenceNumber = NUMBER) -> PracticeRegistered:
    return PracticeRegistered(licence_number=number, company_id=company, registered_on=on, rule_set=DEFAULT.version)


def deregistered(company: CompanyId = GREEN, *, on: date = TODAY) -> PracticeDeregistered:
    return PracticeDeregistered(company_id=company, reason="moves on", deregistered_on=on)


def practising(company: CompanyId = GREEN, *, on: date = OPENED) -> tuple[LicenceEvent, ...]:
    """A file with both certificates and a registration."""
    return opened(on=on), POST, TRAINING, registered(company, on=on)


def appointed(
    project_id: ProjectId = LAKESIDE, *, area: str = "100000", since: date = OPENED, company: CompanyId = GREEN
) -> ManagerAppointed:
    return ManagerAppointed(
        project_id=project_id,
        company_id=company,
        district=GUANGLING,
        building_area_m2=Area.of(area),
        since=since,
        rule_set=DEFAULT.version,
    )


def relieved(project_id: ProjectId = LAKESIDE, *, on: date = TODAY, reason: str = "moves on") -> ManagerRelieved:
    return ManagerRelieved(project_id=project_id, reason=reason, until=on)


def project(
    project_id: ProjectId = LAKESIDE,
    *,
    area: str = "100000",
    company: CompanyId | None = GREEN,
    is_managed: bool = False,
    is_active: bool = True,
    has_sections: bool = False,
) -> ProjectFacts:
    return ProjectFacts(
        project_id=project_id,
        company_id=company,
        district=GUANGLING,
        building_area_m2=Area.of(area),
        is_managed=is_managed,
        is_active=is_active,
        has_sections=has_sections,
    )


def licence(*events: LicenceEvent) -> Licence:
    """A licence as these events have left it."""
    state = LICENCE.fold(events)
    assert state is not None
    return state
