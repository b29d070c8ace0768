"""Several processes write while a reader follows: nothing is skipped, nothing comes twice, order is that of commits."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from itertools import pairwise
from pathlib import Path

import pytest

from application.kernel.ports import Accepted, Recorded
from domain.kernel.aggregate import StreamName
from tests.adapters.notes import appending, new_note, written
from tests.adapters.postgres.bench import Bench

_ROOT = Path(__file__).parents[3]
_PROCESSES = 2
_ROUNDS = 25
_EVENTS = _PROCESSES * _ROUNDS * (8 * 2 + 1)


async def following(log: Bench, until: int) -> list[Recorded]:
    """Read as a read model does: whatever is beyond the last position, then wait to hear of more."""
    seen: list[Recorded] = []
    position = 0
    while position < until:
        found = await log.store.read_opened(after=position, limit=7)
        seen += found
        if found:
            position = found[-1].position
        else:
            await log.store.wait_beyond(position, 1)
    return seen


async def process(log: Bench, shared: StreamName) -> None:
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.adapters.postgres.writing_process", log.url, log.schema, shared, str(_ROUNDS)),
        stderr=PIPE,
        cwd=_ROOT,
    )
    _, said = await running.communicate()
    assert running.returncode == 0, said.decode()


async def test_a_reader_that_follows_two_processes_skips_nothing(log: Bench) -> None:
    shared = new_note()
    async with asyncio.timeout(120):
        follower = asyncio.create_task(following(log, _EVENTS))
        await asyncio.gather(*(process(log, shared) for _ in range(_PROCESSES)))
        seen = await follower
    assert [entry.position for entry in seen] == list(range(1, _EVENTS + 1))
    assert [entry.version for entry in seen if entry.stream == shared] == list(range(1, _PROCESSES * _ROUNDS + 1))
    assert len({(entry.stream, entry.version) for entry in seen}) == _EVENTS
    assert all(earlier.recorded_at <= later.recorded_at for earlier, later in pairwise(seen))
    rows = await log.rows()
    assert [(row.position, row.stream, row.version) for row in rows] == [
        (entry.position, entry.stream, entry.version) for entry in seen
    ]


async def test_positions_are_given_in_the_order_of_commits(log: Bench) -> None:
    """A position is never visible before all positions below it are: whoever sees n sees 1 to n."""
    stores = [log.store, *[await log.another_store() for _ in range(2)]]
    done = asyncio.Event()

    async def look() -> int:
        looks = 0
        while not done.is_set():
            holes = await log.sees("select coalesce(max(position), 0) - count(*) from events")
            assert holes == 0
            looks += 1
        return looks

    looking = asyncio.create_task(look())
    for _ in range(20):
        await asyncio.gather(*(store.append(appending(new_note(), written())) for store in stores for _ in range(5)))
    done.set()
    assert await looking > 0
    assert (await log.store.heads([]))[1] == 300


@pytest.mark.parametrize("places", [1, 3])
async def test_of_fifty_who_want_the_last_places_so_many_get_one(log: Bench, places: int) -> None:
    """Through two stores by turns, each deciding again on what it finds."""
    note, stores = new_note(), [log.store, await log.another_store()]

    async def take(turn: int) -> bool:
        store = stores[turn % 2]
        while True:
            heads, _ = await store.heads([note])
            if heads[note] >= places:
                return False
            if isinstance(await store.append(appending(note, written(), at=heads[note])), Accepted):
                return True

    assert sum(await asyncio.gather(*(take(turn) for turn in range(50)))) == places
    assert (await log.store.heads([note]))[0] == {note: places}
