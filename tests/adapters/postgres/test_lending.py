"""Connections are lent in the order of asking, never to two at once, and dead ones are replaced."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from adapters.postgres.lending import Lending
from tests.adapters.postgres.servers import Server

PATIENCE = 0.2

Connect = Callable[[], Awaitable[asyncpg.Connection]]


@pytest.fixture
def connect(server: Server) -> Connect:
    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(server.url)

    return connect


async def test_what_is_given_back_is_lent_again(connect: Connect) -> None:
    lending = Lending(connect, most=2, patience=PATIENCE)
    first = await lending.borrow()
    lending.give_back(first)
    assert await lending.borrow() is first
    await lending.close(1)


async def test_no_more_are_open_than_agreed(connect: Connect) -> None:
    lending = Lending(connect, most=2, patience=PATIENCE)
    assert await lending.borrow() is not await lending.borrow()
    with pytest.raises(TimeoutError):
        await lending.borrow()
    await lending.close(1)


async def test_those_who_wait_are_served_in_their_order(connect: Connect) -> None:
    lending = Lending(connect, most=1, patience=PATIENCE)
    held = await lending.borrow()
    served: list[int] = []

    async def ask(number: int) -> None:
        connection = await lending.borrow()
        served.append(number)
        lending.give_back(connection)

    async with asyncio.TaskGroup() as asking:
        for number in range(5):
            asking.create_task(ask(number))
        await asyncio.sleep(0)
        lending.give_back(held)
    assert served == [0, 1, 2, 3, 4]
    await lending.close(1)


async def test_whoever_gives_up_in_the_moment_of_their_turn_hands_it_on(connect: Connect) -> None:
    lending = Lending(connect, most=1, patience=PATIENCE)
    held = await lending.borrow()
    first, second = asyncio.create_task(lending.borrow()), asyncio.create_task(lending.borrow())
    await asyncio.sleep(0)
    lending.give_back(held)
    first.cancel()
    assert await second is held
    with pytest.raises(asyncio.CancelledError):
        await first
    await lending.close(1)


@pytest.mark.parametrize("somebody_waits", [True, False])
async def test_a_dead_connection_leaves_its_place(connect: Connect, *, somebody_waits: bool) -> None:
    lending = Lending(connect, most=1, patience=PATIENCE)
    held = await lending.borrow()
    waiting = [asyncio.create_task(lending.borrow())] if somebody_waits else []
    await asyncio.sleep(0)
    held.terminate()
    lending.give_back(held)
    other = await (waiting[0] if waiting else lending.borrow())
    assert await other.fetchval("select 1") == 1
    await lending.close(1)


async def test_one_that_died_while_it_was_idle_is_replaced(connect: Connect) -> None:
    lending = Lending(connect, most=1, patience=PATIENCE)
    idle = await lending.borrow()
    lending.give_back(idle)
    idle.terminate()
    assert await (await lending.borrow()).fetchval("select 1") == 1
    await lending.close(1)


async def test_an_open_transaction_is_not_lent_on(connect: Connect) -> None:
    lending = Lending(connect, most=1, patience=PATIENCE)
    left = await lending.borrow()
    await left.execute("begin")
    lending.give_back(left)
    assert await lending.borrow() is not left
    await lending.close(1)


async def test_a_place_in_which_nothing_could_be_opened_is_free_again(connect: Connect) -> None:
    is_down = True

    async def now_and_then() -> asyncpg.Connection:
        if is_down:
            raise ConnectionRefusedError
        return await connect()

    lending = Lending(now_and_then, most=1, patience=PATIENCE)
    with pytest.raises(ConnectionRefusedError):
        await lending.borrow()
    is_down = False
    assert await (await lending.borrow()).fetchval("select 1") == 1
    await lending.close(1)


async def test_a_statement_given_up_half_way_disturbs_nobody(connect: Connect) -> None:
    lending = Lending(connect, most=1, patience=5)
    slow = await lending.borrow()
    asking = asyncio.create_task(slow.fetchval("select pg_sleep(30)"))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    lending.give_back(slow)
    assert await (await lending.borrow()).fetchval("select 1") == 1
    await lending.close(1)


async def test_closing_ends_what_is_idle_and_what_is_lent(connect: Connect) -> None:
    lending = Lending(connect, most=2, patience=PATIENCE)
    idle, lent = await lending.borrow(), await lending.borrow()
    lending.give_back(idle)
    await lending.close(1)
    assert idle.is_closed()
    assert lent.is_closed()
    lending.give_back(lent)
