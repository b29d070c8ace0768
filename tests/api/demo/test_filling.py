"""The demonstration city: through the use cases, the same for the same seed, twice as once."""

from collections import Counter

from prometheus_client import CollectorRegistry
from stdnum.cn import ric, uscc

from api.commands import commands_over
from api.demo.filling import Filled, FillingCity
from api.demo.invention import Invention
from api.settings import Settings
from api.watching import Watch
from application.kernel.attachments import NoAttachments
from tests.application.city import TODAY, City
from tests.application.counting import NothingCounted


async def fill(city: City, seed: int = 1) -> Filled:
    watch = Watch(CollectorRegistry())
    commands = commands_over(
        city.ledger, Settings(), city.identities, city.keys, NoAttachments(), NothingCounted(), watch
    )
    filling = FillingCity(commands=commands, seed=seed, today=TODAY, progress=lambda *_: None)
    return await filling(managers=40, projects=60)


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
