"""The keys of persons in the database."""

import asyncio

import pytest

from adapters.postgres.personal_keys import KeyNotWrapped, PostgresPersonalKeys
from adapters.postgres.sealing import person_of
from domain.kernel.aggregate import StreamName
from tests.adapters.notes import FixedNonces, NoteSigned, appending, new_note, refusals_of, signed
from tests.adapters.postgres.bench import MASTER_KEY, Bench

NONCE = b"n" * 12


async def test_a_key_is_made_once_and_stays(log: Bench) -> None:
    person = new_note()
    made = (await log.keys.provide([person]))[person]
    found = (await log.keys.find([person]))[person]
    assert found.open(made.seal("王", b"", NONCE), b"") == "王"


async def test_every_person_has_a_key_of_their_own(log: Bench) -> None:
    one, other = new_note(), new_note()
    keys = await log.keys.provide([one, other])
    assert keys[other].open(keys[one].seal("王", b"", NONCE), b"") is None


async def test_processes_that_need_a_key_at_once_get_the_same(log: Bench) -> None:
    person = new_note()
    provided = await asyncio.gather(
        *(PostgresPersonalKeys(log.database, MASTER_KEY).provide([person]) for _ in range(8))
    )
    assert len({keys[person].mark for keys in provided}) == 1


async def test_an_erased_key_is_gone_in_every_process_at_once(log: Bench) -> None:
    note, other = new_note(), await log.another_store()
    await log.store.append(appending(note, signed()))
    [before] = await other.read_opened(after=0, limit=1)
    assert before.event == signed()
    await log.keys.erase(note)
    [after] = await other.read_opened(after=0, limit=1)
    assert isinstance(after.event, NoteSigned)
    assert after.event.author.name.value is None
    assert await log.sees("select count(*) from person_keys") == 0


async def test_erasing_a_person_without_a_key_is_no_error(log: Bench) -> None:
    await log.keys.erase(new_note())


async def test_keys_at_rest_are_wrapped_and_bound_to_their_person(log: Bench) -> None:
    one, other = new_note(), new_note()
    keys = PostgresPersonalKeys(log.database, MASTER_KEY, nonces=FixedNonces())
    await keys.provide([one, other])
    await log.direct.execute(
        "update person_keys set wrapped = (select wrapped from person_keys where person = $1) where person = $2",
        one,
        other,
    )
    assert (await keys.find([one])).keys() == {one}
    with pytest.raises(KeyNotWrapped, match=other):
        await keys.find([other])


async def test_another_master_key_unwraps_nothing(log: Bench) -> None:
    person = new_note()
    await log.keys.provide([person])
    with pytest.raises(KeyNotWrapped):
        await PostgresPersonalKeys(log.database, b"x" * 32).find([person])


async def test_nobody_in_question_asks_no_database(log: Bench) -> None:
    assert await PostgresPersonalKeys(log.database, MASTER_KEY).find([]) == {}


def test_refusals_are_about_the_person_of_the_file_they_stand_beside() -> None:
    note = new_note()
    assert person_of(note) == note
    assert person_of(refusals_of(note)) == note
    assert person_of(StreamName("note")) == "note"
