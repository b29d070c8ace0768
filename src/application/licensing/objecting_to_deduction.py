"""Objecting to a deduction."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Forbidden, Operation
from application.licensing.scope import licence_thing
from domain.kernel.errors import Unacceptable, existing
from domain.licensing.folding import LICENCE
from domain.licensing.objection import ObjectToDeduction, object_to_deduction


@dataclass(frozen=True, slots=True)
class ObjectingToDeduction:
    """Object as the manager, or enter the manager's paper objection on their behalf."""

    command: ClassVar[str] = "object-to-deduction"

    async def __call__(self, dossier: Dossier, asked: ObjectToDeduction) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        deduction = existing(licence.deductions.get(asked.deduction_id))
        is_manager = dossier.caller.role is Role.MANAGER
        if is_manager and asked.on_behalf:
            raise Unacceptable(
                "/on_behalf", zh="本人提出异议时不填", en="is for clerks; a manager objects in their own name"
            )
        if not is_manager and not asked.on_behalf:
            raise Forbidden
        await dossier.admit(Operation.OBJECT, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES)
        today = await dossier.today()
        dossier.add(LICENCE, asked.licence_id, object_to_deduction(deduction, asked, today=today))
