"""The bodies of the calls about projects."""

from datetime import date

from pydantic import ValidationInfo, field_validator

from api.http.fields import AreaM2, Body, Choice, Count, Day, DistrictCode, Flag, Id, Name, Text
from api.http.sentences import refused
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.projects.events import Contract, ProjectKind, Stage


class ContractBody(Body):
    """The days of a service contract, both included."""

    starts_on: Day
    ends_on: Day

    @field_validator("ends_on")
    @classmethod
    def _ends_after_it_starts(cls, ends_on: date, others: ValidationInfo) -> date:
        starts_on = others.data.get("starts_on")
        if starts_on is not None and ends_on < starts_on:
            raise refused("不得早于 starts_on", "must not be before starts_on")
        return ends_on

    @property
    def contract(self) -> Contract:
        """The contract as the register keeps it."""
        return Contract(starts_on=self.starts_on, ends_on=self.ends_on)


class ProjectBody(Body):
    """A project to register; a section names its parent."""

    name: Name
    district: DistrictCode
    address: Text
    kind: Choice[ProjectKind]
    building_area_m2: AreaM2
    households: Count
    company_id: Id[CompanyId]
    contract: ContractBody
    stage: Choice[Stage]
    section_of: Id[ProjectId] | None = None
    area_estimated: Flag = False


class AppointmentBody(Body):
    """Who is to manage the project."""

    licence_id: Id[LicenceId]


class ReplacementBody(Body):
    """Who is to manage the project in place of the one in office, and why."""

    licence_id: Id[LicenceId]
    reason: Text


class AreaBody(Body):
    """The amended area; over a manager's limit either `relieve_manager` or `over_limit_until` says how to go on."""

    building_area_m2: AreaM2
    reason: Text
    relieve_manager: Flag = False
    over_limit_until: Day | None = None


class StageBody(Body):
    """The stage that the project enters."""

    stage: Choice[Stage]


class CompanyBody(Body):
    """The company that takes the project on."""

    company_id: Id[CompanyId]
