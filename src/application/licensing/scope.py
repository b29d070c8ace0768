"""What a licence file is measured against when a permission is scoped."""

from application.kernel.permissions import Thing
from domain.kernel.identifiers import LicenceId
from domain.licensing.licence import Licence


def licence_thing(licence_id: LicenceId, licence: Licence) -> Thing:
    """Answer the company whose manager this is, and the projects and districts of the appointments held now."""
    employer, appointments = licence.employer, licence.appointments
    return Thing(
        companies=frozenset() if employer is None else frozenset({employer}),
        licences=frozenset({licence_id}),
        projects=frozenset([held.project_id for held in appointments]),
        districts=frozenset([held.district for held in appointments]),
    )
