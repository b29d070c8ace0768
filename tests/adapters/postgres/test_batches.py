"""Which commands go into one batch."""

import asyncio
from collections import deque
from collections.abc import Iterable

import pytest

from adapters.memory.personal_keys import MemoryPersonalKeys
from adapters.postgres import batches
from adapters.postgres.batches import Waiting, take_batch
from adapters.postgres.codec import Codec
from adapters.postgres.commands import encoded
from application.kernel.ports import Append
from tests.adapters.notes import NOTE, appending, new_note, refusing, retry_key, written

X, Y, Z = new_note(), new_note(), new_note()


async def queue_of(*appends: Append) -> deque[Waiting]:
    codec, keys = Codec([NOTE]), MemoryPersonalKeys()
    loop = asyncio.get_running_loop()
    return deque([Waiting(await encoded(append, codec, keys), loop.create_future()) for append in appends])


def of(waiting: Iterable[Waiting]) -> list[Append]:
    return [entry.command.append for entry in waiting]


async def test_what_is_independent_goes_together() -> None:
    appends = [appending(stream, written()) for stream in (X, Y, Z)]
    queue = await queue_of(*appends)
    assert of(take_batch(queue)) == appends
    assert not queue


async def test_what_depends_on_an_earlier_write_waits() -> None:
    first, second, third = appending(X, written()), appending(X, written(), at=1), appending(Y, written(), reads={X: 0})
    queue = await queue_of(first, second, third)
    assert of(take_batch(queue)) == [first]
    assert of(queue) == [second, third]


async def test_none_overtakes_by_writing_what_a_waiting_command_read() -> None:
    first = appending(X, written())
    waits = appending(Y, written(), reads={X: 1, Z: 0})
    would_spoil_it = appending(Z, written())
    free = appending(new_note(), written())
    queue = await queue_of(first, waits, would_spoil_it, free)
    assert of(take_batch(queue)) == [first, free]
    assert of(queue) == [waits, would_spoil_it]


async def test_a_reader_may_overtake() -> None:
    first, waits = appending(X, written()), appending(X, written(), at=1, reads={Z: 0})
    reader = appending(new_note(), written(), reads={Z: 0})
    queue = await queue_of(first, waits, reader)
    assert of(take_batch(queue)) == [first, reader]


async def test_a_key_is_in_one_batch_once() -> None:
    first, second = (appending(new_note(), written(), key=retry_key()) for _ in range(2))
    another = appending(new_note(), written(), key=retry_key("another"))
    queue = await queue_of(first, second, another)
    assert of(take_batch(queue)) == [first, another]
    assert of(queue) == [second]


async def test_a_key_of_a_waiting_command_waits_too() -> None:
    first = appending(X, written())
    waits = appending(X, written(), at=1, key=retry_key())
    same_key = appending(new_note(), written(), key=retry_key())
    queue = await queue_of(first, waits, same_key)
    assert of(take_batch(queue)) == [first]
    assert of(queue) == [waits, same_key]


async def test_refusals_beside_one_thing_go_together() -> None:
    appends = [refusing(X), refusing(X), appending(X, written())]
    assert of(take_batch(await queue_of(*appends))) == appends


async def test_a_batch_has_so_many_commands_at_most() -> None:
    queue = await queue_of(*(appending(new_note(), written()) for _ in range(5)))
    assert [len(take_batch(queue, most=2)) for _ in range(3)] == [2, 2, 1]


async def test_a_batch_ends_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = await queue_of(*(appending(new_note(), written("x" * 1000)) for _ in range(5)))
    monkeypatch.setattr(batches, "MOST_BYTES", 2 * queue[0].command.size)
    assert [len(take_batch(queue)) for _ in range(3)] == [2, 2, 1]
