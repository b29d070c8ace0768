"""The bytes of what happens to a city's rulebook."""

from dataclasses import fields
from datetime import date, time
from typing import Any, Final

import pytest

from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.area import Area
from domain.kernel.rule_set import Needs, ResponseTimes, RuleSet, ServiceHours, Violation
from domain.kernel.rules import Broken
from domain.rulebook.events import RulebookRequestRefused, RuleSetAdopted
from domain.rulebook.rulebook import RULEBOOK
from tests.adapters.postgres.stored_bytes import THING, Pinned, assert_pinned
from tests.domain.rule_sets import rule_set

ADOPTED: Final = rule_set(
    max_area_m2=Area.of("150000.5"),
    holidays=(date(2026, 10, 1), date(2026, 10, 2)),
    make_up_days=(date(2026, 10, 10),),
    catalogue=(
        Violation(code="V01", sentence="重大责任事故", points=25, lowest=25, highest=25, limitation_years=5),
        Violation(code="V14", sentence="未经执业注册", points=15, lowest=10, highest=20, needs=Needs.NOTHING),
        Violation(code="V21", sentence="投诉", points=3, lowest=1, highest=5, per_case=True, clause="Text 4"),
    ),
    sla={
        "minor": ResponseTimes(respond_minutes=30, resolve_hours=24, respond_in_service_hours=True),
        "complex": ResponseTimes(respond_minutes=4_320, resolve_working_days=7),
    },
    service_hours=ServiceHours(opens=time(8), closes=time(18, 30)),
)

PINS: Final[list[tuple[Aggregate[Any, Any], str, Pinned]]] = [
    (
        RULEBOOK,
        "rule-set.adopted",
        Pinned(
            RuleSetAdopted(**{entry.name: getattr(ADOPTED, entry.name) for entry in fields(RuleSet)}),
            '{"version":"2000-1","in_force_from":"2000-01-01","max_projects":2,"max_area_m2":150000.5,'
            '"cycle":"calendar_year","warning_points":13,"interview_points":19,"revocation_points":25,'
            '"inspection_fail_points":25,"revocation_mode":"immediate","hearing_days":5,'
            '"limitation_years":2,"replacement_days":30,"holidays":["2026-10-01","2026-10-02"],'
            '"make_up_days":["2026-10-10"],"ban_years":2,"objection_days":15,"rectification_days":15,'
            '"repeat_offence_count":3,"timezone":"Asia/Shanghai","catalogue":[{"code":"V01",'
            '"sentence":"重大责任事故","points":25,"lowest":25,"highest":25,"needs":"tenure","per_case":false,'
            '"limitation_years":5,"clause":"Text 3 §2(3)"},{"code":"V14","sentence":"未经执业注册","points":15,'
            '"lowest":10,"highest":20,"needs":"nothing","per_case":false,"limitation_years":null,'
            '"clause":"Text 3 §2(3)"},{"code":"V21","sentence":"投诉","points":3,"lowest":1,"highest":5,'
            '"needs":"tenure","per_case":true,"limitation_years":null,"clause":"Text 4"}],'
            '"sla":{"minor":{"respond_minutes":30,"resolve_hours":24,"resolve_working_days":null,'
            '"respond_in_service_hours":true},"complex":{"respond_minutes":4320,"resolve_hours":null,'
            '"resolve_working_days":7,"respond_in_service_hours":false}},'
            '"service_hours":{"opens":"08:00:00","closes":"18:30:00"},"major_take_charge_hours":2}',
        ),
    ),
    (
        RULEBOOK,
        "rule-set.request-refused",
        Pinned(
            RulebookRequestRefused(
                command="adopt-rule-set",
                asked={"version": "2000-1", "in_force_from": "2026-11-24"},
                broken=(Broken(code="rule-set.version-exists", zh="已存在", en="exists", cites="Text 3 §2(3)"),),
                about=(StreamName(f"rule-set-{THING}"),),
            ),
            '{"command":"adopt-rule-set","asked":{"version":"2000-1","in_force_from":"2026-11-24"},'
            '"broken":[{"code":"rule-set.version-exists","zh":"已存在","en":"exists",'
            '"cites":"Text 3 §2(3)"}],"about":["rule-set-00000000-0000-4000-8000-000000000001"]}',
        ),
    ),
]


@pytest.mark.parametrize(("aggregate", "name", "pinned"), PINS, ids=[name for _, name, _ in PINS])
def test_the_bytes_stay(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    assert_pinned(aggregate, name, pinned)


def test_every_event_is_pinned() -> None:
    assert {name for _, name, _ in PINS} == set(RULEBOOK.events)
