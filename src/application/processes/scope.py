"""How far a district reaches over a manager: through a project of theirs, or through one of their company's."""

from dataclasses import replace

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Thing
from application.licensing.scope import licence_thing
from domain.companies.roster import ROSTER
from domain.kernel.identifiers import LicenceId
from domain.licensing.licence import Licence


async def supervised(dossier: Dossier, licence_id: LicenceId, licence: Licence) -> Thing:
    """Answer a licence's scope; for a district with the districts in which the manager's company has a project."""
    thing = licence_thing(licence_id, licence)
    if dossier.caller.role is not Role.DISTRICT or licence.employer is None:
        return thing
    roster = await dossier.read(ROSTER, licence.employer)
    return thing if roster is None else replace(thing, districts=thing.districts | roster.districts)
