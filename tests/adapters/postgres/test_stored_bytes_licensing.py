"""The bytes of what happens to a licence in practice: file, certificates, registration, appointments, inspections."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import pytest

from adapters.postgres.codec import Codec
from adapters.postgres.sealing import PersonalKey
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber, ProjectId
from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.kernel.rules import Broken
from domain.licensing.events import (
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    AppointedAreaChanged,
    CertificateKind,
    CertificateRecorded,
    CertificateWithdrawn,
    Holder,
    HolderErased,
    LicenceFileOpened,
    LicenceRequestRefused,
    ManagerAppointed,
    ManagerRelieved,
    PracticeDeregistered,
    PracticeRegistered,
)
from domain.licensing.folding import LICENCE
from domain.licensing.number_events import NumberIssued
from domain.licensing.numbers import NUMBERS
from tests.adapters.postgres.stored_bytes import THING, Pinned, assert_pinned
from tests.adapters.postgres.test_stored_bytes_assessment import PINS as ASSESSED

GREEN: Final = CompanyId(UUID("00000000-0000-4000-8000-000000000005"))
LAKESIDE: Final = ProjectId(UUID("00000000-0000-4000-8000-000000000004"))
TODAY: Final = date(2026, 11, 24)

PINS: Final[list[tuple[Aggregate[Any, Any], str, Pinned]]] = [
    (
        LICENCE,
        "licence.certificate-recorded",
        Pinned(
            CertificateRecorded(
                kind=CertificateKind.POST_NATIONAL,
                number="P-1",
                issuer="建设部",
                issued_on=date(2020, 6, 1),
                expires_on=None,
            ),
            '{"kind":"post_national","number":"P-1","issuer":"建设部","issued_on":"2020-06-01","expires_on":null}',
        ),
    ),
    (
        LICENCE,
        "licence.certificate-recorded",
        Pinned(
            CertificateRecorded(
                kind=CertificateKind.TRAINING,
                number="T-1",
                issuer="市住建委",
                issued_on=date(2025, 6, 1),
                expires_on=date(2030, 5, 31),
            ),
            '{"kind":"training","number":"T-1","issuer":"市住建委","issued_on":"2025-06-01","expires_on":"2030-05-31"}',
        ),
    ),
    (
        LICENCE,
        "licence.certificate-withdrawn",
        Pinned(
            CertificateWithdrawn(number="T-1", reason="证书作废", withdrawn_on=TODAY),
            '{"number":"T-1","reason":"证书作废","withdrawn_on":"2026-11-24"}',
        ),
    ),
    (
        LICENCE,
        "licence.practice-registered",
        Pinned(
            PracticeRegistered(
                licence_number=LicenceNumber("PM-321000-2026-000001"),
                company_id=GREEN,
                registered_on=TODAY,
                rule_set="2000-1",
            ),
            '{"licence_number":"PM-321000-2026-000001",'
            '"company_id":"00000000-0000-4000-8000-000000000005","registered_on":"2026-11-24",'
            '"rule_set":"2000-1"}',
        ),
    ),
    (
        LICENCE,
        "licence.practice-deregistered",
        Pinned(
            PracticeDeregistered(company_id=GREEN, reason="离职", deregistered_on=TODAY),
            '{"company_id":"00000000-0000-4000-8000-000000000005","reason":"离职","deregistered_on":"2026-11-24"}',
        ),
    ),
    (
        LICENCE,
        "licence.manager-appointed",
        Pinned(
            ManagerAppointed(
                project_id=LAKESIDE,
                company_id=GREEN,
                district=District("321002"),
                building_area_m2=Area.of("120000.5"),
                since=TODAY,
                rule_set="2000-1",
            ),
            '{"project_id":"00000000-0000-4000-8000-000000000004",'
            '"company_id":"00000000-0000-4000-8000-000000000005","district":"321002",'
            '"building_area_m2":120000.5,"since":"2026-11-24","rule_set":"2000-1"}',
        ),
    ),
    (
        LICENCE,
        "licence.manager-relieved",
        Pinned(
            ManagerRelieved(project_id=LAKESIDE, reason="调岗", until=TODAY),
            '{"project_id":"00000000-0000-4000-8000-000000000004","reason":"调岗","until":"2026-11-24"}',
        ),
    ),
    (
        LICENCE,
        "licence.appointed-area-changed",
        Pinned(
            AppointedAreaChanged(project_id=LAKESIDE, building_area_m2=Area.of(120_000)),
            '{"project_id":"00000000-0000-4000-8000-000000000004","building_area_m2":120000}',
        ),
    ),
    (
        LICENCE,
        "licence.annual-inspection-passed",
        Pinned(AnnualInspectionPassed(year=2025, inspected_on=TODAY), '{"year":2025,"inspected_on":"2026-11-24"}'),
    ),
    (
        LICENCE,
        "licence.annual-inspection-failed",
        Pinned(
            AnnualInspectionFailed(year=2025, reasons=("points", "not-registered"), inspected_on=TODAY),
            '{"year":2025,"reasons":["points","not-registered"],"inspected_on":"2026-11-24"}',
        ),
    ),
    (
        LICENCE,
        "licence.holder-erased",
        Pinned(HolderErased(reason="本人申请", erased_on=TODAY), '{"reason":"本人申请","erased_on":"2026-11-24"}'),
    ),
    (
        LICENCE,
        "licence.request-refused",
        Pinned(
            LicenceRequestRefused(
                command="deregister-practice",
                asked={"licence_id": str(THING), "reason": "离职"},
                broken=(
                    Broken(
                        code="registration.not-registered",
                        zh="没有有效的执业注册",
                        en="no practice registration is in force",
                        cites="Text 3 §2(1)",
                    ),
                ),
                about=(StreamName(f"licence-{THING}"),),
            ),
            '{"command":"deregister-practice",'
            '"asked":{"licence_id":"00000000-0000-4000-8000-000000000001","reason":"离职"},'
            '"broken":[{"code":"registration.not-registered","zh":"没有有效的执业注册",'
            '"en":"no practice registration is in force","cites":"Text 3 §2(1)"}],'
            '"about":["licence-00000000-0000-4000-8000-000000000001"]}',
        ),
    ),
    (
        NUMBERS,
        "licence-numbers.number-issued",
        Pinned(
            NumberIssued(licence_number=LicenceNumber("PM-321000-2026-000001"), serial=1, licence_id=LicenceId(THING)),
            '{"licence_number":"PM-321000-2026-000001","serial":1,"licence_id":"00000000-0000-4000-8000-000000000001"}',
        ),
    ),
]

OPENED_BY_A_COMPANY: Final = LicenceFileOpened(
    holder=Holder(name=PersonName("张三"), id_number=IdNumber("321002199001011234"), phone=Phone("13812345678")),
    company_id=GREEN,
    opened_on=TODAY,
)
SEALED: Final = (
    '{"holder":{"name":"KfC6ogEBAQEBAQEBAQEBAZJ_RdHQDK_E7uAlpslbm8mkG5hSeZ8",'
    '"id_number":"KfC6ogICAgICAgICAgICAqgaKIuJ6wBi8rWSyQNI6yEv3aDmGcv6CdPAj0Wt_rz9S0Y",'
    '"phone":"KfC6ogMDAwMDAwMDAwMDA994BOc5oWYj6Go-d_BfK9fHH_2uHprYZXmFAA"},'
    '"company_id":"00000000-0000-4000-8000-000000000005",'
    '"opened_on":"2026-11-24"}'
)


@pytest.mark.parametrize(("aggregate", "name", "pinned"), PINS, ids=[name for _, name, _ in PINS])
def test_the_bytes_stay(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    assert_pinned(aggregate, name, pinned)


def test_the_bytes_of_a_person_stay_sealed() -> None:
    stream = LICENCE.stream(THING)
    nonces = iter(bytes([number]) * 12 for number in range(1, 4))
    codec = Codec((LICENCE,), nonces=lambda: next(nonces))
    keys: dict[str, PersonalKey] = {stream: PersonalKey(bytes(range(32)))}
    assert codec.encode(stream, OPENED_BY_A_COMPANY, keys) == ("licence.file-opened", SEALED.encode(), 0)
    assert codec.event(stream, "licence.file-opened", SEALED.encode(), b"{}", keys) == OPENED_BY_A_COMPANY


def test_without_the_key_the_person_is_erased_and_the_rest_stays() -> None:
    erased = Holder(name=PersonName.erased(), id_number=IdNumber.erased(), phone=Phone.erased())
    event = Codec((LICENCE,)).event(LICENCE.stream(THING), "licence.file-opened", SEALED.encode(), b"{}")
    assert event == LicenceFileOpened(holder=erased, company_id=GREEN, opened_on=TODAY)


def test_every_event_is_pinned() -> None:
    pinned = {name for _, name, _ in PINS} | {name for name, _ in ASSESSED} | {"licence.file-opened"}
    assert pinned == {*LICENCE.events, *NUMBERS.events}
