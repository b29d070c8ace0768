"""The demonstration city: through the use cases, the same for the same seed, twice as once."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry
from stdnum.cn import ric, uscc

from api.commands import commands_over
from api.demo.filling import Filled, FillingCity
from api.demo.invention import Invention
from api.settings import Settings
from api.watching import Watch
from application.kernel.attachments import NoAttachments
from domain.service_requests.events import ServiceRequestReceived
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import ServiceRequest, Status
from domain.service_requests.words import Category, Channel, Kind
from tests.application.city import City
from tests.application.counting import NothingCounted


async def fill(city: City, seed: int = 1, requests: int = 0) -> Filled:
    watch = Watch(CollectorRegistry())
    commands = commands_over(
        city.ledger, Settings(), city.identities, city.keys, NoAttachments(), NothingCounted(), watch
    )
    filling = FillingCity(
        commands=commands,
        seed=seed,
        now=city.clock.now(),
        zone=ZoneInfo("Asia/Shanghai"),
        progress=lambda *_: None,
    )
    return await filling(managers=40, projects=60, requests=requests)


async def kinds(city: City) -> Counter[str]:
    return Counter(event.type for event in await city.events())


async def test_the_city_has_managers_in_office_points_and_revocations() -> None:
    city = await City.begun()
    filled = await fill(city)
    happened = await kinds(city)
    assert (filled.licences, happened["licence.practice-registered"]) == (40, 40)
    assert filled.projects == happened["project.registered"] >= 60
    assert happened["project.section-added"] > 0
    assert filled.appointments == happened["project.manager-took-office"] > 20
    assert happened["licence.revoked"] > 0
    assert happened["licence.deduction-rescinded"] > 0
    assert filled.refused == happened["project.request-refused"] > 0


async def test_the_same_seed_fills_the_same_and_only_once() -> None:
    first, second = await City.begun(), await City.begun()
    assert await fill(first) == await fill(second)
    before = await kinds(first)
    await fill(first)
    added = await kinds(first) - before
    assert set(added) <= {"project.request-refused"}


async def test_another_seed_adds_another_city() -> None:
    city = await City.begun()
    await fill(city, 1)
    await fill(city, 2)
    assert (await kinds(city))["licence.file-opened"] == 80


def test_made_up_numbers_have_the_right_check_digits() -> None:
    for nth in range(50):
        drawn = Invention.of(7, "test", nth)
        assert ric.is_valid(drawn.holder().id_number.value or "")
        assert uscc.is_valid(drawn.company().uscc or "")


async def requests_of(city: City) -> Sequence[ServiceRequest]:
    """Fold every request of the city."""
    streams: dict[str, list[Any]] = {}
    for event in await city.events():
        if event.type in SERVICE_REQUEST.events and "refusals" not in event.stream:
            streams.setdefault(event.stream, []).append(event.event)
    folded = [SERVICE_REQUEST.fold(events) for stream, events in streams.items() if "overdue" not in stream]
    return [request for request in folded if request is not None]


async def test_a_year_of_requests_has_everything_that_may_become_of_one() -> None:
    city = await City.begun()
    filled = await fill(city, requests=300)
    requests = await requests_of(city)
    assert filled.requests == len(requests) == 300
    assert {request.kind for request in requests} == set(Kind)
    assert {request.category for request in requests} == set(Category)
    assert {request.status for request in requests} >= set(Status) - {Status.PAUSED, Status.RECEIVED}
    happened = await kinds(city)
    assert {name for name in SERVICE_REQUEST.events if not happened[name]} == {"service-request.request-refused"}
    assert happened["project.zone-defined"] == filled.zones > 20
    assert happened["service-request.response-overdue"] > 5
    assert happened["service-request.resolution-overdue"] > 5
    assert sum(request.major for request in requests) >= 3
    received = [e.event for e in await city.events() if isinstance(e.event, ServiceRequestReceived)]
    now = city.clock.now()
    assert {event.channel for event in received} >= set(Channel) - {Channel.OPEN311, Channel.VISIT, Channel.IMPORT}
    assert any(event.zone for event in received)
    assert any(event.by_reporter for event in received)
    assert now - timedelta(days=366) < min(event.occurred_at for event in received) < now - timedelta(days=330)
    assert now - timedelta(days=1) < max(event.occurred_at for event in received) <= now


async def test_the_same_seed_has_the_same_requests_and_only_once() -> None:
    first, second = await City.begun(), await City.begun()
    assert await fill(first, requests=60) == await fill(second, requests=60)
    assert await kinds(first) == await kinds(second)
    before = await kinds(first)
    await fill(first, requests=60)
    assert {name for name in await kinds(first) - before if not name.endswith("request-refused")} == set()
