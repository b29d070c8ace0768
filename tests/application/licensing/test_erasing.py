"""An erasure destroys the key, also when it could not the first time."""

from collections.abc import Collection, Mapping

from adapters.memory.personal_keys import MemoryPersonalKeys
from adapters.postgres.sealing import PersonalKey
from application.kernel.ports import RetryKey, Unavailable
from application.licensing.erasing_holder import ErasingHolder
from domain.licensing.certificates import EraseHolder
from domain.licensing.folding import LICENCE
from tests.application.city import City

KEY = RetryKey(digest=b"key", fingerprint=b"body")


class Unlucky:
    """Keys that are out of reach the first time one is to be destroyed."""

    def __init__(self, keys: MemoryPersonalKeys) -> None:
        self._keys = keys
        self._is_unlucky = True

    async def erase(self, person: str) -> None:
        if self._is_unlucky:
            self._is_unlucky = False
            raise Unavailable("the database cannot be reached")
        await self._keys.erase(person)


async def keys_left(keys: MemoryPersonalKeys, persons: Collection[str]) -> Mapping[str, PersonalKey]:
    return await keys.find(persons)


async def test_a_retry_destroys_the_key_that_was_out_of_reach() -> None:
    city = await City.begun()
    licence_id = await city.applicant()
    erasing, asked = ErasingHolder(Unlucky(city.keys)), EraseHolder(licence_id=licence_id, reason="期满")
    first = await city.answer(erasing, asked, retry_key=KEY)
    assert await keys_left(city.keys, [LICENCE.stream(licence_id)])
    again = await city.answer(erasing, asked, retry_key=KEY)
    assert again.receipt == first.receipt
    assert not await keys_left(city.keys, [LICENCE.stream(licence_id)])


async def test_a_second_erasure_destroys_the_key_and_records_nothing() -> None:
    city = await City.begun()
    licence_id = await city.applicant()
    erasing, asked = ErasingHolder(Unlucky(city.keys)), EraseHolder(licence_id=licence_id, reason="期满")
    await city.ask(erasing, asked)
    position = await city.last_position()
    await city.ask(erasing, asked)
    assert await city.last_position() == position
    assert not await keys_left(city.keys, [LICENCE.stream(licence_id)])
