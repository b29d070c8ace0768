"""Erasing the personal data of a licence's holder."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from domain.kernel.aggregate import StreamName
from domain.licensing.certificates import EraseHolder, erase_holder
from domain.licensing.folding import LICENCE


class PersonKeys(Protocol):
    """The keys under which personal fields are sealed, one a person."""

    async def erase(self, person: StreamName) -> None:
        """Destroy a person's key; once it is gone nothing happens."""


@dataclass(frozen=True, slots=True)
class ErasingHolder:
    """Record the erasure, then destroy the person's key; the log and its proofs stay whole."""

    keys: PersonKeys
    command: ClassVar[str] = "erase-holder"

    async def __call__(self, dossier: Dossier, asked: EraseHolder) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        # Before the answer to a retry: whatever kept the key from being destroyed the first time is made good.
        dossier.afterwards(lambda: self.keys.erase(LICENCE.stream(asked.licence_id)))
        await dossier.admit(
            Operation.ERASE_PERSON, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        dossier.add(LICENCE, asked.licence_id, erase_holder(licence, asked, today=await dossier.today()))
