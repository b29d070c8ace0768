"""The bytes of what happens to companies, to their rosters and to the codes and names they claim."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import pytest

from domain.companies.company import COMPANY
from domain.companies.events import (
    CompanyClosed,
    CompanyIdentified,
    CompanyRegistered,
    CompanyRenamed,
    CompanyRequestRefused,
    ManagerJoined,
    ManagerLeft,
    ProjectHandedBack,
    ProjectTakenOn,
)
from domain.companies.roster import ROSTER
from domain.companies.uscc import Uscc
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.claims import CLAIM, ClaimMade, ClaimReleased
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, ProjectId
from domain.kernel.rules import Broken
from tests.adapters.postgres.stored_bytes import THING, Pinned, assert_pinned

CODE: Final = Uscc("91321000MA1GUANJ0P")
LICENCE: Final = LicenceId(UUID("00000000-0000-4000-8000-000000000003"))
PROJECT: Final = ProjectId(UUID("00000000-0000-4000-8000-000000000004"))

PINS: Final[list[tuple[Aggregate[Any, Any], str, Pinned]]] = [
    (
        COMPANY,
        "company.registered",
        Pinned(CompanyRegistered(name="安居物业", uscc=CODE), '{"name":"安居物业","uscc":"91321000MA1GUANJ0P"}'),
    ),
    (
        COMPANY,
        "company.registered",
        Pinned(CompanyRegistered(name="安居物业", uscc=None), '{"name":"安居物业","uscc":null}'),
    ),
    (COMPANY, "company.identified", Pinned(CompanyIdentified(uscc=CODE), '{"uscc":"91321000MA1GUANJ0P"}')),
    (COMPANY, "company.renamed", Pinned(CompanyRenamed(name="和谐物业"), '{"name":"和谐物业"}')),
    (
        COMPANY,
        "company.closed",
        Pinned(
            CompanyClosed(reason="解散", closed_on=date(2026, 11, 24)), '{"reason":"解散","closed_on":"2026-11-24"}'
        ),
    ),
    (
        COMPANY,
        "company.request-refused",
        Pinned(
            CompanyRequestRefused(
                command="close-company",
                asked={"company_id": str(THING), "reason": "解散"},
                broken=(
                    Broken(code="company.closed", zh="该企业已注销", en="the company is closed", cites="Text 3 §2(3)"),
                ),
                about=(StreamName(f"company-{THING}"),),
            ),
            '{"command":"close-company","asked":{"company_id":"00000000-0000-4000-8000-000000000001",'
            '"reason":"解散"},"broken":[{"code":"company.closed","zh":"该企业已注销",'
            '"en":"the company is closed","cites":"Text 3 §2(3)"}],'
            '"about":["company-00000000-0000-4000-8000-000000000001"]}',
        ),
    ),
    (
        ROSTER,
        "company-roster.manager-joined",
        Pinned(ManagerJoined(licence_id=LICENCE), '{"licence_id":"00000000-0000-4000-8000-000000000003"}'),
    ),
    (
        ROSTER,
        "company-roster.manager-left",
        Pinned(ManagerLeft(licence_id=LICENCE), '{"licence_id":"00000000-0000-4000-8000-000000000003"}'),
    ),
    (
        ROSTER,
        "company-roster.project-taken-on",
        Pinned(
            ProjectTakenOn(project_id=PROJECT, district=District("321002")),
            '{"project_id":"00000000-0000-4000-8000-000000000004","district":"321002"}',
        ),
    ),
    (
        ROSTER,
        "company-roster.project-handed-back",
        Pinned(ProjectHandedBack(project_id=PROJECT), '{"project_id":"00000000-0000-4000-8000-000000000004"}'),
    ),
    (
        CLAIM,
        "claim.made",
        Pinned(
            ClaimMade(of="company-code", holder=THING),
            '{"of":"company-code","holder":"00000000-0000-4000-8000-000000000001"}',
        ),
    ),
    (
        CLAIM,
        "claim.released",
        Pinned(
            ClaimReleased(of="company-code", holder=THING),
            '{"of":"company-code","holder":"00000000-0000-4000-8000-000000000001"}',
        ),
    ),
]


@pytest.mark.parametrize(("aggregate", "name", "pinned"), PINS, ids=[name for _, name, _ in PINS])
def test_the_bytes_stay(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    assert_pinned(aggregate, name, pinned)


def test_every_event_is_pinned() -> None:
    assert {name for _, name, _ in PINS} == {name for kind in (COMPANY, ROSTER, CLAIM) for name in kind.events}
