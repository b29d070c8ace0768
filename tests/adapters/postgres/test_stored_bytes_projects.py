"""The bytes of what happens to projects."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import pytest

from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from domain.kernel.rules import Broken
from domain.projects.events import (
    AreaAmended,
    CompanyChanged,
    Contract,
    ContractRenewed,
    ManagerLeftOffice,
    ManagerTookOffice,
    OverLimitTolerated,
    ProjectKind,
    ProjectRegistered,
    ProjectRequestRefused,
    ProjectWithdrawn,
    SectionAdded,
    SectionAreaAmended,
    SectionWithdrawn,
    Stage,
    StageEntered,
)
from domain.projects.project import PROJECT
from domain.projects.zone_events import ZoneDefined, ZoneKind, ZoneManager, ZoneManagerNamed, ZoneNoticePosted
from tests.adapters.postgres.stored_bytes import THING, Pinned, assert_pinned

LICENCE: Final = LicenceId(UUID("00000000-0000-4000-8000-000000000003"))
SECTION: Final = ProjectId(UUID("00000000-0000-4000-8000-000000000004"))
COMPANY: Final = CompanyId(UUID("00000000-0000-4000-8000-000000000005"))
TODAY: Final = date(2026, 11, 24)

PINS: Final[list[tuple[Aggregate[Any, Any], str, Pinned]]] = [
    (
        PROJECT,
        "project.registered",
        Pinned(
            ProjectRegistered(
                name="江畔花园",
                district=District("321002"),
                address="沿江大道 1 号",
                kind=ProjectKind.RESIDENTIAL,
                building_area_m2=Area.of("120000.5"),
                area_estimated=False,
                households=1_000,
                company_id=COMPANY,
                contract=Contract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31)),
                stage=Stage.REGULAR,
                section_of=None,
            ),
            '{"name":"江畔花园","district":"321002","address":"沿江大道 1 号","kind":"residential",'
            '"building_area_m2":120000.5,"area_estimated":false,"households":1000,'
            '"company_id":"00000000-0000-4000-8000-000000000005","contract":{"starts_on":"2026-01-01",'
            '"ends_on":"2028-12-31"},"stage":"regular","section_of":null}',
        ),
    ),
    (
        PROJECT,
        "project.registered",
        Pinned(
            ProjectRegistered(
                name="江畔花园一期",
                district=District("321002"),
                address="沿江大道 1 号",
                kind=ProjectKind.VILLA,
                building_area_m2=Area.of(95_000),
                area_estimated=True,
                households=0,
                company_id=None,
                contract=None,
                stage=Stage.SHOW_AREA,
                section_of=ProjectId(THING),
            ),
            '{"name":"江畔花园一期","district":"321002","address":"沿江大道 1 号","kind":"villa",'
            '"building_area_m2":95000,"area_estimated":true,"households":0,"company_id":null,'
            '"contract":null,"stage":"show_area","section_of":"00000000-0000-4000-8000-000000000001"}',
        ),
    ),
    (
        PROJECT,
        "project.section-added",
        Pinned(
            SectionAdded(section_id=SECTION, building_area_m2=Area.of("0.01")),
            '{"section_id":"00000000-0000-4000-8000-000000000004","building_area_m2":0.01}',
        ),
    ),
    (
        PROJECT,
        "project.section-area-amended",
        Pinned(
            SectionAreaAmended(section_id=SECTION, building_area_m2=Area.of("99999999.99")),
            '{"section_id":"00000000-0000-4000-8000-000000000004","building_area_m2":99999999.99}',
        ),
    ),
    (
        PROJECT,
        "project.section-withdrawn",
        Pinned(SectionWithdrawn(section_id=SECTION), '{"section_id":"00000000-0000-4000-8000-000000000004"}'),
    ),
    (
        PROJECT,
        "project.area-amended",
        Pinned(
            AreaAmended(building_area_m2=Area.of(120_000), reason="实测"), '{"building_area_m2":120000,"reason":"实测"}'
        ),
    ),
    (
        PROJECT,
        "project.over-limit-tolerated",
        Pinned(
            OverLimitTolerated(licence_id=LICENCE, over_limit_until=date(2026, 12, 24)),
            '{"licence_id":"00000000-0000-4000-8000-000000000003","over_limit_until":"2026-12-24"}',
        ),
    ),
    (
        PROJECT,
        "project.manager-took-office",
        Pinned(
            ManagerTookOffice(licence_id=LICENCE, since=TODAY),
            '{"licence_id":"00000000-0000-4000-8000-000000000003","since":"2026-11-24"}',
        ),
    ),
    (
        PROJECT,
        "project.manager-left-office",
        Pinned(
            ManagerLeftOffice(licence_id=LICENCE, until=TODAY, reason="调岗", replacement_due=date(2026, 12, 24)),
            '{"licence_id":"00000000-0000-4000-8000-000000000003","until":"2026-11-24","reason":"调岗",'
            '"replacement_due":"2026-12-24"}',
        ),
    ),
    (PROJECT, "project.stage-entered", Pinned(StageEntered(stage=Stage.REGULAR), '{"stage":"regular"}')),
    (
        PROJECT,
        "project.contract-renewed",
        Pinned(
            ContractRenewed(starts_on=date(2029, 1, 1), ends_on=date(2031, 12, 31)),
            '{"starts_on":"2029-01-01","ends_on":"2031-12-31"}',
        ),
    ),
    (
        PROJECT,
        "project.company-changed",
        Pinned(CompanyChanged(company_id=COMPANY), '{"company_id":"00000000-0000-4000-8000-000000000005"}'),
    ),
    (
        PROJECT,
        "project.zone-defined",
        Pinned(
            ZoneDefined(
                name="一区",
                kind=ZoneKind.GENERAL,
                area_m2=Area.of("75000.5"),
                households=400,
                units=("3", "4-2-501"),
                reason=None,
            ),
            '{"name":"一区","kind":"general","area_m2":75000.5,"households":400,"units":["3","4-2-501"],"reason":null}',
        ),
    ),
    (
        PROJECT,
        "project.zone-defined",
        Pinned(
            ZoneDefined(
                name="别墅区",
                kind=ZoneKind.VILLA,
                area_m2=Area.of(120_000),
                households=301,
                units=(),
                reason="地块狭长",
            ),
            '{"name":"别墅区","kind":"villa","area_m2":120000,"households":301,"units":[],"reason":"地块狭长"}',
        ),
    ),
    (
        PROJECT,
        "project.zone-manager-named",
        Pinned(
            ZoneManagerNamed(
                name="一区", zone_manager=ZoneManager(name="王五", subject=Subject("wang")), hotline="0514-80000001"
            ),
            '{"name":"一区","zone_manager":{"name":"王五","subject":"wang"},"hotline":"0514-80000001"}',
        ),
    ),
    (
        PROJECT,
        "project.zone-notice-posted",
        Pinned(
            ZoneNoticePosted(
                name="一区",
                entrance="3幢2单元",
                posted_on=TODAY,
                zone_manager=ZoneManager(name="赵六"),
                hotline="0514-80000001",
            ),
            '{"name":"一区","entrance":"3幢2单元","posted_on":"2026-11-24",'
            '"zone_manager":{"name":"赵六","subject":null},"hotline":"0514-80000001"}',
        ),
    ),
    (
        PROJECT,
        "project.withdrawn",
        Pinned(
            ProjectWithdrawn(reason="合同终止", withdrawn_on=TODAY), '{"reason":"合同终止","withdrawn_on":"2026-11-24"}'
        ),
    ),
    (
        PROJECT,
        "project.request-refused",
        Pinned(
            ProjectRequestRefused(
                command="enter-stage",
                asked={"project_id": str(THING), "stage": "regular"},
                broken=(
                    Broken(
                        code="project.not-active",
                        zh="该项目已撤销",
                        en="the project is withdrawn",
                        cites="Text 3 §2(1)",
                    ),
                ),
                about=(StreamName(f"project-{THING}"), StreamName(f"company-{COMPANY}")),
            ),
            '{"command":"enter-stage","asked":{"project_id":"00000000-0000-4000-8000-000000000001",'
            '"stage":"regular"},"broken":[{"code":"project.not-active","zh":"该项目已撤销",'
            '"en":"the project is withdrawn","cites":"Text 3 §2(1)"}],'
            '"about":["project-00000000-0000-4000-8000-000000000001",'
            '"company-00000000-0000-4000-8000-000000000005"]}',
        ),
    ),
]


@pytest.mark.parametrize(("aggregate", "name", "pinned"), PINS, ids=[name for _, name, _ in PINS])
def test_the_bytes_stay(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    assert_pinned(aggregate, name, pinned)


def test_every_event_is_pinned() -> None:
    assert {name for _, name, _ in PINS} == set(PROJECT.events)
