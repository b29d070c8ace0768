"""Whoever follows the log through the library is woken at once when that is heard, and soon when it is not."""

import asyncio

import pytest
from eventsourcing.persistence import ProgrammingError

from adapters.eventsourcing import Factory
from adapters.eventsourcing import log as library_log
from adapters.postgres.listener import Listener
from tests.adapters.eventsourcing.stored import bought
from tests.adapters.notes import appending, new_note, written
from tests.adapters.postgres.bench import Bench

PATIENCE = 20.0


async def test_what_others_append_is_heard_of(log: Bench, factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_log, "_POLL_SECONDS", 3_600.0)
    with factory.application_recorder().subscribe() as subscription:
        for position in (1, 2, 3):
            await log.store.append(appending(new_note(), written()))
            following = asyncio.to_thread(next, subscription)
            assert (await asyncio.wait_for(following, PATIENCE)).id == position


async def test_what_is_not_heard_of_is_found(log: Bench, factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_log, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(Listener, "start", lambda _: None)
    with factory.application_recorder().subscribe() as subscription:
        await log.store.append(appending(new_note(), written()))
        assert (await asyncio.wait_for(asyncio.to_thread(next, subscription), PATIENCE)).id == 1


async def test_it_follows_some_topics_beyond_a_position(log: Bench, factory: Factory) -> None:
    recorder = factory.application_recorder()
    recorder.insert_events([bought(topic="shop:Bought"), bought(topic="shop:Sold"), bought(topic="shop:Sold")])
    await log.store.append(appending(new_note(), written()))
    with recorder.subscribe(gt=2, topics=["shop:Sold", "note.written"]) as subscription:
        assert [(event.id, event.topic) for event in (next(subscription), next(subscription))] == [
            (3, "shop:Sold"),
            (4, "note.written"),
        ]


async def test_it_ends_with_what_went_wrong(log: Bench, factory: Factory) -> None:
    with factory.application_recorder().subscribe() as subscription:
        await log.direct.execute("alter table events rename to elsewhere")
        await log.direct.execute("select pg_notify(log_channel(), '1')")
        with pytest.raises(ProgrammingError, match="does not exist"):
            await asyncio.wait_for(asyncio.to_thread(next, subscription), PATIENCE)
        await log.direct.execute("alter table elsewhere rename to events")
