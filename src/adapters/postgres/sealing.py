"""Personal values at rest: AES-256-GCM under a key of the person's own, bound to the stream and the event's name."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK_BYTES: Final = 4
_NONCE_BYTES: Final = 12

Nonces = Callable[[], bytes]
"""Where the 12 bytes that no key may meet twice come from; a port, so that tests can pin stored bytes."""


def random_nonce() -> bytes:
    """Answer 12 random bytes."""
    return os.urandom(_NONCE_BYTES)


class Tampered(Exception):
    """A sealed value was made with this person's key, but is not what was sealed."""


class PersonalKey:
    """The key of one person; `mark` tells, before opening, whether a value was sealed with it."""

    __slots__ = ("_cipher", "mark")

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.mark: Final = sha256(b"guanjia personal key " + key).digest()[:_MARK_BYTES]

    def seal(self, value: str, bound_to: bytes, nonce: bytes) -> str:
        """Answer base64url of mark ‖ nonce ‖ ciphertext."""
        sealed = self._cipher.encrypt(nonce, value.encode(), bound_to)
        return urlsafe_b64encode(self.mark + nonce + sealed).rstrip(b"=").decode()

    def open(self, sealed: str, bound_to: bytes) -> str | None:
        """Answer the value; None when it was sealed with an earlier key, which is destroyed.

        Raises: Tampered.
        """
        raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        if raw[:_MARK_BYTES] != self.mark:
            return None
        nonce, ciphertext = raw[_MARK_BYTES : _MARK_BYTES + _NONCE_BYTES], raw[_MARK_BYTES + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, bound_to).decode()
        except InvalidTag:
            raise Tampered from None


class PersonalKeys(Protocol):
    """The keys of persons, each named by the stream of the file about them.

    Nobody keeps a key for longer than one use, so that an erasure holds at once.
    """

    async def provide(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the key of every person, made now where there is none."""

    async def find(self, persons: Collection[str]) -> Mapping[str, PersonalKey]:
        """Answer the keys that there are; an erased person has none."""

    async def erase(self, person: str) -> None:
        """Destroy a person's key: what was sealed with it can never be opened again."""


def person_of(stream: str) -> str:
    """Name the person whom a stream's personal values are about; refusals belong to the file that they stand beside."""
    return stream.replace("-refusals-", "-", 1)


def bound_to(stream: str, name: str) -> bytes:
    """Answer what a sealed value is bound to: its stream and the stored name of its event."""
    return f"{stream}\0{name}".encode()
