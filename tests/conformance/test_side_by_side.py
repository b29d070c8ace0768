"""A stock application and our own store append to one log at once: one order, nothing skipped, each knows its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import islice
from typing import Final
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Notification
from eventsourcing.projection import ProjectionRunner
from eventsourcing.tests.projection import AggregateEventCountersProjection

from adapters.postgres import checkpoints
from adapters.postgres.auditing import PostgresAudit
from adapters.postgres.codec import Codec
from adapters.postgres.leaf import leaf_of
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.licences import LICENCES
from application.processes.verifying.log import VerifyingLog
from domain.licensing.folding import LICENCE
from tests.adapters.notes import NOTE, appending, new_note, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.read_models.lives import lived
from tests.adapters.postgres.read_models.town import Town
from tests.adapters.postgres.servers import Server
from tests.conformance.cities import City
from tests.conformance.views import CountersInMemory

COMMANDS: Final = 40
EACH: Final = 3
ALL: Final = 2 * COMMANDS * EACH

TO_MEMORY: Final = {"EVENTCOUNTERS_PERSISTENCE_MODULE": "eventsourcing.popo"}


@pytest.fixture
async def log(server: Server) -> AsyncIterator[Bench]:
    async with Bench(server.url, City(server.url, uuid4().hex[:12]).schema) as log:
        yield log


def settings(log: Bench | Town) -> dict[str, str]:
    return {**City(log.url, log.schema.removeprefix("city_")).settings, **TO_MEMORY}


def three_events() -> Aggregate:
    aggregate = Aggregate()
    for _ in range(EACH - 1):
        aggregate.trigger_event(Aggregate.Event)
    return aggregate


def follow(application: Application[UUID], count: int) -> Sequence[Notification]:
    """Read events as they come, by the library's subscription."""
    with application.recorder.subscribe() as subscription:
        return list(islice(subscription, count))


async def test_both_append_to_one_order(log: Bench) -> None:
    with ProjectionRunner(
        application_class=Application[UUID],
        projection_class=AggregateEventCountersProjection,
        view_class=CountersInMemory,
        env=settings(log),
    ) as runner:
        following = asyncio.create_task(asyncio.to_thread(follow, runner.app, ALL))
        await asyncio.gather(
            *(asyncio.to_thread(runner.app.save, three_events()) for _ in range(COMMANDS)),
            *(log.store.append(appending(new_note(), *[written()] * EACH)) for _ in range(COMMANDS)),
        )
        followed = await following
        stock = [entry.id for entry in followed if entry.topic.startswith("eventsourcing.")]
        await asyncio.to_thread(runner.wait, stock[-1], 20.0)
        counted = (runner.view.get_created_event_counter(), runner.view.get_subsequent_event_counter())
        sections = [runner.app.notification_log[f"{first},{first + 9}"] for first in range(1, ALL, 10)]

    assert counted == (COMMANDS, COMMANDS * (EACH - 1))
    assert [entry.id for entry in followed] == list(range(1, ALL + 1))
    assert [entry.id for section in sections for entry in section.items] == list(range(1, ALL + 1))
    rows = await log.rows()
    assert [row.position for row in rows] == list(range(1, ALL + 1))
    assert len({row.recorded_at for row in rows}) > 1
    assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
    for row in rows:
        parts = row._asdict()
        assert parts.pop("leaf") == leaf_of(**parts)
    # What was saved together stands together.
    streams = [row.stream for row in rows]
    assert all(len(set(streams[at : at + EACH])) == 1 for at in range(0, ALL, EACH))


async def test_our_store_passes_over_what_is_the_librarys(log: Bench) -> None:
    with Application[UUID](settings(log)) as stock:
        await log.store.append(appending(note := new_note(), written("甲")))
        (foreign,) = stock.save(Aggregate())
        await log.store.append(appending(note, written("乙"), at=1))
        read = await log.store.read_opened(after=0, limit=10)
        assert [entry.event for entry in read] == [written("甲"), None, written("乙")]
        assert (read[1].position, read[1].origin) == (foreign.notification.id, None) == (2, None)
        ours = stock.recorder.select_events(note)
        assert [(event.originator_id, event.originator_version, event.topic, event.state) for event in ours] == [
            (note, 1, "note.written", '{"text":"甲"}'.encode()),
            (note, 2, "note.written", '{"text":"乙"}'.encode()),
        ]
    audit = PostgresAudit(log.database, Codec([NOTE]))
    report = await VerifyingLog(log=audit, aggregates={NOTE.name: NOTE})(await audit.ends(), lambda _: None)
    assert report.is_whole
    assert report.foreign == {"eventsourcing.domain:Aggregate.Created": 1}


async def test_whoever_waits_on_our_side_is_woken_by_the_library(log: Bench) -> None:
    await log.store.listener.listening.wait()
    with Application[UUID](settings(log)) as stock:
        waiting = asyncio.create_task(log.store.wait_beyond(0, 30))
        await asyncio.to_thread(stock.save, Aggregate())
        assert await asyncio.wait_for(waiting, 10) == 1


async def test_read_models_pass_over_what_is_the_librarys(server: Server) -> None:
    town = Town(server.url)
    town.schema = City(server.url, uuid4().hex[:12]).schema
    async with town:
        await town.build()
        with Application[UUID](settings(town)) as stock:
            for seed in range(1, 4):
                await asyncio.to_thread(stock.save, three_events())
                await town.tell(LICENCE, UUID(int=seed), *lived(seed))
        await town.follow()
        last = await town.facts.head(town.direct)
        assert {(each.position, each.passed_over) for each in await checkpoints.all_of(town.direct)} == {(last, 9)}
        assert {row.id for row in await town.rows(LICENCES)} == {UUID(int=seed) for seed in range(1, 4)}
        assert len(await checkpoints.all_of(town.direct)) == len(READ_MODELS)
