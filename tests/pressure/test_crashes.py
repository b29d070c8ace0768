"""Servers and their database killed under load: what was acknowledged is there once, and service is back soon."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from tests.pressure.orders import Draw
from tests.pressure.services import Serve, kill_database, serves
from tests.pressure.town import CLIENTS, Town, tell, town

KILLS: Final = ("worker", "database", "supervisor", "worker", "database", "worker", "supervisor", "database", "worker")
BACK_SECONDS: Final = 10.0
LOAD_SECONDS: Final = 13.0
"""Nothing more is killed after so long, once the least have been."""

LEAST_KILLS: Final = 5
LONGEST_PAUSE_SECONDS: Final = 0.8
MOST_ORDERS_EACH: Final = 500
LONGEST_THOUGHT_SECONDS: Final = 0.5
"""A client thinks between two orders: all 64 without a pause would leave nothing of two cores for a restart to use."""


async def test_what_was_acknowledged_outlives_every_kill(
    folder: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    done = asyncio.Event()
    async with serves(folder) as running, town(running, seed) as people:
        asking = asyncio.create_task(people.press(MOST_ORDERS_EACH, done, LONGEST_THOUGHT_SECONDS))
        try:
            back_after = await _kill(people, random.Random(seed), asking)
        finally:
            done.set()
            await asyncio.wait({asking})
        asked = await asking
        await asyncio.to_thread(people.is_whole)
    assert asked < CLIENTS * MOST_ORDERS_EACH, "the load ended before the kills did"
    assert people.books.replayed
    assert {kind for kind, _ in back_after} == set(KILLS)
    assert len(back_after) >= LEAST_KILLS
    counts = {
        "seed": seed,
        "commands accepted": len(people.books.accepted),
        "commands refused": len(people.books.refused),
        "receipts replayed": people.books.replayed,
        "asked again": dict(people.books.asked_again),
        "kills": dict(Counter(kind for kind, _ in back_after)),
        "back after (s)": [f"{kind} {seconds:.1f}" for kind, seconds in back_after],
        "violations": 0,
    }
    tell(counts, record_property)


async def _kill(people: Town, chance: random.Random, asking: "asyncio.Task[int]") -> list[tuple[str, float]]:
    """Kill one after another at random moments; answers what, and after how many seconds service was back."""
    ends_at = time.monotonic() + LOAD_SECONDS
    draw = Draw(chance, numbers=count(10_000_000))
    back_after: list[tuple[str, float]] = []
    for kind in KILLS:
        await asyncio.wait({asking}, timeout=chance.uniform(0, LONGEST_PAUSE_SECONDS))
        if asking.done() or (time.monotonic() > ends_at and len(back_after) >= LEAST_KILLS):
            break
        began = time.monotonic()
        for harmed in await _kill_one(kind, people, chance):
            # Whoever asks this service alone has a command accepted: the database, the worker and the port are back.
            await replace(people.client(CLIENTS), serves=[harmed]).made(draw.company())
        back_after.append((kind, time.monotonic() - began))
        assert back_after[-1][1] < BACK_SECONDS, back_after
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
