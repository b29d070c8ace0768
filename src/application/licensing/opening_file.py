"""Opening the licence file of a person."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation, Thing
from application.kernel.ports import Identities
from domain.licensing.certificates import OpenFile, open_file
from domain.licensing.folding import LICENCE


@dataclass(frozen=True, slots=True)
class OpeningFile:
    """Open a file under the id that follows from the person's ID number."""

    identities: Identities
    command: ClassVar[str] = "open-licence-file"

    async def __call__(self, dossier: Dossier, asked: OpenFile) -> None:
        """Decide on the dossier."""
        licence_id = self.identities.licence(asked.holder.id_number)
        licence = await dossier.create(LICENCE, licence_id)
        company_id = dossier.caller.company if dossier.caller.role is Role.COMPANY else None
        own = Thing(companies=frozenset() if company_id is None else frozenset({company_id}))
        await dossier.admit(Operation.KEEP_LICENCE_FILES, own, reading=Operation.READ_LICENCES)
        today = await dossier.today()
        dossier.add(LICENCE, licence_id, open_file(licence, asked, by_company=company_id, today=today))
