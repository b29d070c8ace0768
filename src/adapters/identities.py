"""New ids, and the id of a licence file: a keyed hash of the person's ID number."""

import hmac
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from domain.kernel.identifiers import DeductionId, LicenceId
from domain.kernel.personal import IdNumber

_VERSION_8 = 0x8000
_VARIANT = 0x80


@dataclass(frozen=True, slots=True)
class KeyedIdentities:
    """Ids by chance, and licence ids by the identity key, which is 32 bytes and never rotated."""

    key: bytes = field(repr=False)

    def new(self) -> UUID:
        """Answer an id that nothing else has."""
        return uuid4()

    def licence(self, id_number: IdNumber) -> LicenceId:
        """Answer the licence file's id of a person: HMAC-SHA-256 of the ID number, cut to a version-8 UUID."""
        if id_number.value is None:
            raise ValueError("the id of a licence file follows from an ID number that can be read")
        digest = bytearray(hmac.digest(self.key, id_number.value.upper().encode(), "sha256")[:16])
        digest[6] = (digest[6] & 0x0F) | (_VERSION_8 >> 8)
        digest[8] = (digest[8] & 0x3F) | _VARIANT
        return LicenceId(UUID(bytes=bytes(digest)))

    def deduction(self) -> DeductionId:
        """Answer an id for a deduction."""
        return DeductionId(uuid4())
