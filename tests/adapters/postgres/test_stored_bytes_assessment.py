"""The bytes of what happens to a licence by assessment: points, warnings, revocation, objections."""

from datetime import date
from typing import Final
from uuid import UUID

import pytest

from domain.kernel.identifiers import AttachmentId, CompanyId, DeductionId, ProjectId, Subject
from domain.licensing.events import (
    Basis,
    CycleLabel,
    DeductionRescinded,
    LicenceReinstated,
    LicenceRevoked,
    NoticeServed,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
    RepeatOffenceFlagged,
    RevocationProposalWithdrawn,
    RevocationProposed,
    WarningIssued,
    WarningKind,
    WarningWithdrawn,
)
from domain.licensing.folding import LICENCE
from tests.adapters.postgres.stored_bytes import Pinned, assert_pinned

GREEN: Final = CompanyId(UUID("00000000-0000-4000-8000-000000000005"))
LAKESIDE: Final = ProjectId(UUID("00000000-0000-4000-8000-000000000004"))
PHOTO: Final = AttachmentId("ab" * 32)
CHARGE: Final = DeductionId(UUID("00000000-0000-4000-8000-000000000006"))
TODAY, LAST_DAY = date(2026, 11, 24), date(2026, 12, 9)
CYCLE: Final = CycleLabel("2026")

