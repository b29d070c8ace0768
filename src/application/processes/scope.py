"""How far a district reaches over a manager: through a project of theirs, or through one of their company's."""

from dataclasses import replace

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Thing
from application.licensing.scope import licence_thing
from domain.companies.roster import ROSTER
from domain.kernel.identifiers import CompanyId, LicenceId
from domain.licensing.licence import Licence


async def supervised(
    dossier: Dossier, licence_id: LicenceId, licence: Licence, *, charged_at: CompanyId | None = None
) -> Thing:
    """Answer a licence's scope; for a district with the districts in which the manager's company has a project.

    `charged_at` is the company at which a violation was charged: its districts keep what they began there when the
    manager has left it, or was revoked.
    """
    thing = licence_thing(licence_id, licence)
    if dossier.caller.role is not Role.DISTRICT:
        return thing
    districts = thing.districts
    for company_id in (licence.employer, charged_at):
        if company_id is not None and (roster := await dossier.read(ROSTER, company_id)) is not None:
            districts |= roster.districts
    return replace(thing, districts=districts)
