"""The bodies of the calls about licences."""

from typing import Annotated

from pydantic import Field

from api.http.fields import (
    Body,
    Choice,
    Day,
    Flag,
    Id,
    IdNumberField,
    Name,
    PersonNameField,
    PhoneField,
    Text,
    Whole,
    Year,
)
from domain.kernel.identifiers import CompanyId, ProjectId
from domain.licensing.events import Basis, CertificateKind

MOST_EVIDENCE = 100


class HolderBody(Body):
    """The person of a licence file."""

    name: PersonNameField
    id_number: IdNumberField
    phone: PhoneField


class OpenFileBody(Body):
    """Whose file it is."""

    holder: HolderBody


class CertificateBody(Body):
    """A certificate to put on file."""

    kind: Choice[CertificateKind]
    number: Name
    issuer: Name
    issued_on: Day
    expires_on: Day | None = None


class ReasonBody(Body):
    """Why."""

    reason: Text


class RegistrationBody(Body):
    """For which company, and since when if an earlier register is taken over."""

    company_id: Id[CompanyId]
    registered_on: Day | None = None


class DeductionBody(Body):
    """The violation to charge; omitted points are the catalogue's reference points."""

    violation: Name
    points: Whole | None = None
    occurred_on: Day
    project_id: Id[ProjectId] | None = None
    basis: Choice[Basis] = Basis.REGULATION
    reason: Text
    evidence: Annotated[list[Text], Field(max_length=MOST_EVIDENCE)]


class ServiceBody(Body):
    """When and how the notice was served."""

    served_on: Day
    method: Name


class ObjectionBody(Body):
    """The grounds; `on_behalf` when a clerk enters the manager's paper objection."""

    grounds: Text
    on_behalf: Flag = False


class ObjectionDecisionBody(Body):
    """Whether the objection was right, and why."""

    upheld: Flag
    reason: Text


class InspectionBody(Body):
    """The year that the annual inspection judges."""

    year: Year