PINS: Final[list[tuple[str, Pinned]]] = [
    (
        "licence.points-deducted",
        Pinned(
            PointsDeducted(
                deduction_id=CHARGE,
                violation="V08",
                points=12,
                occurred_on=TODAY,
                project_id=LAKESIDE,
                basis=Basis.REGULATION,
                reason="现场查实",
                evidence=("照片 1", PHOTO),
                officer=Subject("clerk"),
                decided_on=TODAY,
                cycle=CYCLE,
                total=12,
                notice_number="PM-321000-2026-000001-001",
                served_on=TODAY,
                object_by=LAST_DAY,
                rectify_by=LAST_DAY,
                company_id=GREEN,
                rule_set="2000-1",
                attachments=(PHOTO,),
            ),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","violation":"V08","points":12,'
            '"occurred_on":"2026-11-24","project_id":"00000000-0000-4000-8000-000000000004",'
            '"basis":"regulation","reason":"现场查实","evidence":["照片 1",'
            f'"{PHOTO}"],"officer":"clerk",'
            '"decided_on":"2026-11-24","cycle":"2026","total":12,'
            '"notice_number":"PM-321000-2026-000001-001","served_on":"2026-11-24",'
            '"object_by":"2026-12-09","rectify_by":"2026-12-09",'
            '"company_id":"00000000-0000-4000-8000-000000000005","rule_set":"2000-1",'
            f'"attachments":["{PHOTO}"]}}',
        ),
    ),
    (
        "licence.points-deducted",
        Pinned(
            PointsDeducted(
                deduction_id=CHARGE,
                violation="V08",
                points=12,
                occurred_on=TODAY,
                project_id=LAKESIDE,
                basis=Basis.REGULATION,
                reason="现场查实",
                evidence=("照片 1", "照片 2"),
                officer=Subject("clerk"),
                decided_on=TODAY,
                cycle=CYCLE,
                total=12,
                notice_number="PM-321000-2026-000001-001",
                served_on=TODAY,
                object_by=LAST_DAY,
                rectify_by=LAST_DAY,
                company_id=GREEN,
                rule_set="2000-1",
            ),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","violation":"V08","points":12,'
            '"occurred_on":"2026-11-24","project_id":"00000000-0000-4000-8000-000000000004",'
            '"basis":"regulation","reason":"现场查实","evidence":["照片 1","照片 2"],"officer":"clerk",'
            '"decided_on":"2026-11-24","cycle":"2026","total":12,'
            '"notice_number":"PM-321000-2026-000001-001","served_on":"2026-11-24",'
            '"object_by":"2026-12-09","rectify_by":"2026-12-09",'
            '"company_id":"00000000-0000-4000-8000-000000000005","rule_set":"2000-1"}',
            is_old=True,
        ),
    ),
    (
        "licence.points-deducted",
        Pinned(
            PointsDeducted(
                deduction_id=CHARGE,
                violation="V14",
                points=15,
                occurred_on=TODAY,
                project_id=None,
                basis=Basis.CONTRACT,
                reason="无证上岗",
                evidence=(),
                officer=Subject("clerk"),
                decided_on=TODAY,
                cycle=CycleLabel("2026-03-14"),
                total=15,
                notice_number="PM-00000000-001",
                served_on=TODAY,
                object_by=LAST_DAY,
                rectify_by=LAST_DAY,
                company_id=None,
                rule_set="2000-1",
            ),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","violation":"V14","points":15,'
            '"occurred_on":"2026-11-24","project_id":null,"basis":"contract","reason":"无证上岗",'
            '"evidence":[],"officer":"clerk","decided_on":"2026-11-24","cycle":"2026-03-14",'
            '"total":15,"notice_number":"PM-00000000-001","served_on":"2026-11-24",'
            '"object_by":"2026-12-09","rectify_by":"2026-12-09","company_id":null,'
            '"rule_set":"2000-1"}',
            is_old=True,
        ),
    ),
    (
        "licence.notice-served",
        Pinned(
            NoticeServed(deduction_id=CHARGE, served_on=TODAY, method="邮寄", object_by=LAST_DAY, rectify_by=LAST_DAY),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","served_on":"2026-11-24",'
            '"method":"邮寄","object_by":"2026-12-09","rectify_by":"2026-12-09"}',
        ),
    ),
    (
        "licence.warning-issued",
        Pinned(
            WarningIssued(kind=WarningKind.WRITTEN, cycle=CYCLE, total=13, issued_on=TODAY),
            '{"kind":"written","cycle":"2026","total":13,"issued_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.warning-issued",
        Pinned(
            WarningIssued(kind=WarningKind.INTERVIEW, cycle=CYCLE, total=19, issued_on=TODAY),
            '{"kind":"interview","cycle":"2026","total":19,"issued_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.warning-withdrawn",
        Pinned(
            WarningWithdrawn(kind=WarningKind.INTERVIEW, cycle=CYCLE, total=12, withdrawn_on=TODAY),
            '{"kind":"interview","cycle":"2026","total":12,"withdrawn_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.repeat-offence-flagged",
        Pinned(
            RepeatOffenceFlagged(violation="V29", cycle=CYCLE, count=3), '{"violation":"V29","cycle":"2026","count":3}'
        ),
    ),
    (
        "licence.revocation-proposed",
        Pinned(
            RevocationProposed(cycle=CYCLE, total=25, proposed_on=TODAY, hearing_until=None, rule_set="2000-1"),
            '{"cycle":"2026","total":25,"proposed_on":"2026-11-24","hearing_until":null,"rule_set":"2000-1"}',
        ),
    ),
    (
        "licence.revocation-proposed",
        Pinned(
            RevocationProposed(
                cycle=CYCLE, total=25, proposed_on=TODAY, hearing_until=date(2026, 12, 1), rule_set="2000-1"
            ),
            '{"cycle":"2026","total":25,"proposed_on":"2026-11-24","hearing_until":"2026-12-01","rule_set":"2000-1"}',
        ),
    ),
    (
        "licence.revocation-proposal-withdrawn",
        Pinned(
            RevocationProposalWithdrawn(cycle=CYCLE, total=13, withdrawn_on=TODAY),
            '{"cycle":"2026","total":13,"withdrawn_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.revoked",
        Pinned(
            LicenceRevoked(
                cycle=CYCLE,
                total=25,
                revoked_on=TODAY,
                banned_until=date(2028, 11, 24),
                company_id=GREEN,
                reason="经听证决定",
                rule_set="2000-1",
            ),
            '{"cycle":"2026","total":25,"revoked_on":"2026-11-24","banned_until":"2028-11-24",'
            '"company_id":"00000000-0000-4000-8000-000000000005","reason":"经听证决定",'
            '"rule_set":"2000-1"}',
        ),
    ),
    (
        "licence.revoked",
        Pinned(
            LicenceRevoked(
                cycle=CYCLE,
                total=30,
                revoked_on=TODAY,
                banned_until=date(2028, 11, 24),
                company_id=None,
                reason=None,
                rule_set="2000-1",
            ),
            '{"cycle":"2026","total":30,"revoked_on":"2026-11-24","banned_until":"2028-11-24",'
            '"company_id":null,"reason":null,"rule_set":"2000-1"}',
        ),
    ),
    (
        "licence.reinstated",
        Pinned(
            LicenceReinstated(cycle=CYCLE, total=13, reinstated_on=TODAY, company_id=GREEN),
            '{"cycle":"2026","total":13,"reinstated_on":"2026-11-24",'
            '"company_id":"00000000-0000-4000-8000-000000000005"}',
        ),
    ),
    (
        "licence.objection-filed",
        Pinned(
            ObjectionFiled(deduction_id=CHARGE, grounds="当日不在岗", on_behalf=True, filed_on=TODAY),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","grounds":"当日不在岗",'
            '"on_behalf":true,"filed_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.objection-rejected",
        Pinned(
            ObjectionRejected(deduction_id=CHARGE, reason="证据充分", decided_on=TODAY),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","reason":"证据充分","decided_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.objection-upheld",
        Pinned(
            ObjectionUpheld(deduction_id=CHARGE, reason="证据不足", decided_on=TODAY),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","reason":"证据不足","decided_on":"2026-11-24"}',
        ),
    ),
    (
        "licence.deduction-rescinded",
        Pinned(
            DeductionRescinded(
                deduction_id=CHARGE,
                violation="V08",
                points=12,
                occurred_on=TODAY,
                cycle=CYCLE,
                total=0,
                company_id=GREEN,
                rescinded_on=TODAY,
            ),
            '{"deduction_id":"00000000-0000-4000-8000-000000000006","violation":"V08","points":12,'
            '"occurred_on":"2026-11-24","cycle":"2026","total":0,'
            '"company_id":"00000000-0000-4000-8000-000000000005","rescinded_on":"2026-11-24"}',
        ),
    ),
]


@pytest.mark.parametrize(("name", "pinned"), PINS, ids=[name for name, _ in PINS])
def test_the_bytes_stay(name: str, pinned: Pinned) -> None:
    assert_pinned(LICENCE, name, pinned)
