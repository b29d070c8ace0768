"""What has been recorded stays as it was recorded."""

import asyncpg
import pytest

from tests.adapters.notes import appending, new_note, signed, written
from tests.adapters.postgres.bench import Bench


@pytest.mark.parametrize(
    "statement",
    [
        "update events set type = 'note.other' where position = 1",
        "update events set data = data where false",
        "delete from events",
        "truncate events",
        "set session_replication_role = replica; delete from events",
    ],
)
async def test_the_log_refuses_to_be_changed(log: Bench, statement: str) -> None:
    await log.store.append(appending(new_note(), written()))
    before = await log.rows()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="the log is never changed"):
        await log.direct.execute(statement)
    assert await log.rows() == before


async def test_the_view_shows_the_log_as_json(log: Bench) -> None:
    await log.store.append(appending(new_note(), written("a\0b 甲")))
    await log.put_foreign("stock-1")
    ours, foreign = await log.direct.fetch("select type, data::text, metadata::text, leaf from log order by position")
    assert ours["data"] == '{"text":"a\\u0000b 甲"}'
    assert '"command":"write-note"' in ours["metadata"]
    assert ours["leaf"] == (await log.rows())[0].leaf.hex()
    assert foreign["data"] == '"AP8="'


async def test_anyone_with_psql_can_search_the_view(log: Bench) -> None:
    await log.store.append(appending(new_note(), written("甲"), signed()))
    assert await log.sees("select data->>'text' from log where metadata->>'command' = 'write-note' limit 1") == "甲"


async def test_the_append_is_refused_outside_read_committed(log: Bench) -> None:
    """Under a snapshot that is taken once, the lock would not show what its last holder committed."""
    async with log.direct.transaction(isolation="repeatable_read"):
        await log.direct.execute("select 1")
        await log.store.append(appending(new_note(), written()))
        with pytest.raises(asyncpg.SerializationError):
            await log.put_foreign("stock-1")
