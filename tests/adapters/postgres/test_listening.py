"""What other processes commit is heard of at once."""

from tests.adapters.notes import appending, new_note, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.waiting import until


async def test_a_commit_of_another_process_wakes_whoever_waits(log: Bench) -> None:
    other = await log.another_store()
    await other.listener.listening.wait()
    await log.store.append(appending(new_note(), written(), written()))
    assert await other.wait_beyond(0, 20) == 2


async def test_what_was_committed_before_is_known_once_the_channel_is_heard(log: Bench) -> None:
    await log.store.append(appending(new_note(), written()))
    other = await log.another_store()
    await other.listener.listening.wait()
    assert await other.wait_beyond(0, 0) == 1


async def test_a_lost_channel_is_heard_again(log: Bench) -> None:
    await log.store.listener.listening.wait()
    await log.direct.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guanjia listener'"
    )
    await until(lambda: _is_deaf(log))
    await log.store.listener.listening.wait()
    other = await log.another_store()
    await other.append(appending(new_note(), written()))
    assert await log.store.wait_beyond(0, 20) == 1


async def _is_deaf(log: Bench) -> bool:
    return not log.store.listener.listening.is_set()


async def test_one_batch_notifies_once(log: Bench) -> None:
    heard: list[object] = []
    await log.direct.add_listener(await log.sees("select log_channel()"), lambda *said: heard.append(said[-1]))
    await log.store.append(appending(new_note(), written(), written(), written()))
    await log.direct.execute("select 1")
    assert heard == ["3"]


async def test_cities_on_one_server_do_not_hear_each_other(log: Bench) -> None:
    async with Bench(log.url) as neighbour:
        await neighbour.store.append(appending(new_note(), written()))
        assert await neighbour.sees("select log_channel()") != await log.sees("select log_channel()")
        assert await log.store.heads([]) == ({}, 0)
