"""Who works for an estate: its office, its fitters, and those who visit residents and never do the work."""

from dataclasses import dataclass

from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from domain.service_requests.events import Assignee


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A project with its company; `manager` is None where none is in office."""

    company: CompanyId
    project: ProjectId
    manager: LicenceId | None

    @property
    def office(self) -> Caller:
        """Who takes requests in and gives them out."""
        return self._works_as("office")

    @property
    def fitter(self) -> Caller:
        """Who does the work."""
        return self._works_as("fitter")

    @property
    def visitor(self) -> Caller:
        """Who visits residents afterwards."""
        return self._works_as("visitor")

    @property
    def in_charge(self) -> Caller | None:
        """The manager in office."""
        if self.manager is None:
            return None
        return Caller(subject=Subject(f"demo-manager-{self.manager}"), role=Role.MANAGER, licence=self.manager)

    @property
    def resident(self) -> Caller:
        """Somebody who lives there."""
        return Caller(subject=Subject(f"demo-resident-{self.project}"), role=Role.RESIDENT, project=self.project)

    def hands(self, name: str) -> Assignee:
        """Answer the fitter by name, as work is dispatched."""
        return Assignee(subject=self.fitter.subject, name=name)

    def _works_as(self, what: str) -> Caller:
        subject = Subject(f"demo-{what}-{str(self.company)[:8]}")
        return Caller(subject=subject, role=Role.COMPANY, company=self.company)
