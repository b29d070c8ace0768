"""What can be looked up about companies."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from application.kernel.pages import Slice
from application.kernel.permissions import Thing
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, LicenceNumber, ProjectId


class CompanyStatus(StrEnum):
    """Whether the company is on the register still."""

    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPage:
    """A company as people look it up; `managers` are registered with it, `projects` the active ones it manages."""

    id: CompanyId
    version: int
    name: str
    uscc: str | None
    provisional: bool
    status: CompanyStatus
    managers: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDeduction:
    """A deduction of a manager who was registered with the company on `occurred_on`; rescinded ones are shown so."""

    id: DeductionId
    licence_id: LicenceId
    name: str | None
    licence_number: LicenceNumber | None
    violation: str
    points: int
    occurred_on: date
    decided_on: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRevocation:
    """A revocation of a manager's licence while registered with the company."""

    licence_id: LicenceId
    name: str | None
    licence_number: LicenceNumber | None
    cycle: str
    total: int
    revoked_on: date
    reinstated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFilePage:
    """A company's credit file (诚信档案) of one year (Text 3 §2(3)).

    `points` are those of deductions in force. `requests` were received by projects while they were with the company,
    `overdue_requests` of them missed a deadline by now; of `repairs_completed`, the residents of `repairs_visited` were
    visited. The two shares are between 0 and 1, None where there was nothing to count.
    """

    id: CompanyId
    version: int
    name: str
    year: int
    points: int
    deductions: tuple[CreditDeduction, ...]
    revocations: tuple[CreditRevocation, ...]
    requests: int
    overdue_requests: int
    overdue_share: float | None
    repairs_completed: int
    repairs_visited: int
    return_visit_coverage: float | None


class CompanyQueries(Protocol):
    """The pages of companies; lists are in the order of registration, `after` is what the last slice called `next`."""

    async def find(self, company_id: CompanyId) -> CompanyPage | None:
        """Answer one company."""

    async def list(
        self,
        *,
        q: str | None = None,
        of_project: ProjectId | None = None,
        after: int | None = None,
        limit: int,
    ) -> Slice[CompanyPage]:
        """Answer the companies with `q` in their name or as their code; `of_project` narrows to that project's own."""

    async def credit_file(self, company_id: CompanyId, year: int | None = None) -> CreditFilePage | None:
        """Answer what counts in the company's credit file for a year, the present one in the city when it is None."""

    async def scope(self, company_id: CompanyId) -> Thing | None:
        """Answer what a reader's permission is measured against, as `company_thing` does for commands."""
