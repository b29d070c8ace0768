"""Four server processes, 64 clients, two readers: the log stays one dense sequence that everybody sees alike."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.pressure.services import WORKERS, serves
from tests.pressure.town import CLIENTS, tell, town

ORDERS_EACH: Final = 14


async def test_nothing_is_skipped_doubled_or_out_of_order(
    folder: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    async with serves(folder) as running, town(running, seed) as people:
        asked = await people.press(ORDERS_EACH, asyncio.Event())
        books = people.books
        assert asked == CLIENTS * ORDERS_EACH
        assert books.refused
        assert books.replayed
        await asyncio.to_thread(people.is_whole)
    counts = {
        "seed": seed,
        "server processes": len(running) * WORKERS,
        "clients": CLIENTS,
        "commands accepted": len(books.accepted),
        "commands refused": len(books.refused),
        "receipts replayed": books.replayed,
        "asked again": dict(books.asked_again),
        "violations": 0,
    }
    tell(counts, record_property)
