"""Servers and their database killed under load: what was acknowledged is there once, and service is back soon."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Final

import pytest

from tests.pressure.conftest import SEED
from tests.pressure.machine import Elapsed, Watch
from tests.pressure.orders import Draw
from tests.pressure.services import Serve, kill_database
from tests.pressure.town import CLIENTS, ROUNDS, Town, tell

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.xdist_group("pressure")]

KILLS: Final = ("worker", "database", "worker", "database", "supervisor") * ROUNDS
BACK_SECONDS: Final = 10.0
"""From the kill to the first command that is answered again, but for what others on the machine take of it."""

LONGEST_PAUSE_SECONDS: Final = 0.8
MOST_ORDERS_EACH: Final = 10_000
LONGEST_THOUGHT_SECONDS: Final = 2.0
"""A client thinks between two orders: all 64 without a pause would leave nothing of two cores for a restart to use."""

IN_A_HURRY_SECONDS: Final = 0.1


async def test_what_was_acknowledged_outlives_every_kill(
    people: Town, record_property: Callable[[str, object], None]
) -> None:
    done = asyncio.Event()
    asking = asyncio.create_task(people.press(MOST_ORDERS_EACH, done, LONGEST_THOUGHT_SECONDS))
    try:
        back_after = await _kill(people, random.Random(SEED), asking)
    finally:
        done.set()
        await asyncio.wait({asking})
    await asking
    await people.is_whole()
    counts = {
        "kill -9": dict(Counter(kind for kind, _ in back_after)),
        "back after (s)": ", ".join(f"{kind} {elapsed}" for kind, elapsed in back_after),
    }
    tell(people.counts | counts, record_property)
    assert people.books.asked_again, "no request was hit by a kill"
    assert max(elapsed.without_others for _, elapsed in back_after) < BACK_SECONDS


async def _kill(people: Town, chance: random.Random, asking: "asyncio.Task[int]") -> list[tuple[str, Elapsed]]:
    """Kill one after another at random moments; answers what, and how long it took until service was back."""
    while not (people.draw.managers or asking.done()):  # they are still settling in
        await asyncio.wait({asking}, timeout=0.1)
    draw = Draw(chance, numbers=count(10_000_000))
    back_after: list[tuple[str, Elapsed]] = []
    for kind in KILLS:
        await asyncio.wait({asking}, timeout=chance.uniform(0, LONGEST_PAUSE_SECONDS))
        if asking.done():
            break  # it has failed, and says why
        watch = Watch.started(people.data_dir)
        for harmed in await _kill_one(kind, people, chance):
            # Whoever asks this service alone has a command accepted: the database, the worker and the port are back.
            await replace(people.client(CLIENTS), serves=[harmed], longest_pause=IN_A_HURRY_SECONDS).made(
                draw.company()
            )
        back_after.append((kind, watch.elapsed()))
    return back_after


async def _kill_one(kind: str, people: Town, chance: random.Random) -> list[Serve]:
    """Kill a process of this kind; answers the services that it was missing in, once another has been started."""
    serve = chance.choice(people.serves)
    match kind:
        case "worker":
            await serve.kill_worker(chance.choice(serve.workers()))
        case "supervisor":
            await serve.kill()
        case _:
            await kill_database(people.data_dir)
            return list(people.serves)
    return [serve]
