"""Filing: who reports what, through which channel, with what attached, and to whom it goes first."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.ports import RetryKey
from application.kernel.refusals import RefusedOnRecord
from application.processes.withdrawing_project import WithdrawingProject
from application.projects.defining_zone import DefiningZone
from application.rulebook.adopting_rule_set import AdoptingRuleSet
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.projects.withdrawal import WithdrawProject
from domain.rulebook.adopting import AdoptRuleSet
from domain.service_requests.events import ServiceRequestDispatched, ServiceRequestReceived
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Channel, Kind
from tests.application.city import CLERK, SYSTEM, City
from tests.application.service_requests.desk import CITY, PHOTO, Desk
from tests.domain.projects.zoning import ask


async def filed(desk: Desk, by: Caller, **said: Any) -> ServiceRequestReceived:
    after = await desk.city.last_position()
    await desk.file(by=by, **said)
    (entry,) = await desk.city.events(after=after)
    assert isinstance(entry.event, ServiceRequestReceived)
    return entry.event


async def test_a_resident_files_through_the_app_and_it_is_theirs() -> None:
    desk = await Desk.open()
    event = await filed(desk, desk.resident)
    assert (event.channel, event.filed_by, event.by_reporter) == (Channel.APP, "resident", True)
    assert event.number.startswith(f"SR-{CITY}-20261124-")
    # Noon in Shanghai: within the service hours.
    assert event.respond_by - event.occurred_at == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("role", "channel", "by_reporter"),
    [
        (Role.MUNICIPAL, Channel.COUNTER, False),
        (Role.COMPANY, Channel.COUNTER, False),
        (Role.MANAGER, Channel.COUNTER, False),
        (Role.OWNERS_COMMITTEE, Channel.COUNTER, True),
        (Role.RESIDENT, Channel.APP, True),
        (Role.SYSTEM, Channel.IMPORT, False),
    ],
)
async def test_the_channel_is_that_of_the_role_unless_it_is_said(
    role: Role, channel: Channel, by_reporter: bool
) -> None:
    desk = await Desk.open()
    event = await filed(desk, desk.caller(role))
    assert (event.channel, event.by_reporter) == (channel, by_reporter)
    assert (await filed(desk, desk.caller(role), channel=Channel.HOTLINE)).channel is Channel.HOTLINE


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.STAFF, Role.NEIGHBOURHOOD_COMMITTEE, Role.AUDITOR])
async def test_others_do_not_file(role: Role) -> None:
    desk = await Desk.open()
    with pytest.raises((Forbidden, Unacceptable)):
        await desk.file(by=desk.caller(role))


@pytest.mark.parametrize("role", [Role.COMPANY, Role.MANAGER])
async def test_who_may_read_another_estate_does_not_file_there(role: Role) -> None:
    desk = await Desk.open()
    with pytest.raises(Forbidden):
        await desk.file(by=desk.elsewhere(role))


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OWNERS_COMMITTEE])
async def test_an_estate_that_is_not_visible_names_nothing(role: Role) -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(by=desk.elsewhere(role))
    assert error.value.pointer == "/project_id"


async def test_an_estate_that_does_not_exist_names_nothing() -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(by=CLERK, project_id=ProjectId(desk.city.identities.new()))
    assert error.value.pointer == "/project_id"


async def test_a_withdrawn_estate_takes_no_requests_and_the_refusal_is_found_under_it() -> None:
    city = await City.begun()
    company = await city.company()
    estate = await city.estate(company)
    desk = Desk(city, estate, company, await city.manager(company))
    await city.ask(WithdrawingProject(), WithdrawProject(project_id=estate, reason="合同终止"))
    tomorrow = city.clock.now() + timedelta(days=1)
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.file(by=desk.company, occurred_at=tomorrow)
    assert {rule.code for rule in refusal.value.broken} == {"project.not-active", "request.in-the-future"}
    last = (await city.events())[-1]
    assert last.stream == f"project-refusals-{estate}"
    assert last.data is not None
    assert "reporter" not in last.data["asked"]  # type: ignore[operator] # JSON values


async def test_what_is_attached_must_be_here() -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(attachments=(PHOTO,))
    assert error.value.pointer == "/attachments/0"
    desk.shelf.kept.add(PHOTO)
    assert (await filed(desk, desk.resident, attachments=(PHOTO,))).attachments == (PHOTO,)


async def test_a_request_goes_to_the_manager_of_its_zone() -> None:
    desk = await Desk.open()
    zone = ask("一区", project_id=desk.estate, units=("3",))
    await desk.city.ask(DefiningZone(), zone)
    after = await desk.city.last_position()
    request_id = await desk.file(unit="3-2-501")
    received, dispatched = (entry.event for entry in await desk.city.events(after=after))
    assert isinstance(received, ServiceRequestReceived)
    assert isinstance(dispatched, ServiceRequestDispatched)
    assert received.zone == "一区"
    assert dispatched.assignee.name == zone.zone_manager.name
    assert dispatched.assignee.subject == zone.zone_manager.acts_as
    assert (await desk.request(request_id)).status is Status.DISPATCHED


async def test_a_unit_of_no_zone_is_received_and_waits() -> None:
    desk = await Desk.open()
    await desk.city.ask(DefiningZone(), ask("一区", project_id=desk.estate, units=("3",)))
    request_id = await desk.file(unit="4-2-501")
    assert (await desk.request(request_id)).status is Status.RECEIVED


async def test_an_import_tells_when_it_was_and_by_which_number_once() -> None:
    desk = await Desk.open()
    was = desk.city.clock.now() - timedelta(days=400)
    first = await desk.city.ask(desk.filing(), desk.asked(reference="311-7", occurred_at=was), by=SYSTEM)
    again = await desk.city.ask(desk.filing(), desk.asked(reference="311-7", occurred_at=was), by=SYSTEM)
    assert (first.id, first.version) == (again.id, again.version)
    other = await desk.city.ask(desk.filing(), desk.asked(reference="311-8", occurred_at=was), by=SYSTEM)
    assert other.id != first.id
    events = [entry.event for entry in await desk.city.events() if isinstance(entry.event, ServiceRequestReceived)]
    assert [event.reference for event in events] == ["311-7", "311-8"]
    assert events[0].number.startswith(f"SR-{CITY}-20251020-")


@pytest.mark.parametrize("role", [Role.MUNICIPAL, Role.MANAGER, Role.RESIDENT, Role.OWNERS_COMMITTEE])
async def test_others_give_no_time_of_their_own(role: Role) -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(by=desk.caller(role), occurred_at=desk.city.clock.now())
    assert error.value.pointer == "/occurred_at"


async def test_a_time_without_an_offset_is_none() -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(by=SYSTEM, occurred_at=desk.city.clock.now().replace(tzinfo=None))
    assert error.value.pointer == "/occurred_at"


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "1799-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "9999-01-01T00:00:00Z"]
)
async def test_a_time_that_no_calendar_reaches_is_pointed_at(when: str) -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.file(by=SYSTEM, occurred_at=datetime.fromisoformat(when))
    assert error.value.pointer == "/occurred_at"


@pytest.mark.parametrize("when", ["9998-12-31T23:59:59-12:00", "2026-11-24T12:00:01+08:00"])
async def test_the_farthest_future_is_the_future(when: str) -> None:
    desk = await Desk.open()
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.file(by=SYSTEM, occurred_at=datetime.fromisoformat(when))
    assert [rule.code for rule in refusal.value.broken] == ["request.in-the-future"]


async def test_the_earliest_time_has_deadlines_too() -> None:
    desk = await Desk.open()
    await desk.file(by=SYSTEM, category=Category.COMPLEX, occurred_at=datetime.fromisoformat("1800-01-01T00:00:00Z"))


async def test_deadlines_are_those_of_the_rule_set_in_force_on_the_day_of_receipt() -> None:
    desk = await Desk.open()
    tomorrow = (desk.city.clock.now() + timedelta(days=1)).date()
    await desk.city.ask(
        AdoptingRuleSet(),
        AdoptRuleSet(version="2026-2", in_force_from=tomorrow, major_take_charge_hours=5),
    )
    today_s = await filed(desk, desk.resident, major=True, kind=Kind.REPAIR, category=Category.EMERGENCY)
    desk.city.days_pass(1)
    tomorrow_s = await filed(desk, desk.resident, major=True, kind=Kind.REPAIR, category=Category.EMERGENCY)
    assert (today_s.rule_set, tomorrow_s.rule_set) == ("2000-1", "2026-2")
    assert today_s.take_charge_by == today_s.occurred_at + timedelta(hours=2)
    assert tomorrow_s.take_charge_by == tomorrow_s.occurred_at + timedelta(hours=5)


async def test_the_same_key_gives_the_same_request() -> None:
    desk = await Desk.open()
    key = RetryKey(digest=b"k", fingerprint=b"f")
    first = await desk.city.ask(desk.filing(), desk.asked(), by=desk.resident, retry_key=key)
    again = await desk.city.ask(desk.filing(), desk.asked(), by=desk.resident, retry_key=key)
    assert first == again


async def test_a_stranger_finds_no_request() -> None:
    desk = await Desk.open()
    request_id = await desk.file()
    with pytest.raises(NoSuchThing):
        await desk.do("dispatch", request_id, by=desk.elsewhere(Role.COMPANY))
