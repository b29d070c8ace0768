"""Four server processes, 64 clients, two readers: the log stays one dense sequence that everybody sees alike."""

import asyncio
from collections.abc import Callable
from typing import Final

import pytest

from tests.pressure.town import CLIENTS, ROUNDS, Town, tell

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.xdist_group("pressure")]

ORDERS_EACH: Final = 8 * ROUNDS


async def test_nothing_is_skipped_doubled_or_out_of_order(
    people: Town, record_property: Callable[[str, object], None]
) -> None:
    asked = await people.press(ORDERS_EACH, asyncio.Event())
    assert asked == CLIENTS * ORDERS_EACH
    assert people.books.refused
    assert people.books.replayed
    tell(people.counts, record_property)
