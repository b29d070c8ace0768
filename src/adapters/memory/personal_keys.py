"""The keys of persons in memory."""

from collections.abc import Collection, Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.postgres.sealing import PersonalKey


class MemoryPersonalKeys:
    """Keys that are gone with the process, or once erased."""

    def __init__(self) -> None:
        self._keys: dict[str, PersonalKey] = {}

    async def provide(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the key of every person, made now where there is none."""
        for person in persons:
            if person not in self._keys:
                self._keys[person] = PersonalKey(AESGCM.generate_key(256))
        return await self.find(persons)

    async def find(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the keys that there are; an erased person has none."""
        return {person: self._keys[person] for person in persons if person in self._keys}

    async def erase(self, person: str) -> None:
        """Destroy a person's key."""
        self._keys.pop(person, None)
