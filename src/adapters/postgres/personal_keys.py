"""The keys of persons in the database: each wrapped by the master key, read anew for every use, gone once erased."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.keys import derived
from adapters.postgres.connection import Database
from adapters.postgres.sealing import Nonces, PersonalKey, random_nonce

_NONCE_BYTES: Final = 12

_FIND: Final = "select person, wrapped from person_keys where person = any($1::text[])"
_ADD: Final = (
    "insert into person_keys (person, wrapped) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing"
)
_ERASE: Final = "delete from person_keys where person = $1"


class KeyNotWrapped(Exception):
    """A person's key was not wrapped by this process's master key."""


class PostgresPersonalKeys:
    """Keys wrapped as nonce ‖ AES-256-GCM ciphertext under a key derived from the master key, bound to the person.

    No key is kept between two uses, so that an erasure holds at once in every process.
    """

    def __init__(self, database: Database, master_key: bytes, nonces: Nonces = random_nonce) -> None:
        self._database = database
        self._wrapping = AESGCM(derived(master_key, "persons' keys"))
        self._nonces = nonces

    async def provide(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the key of every person, made now where there is none; made keys are committed on return."""
        keys = dict(await self.find(persons))
        missing = sorted(set(persons) - keys.keys())
        if missing:
            await self._database.fetch(_ADD, missing, [self._wrapped(person) for person in missing])
            keys |= await self.find(missing)
        return keys

    async def find(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the keys that there are, in one query; an erased person has none."""
        if not persons:
            return {}
        return self._unwrapped(await self._database.fetch(_FIND, list(persons)))

    async def erase(self, person: str) -> None:
        """Destroy a person's key: what was sealed with it can never be opened again."""
        await self._database.fetch(_ERASE, person)

    def _wrapped(self, person: str) -> bytes:
        nonce = self._nonces()
        return nonce + self._wrapping.encrypt(nonce, AESGCM.generate_key(256), person.encode())

    def _unwrapped(self, rows: Iterable[asyncpg.Record]) -> dict[str, PersonalKey]:
        return {person: PersonalKey(self._open(person, wrapped)) for person, wrapped in rows}

    def _open(self, person: str, wrapped: bytes) -> bytes:
        try:
            return self._wrapping.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], person.encode())
        except InvalidTag:
            raise KeyNotWrapped(
                f"the key of {person} was wrapped by another master key, or is not what it was"
            ) from None
