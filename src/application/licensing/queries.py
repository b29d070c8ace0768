"""What can be looked up about licences."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from application.kernel.callers import Caller
from application.kernel.pages import Slice
from application.kernel.permissions import Operation, Thing, reaches, require
from application.licensing.pages import DeductionEntry, LicenceEntry, LicencePage, published, without_detail
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.licensing.licence import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceOnFile:
    """A licence in full detail, and what a reader's permission is measured against, as `licence_thing` for commands."""

    page: LicencePage
    thing: Thing

    def seen_by(self, caller: Caller) -> LicencePage:
        """Answer the page as this reader may see it.

        Raises: NoSuchThing.
        """
        require(caller, Operation.READ_LICENCES, self.thing, reading=Operation.READ_LICENCES)
        return self.page if sees_detail(caller, self.thing) else without_detail(self.page)


def sees_detail(caller: Caller, thing: Thing) -> bool:
    """Tell whether a reader of a licence has full detail of it."""
    return reaches(caller, Operation.SEE_LICENCE_DETAIL, thing)


def published_only(deductions: Slice[DeductionEntry]) -> Slice[DeductionEntry]:
    """Answer deductions for a reader without full detail of the licence."""
    return replace(deductions, items=tuple(published(entry) for entry in deductions.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFilter:
    """Which licences to list; what is None filters nothing.

    `q` is a part of the holder's name or of the licence number; `of_project` narrows to the manager in office there.
    """

    status: Status | None = None
    company_id: CompanyId | None = None
    q: str | None = None
    of_project: ProjectId | None = None


class LicenceQueries(Protocol):
    """The pages of licences; lists are in the order of opening, `after` is what the last slice called `next`."""

    async def find(self, licence_id: LicenceId) -> LicenceOnFile | None:
        """Answer one licence as it stands."""

    async def as_of(self, licence_id: LicenceId, day: date) -> LicenceOnFile | None:
        """Answer one licence as it stood at the end of a day in the city; None before it existed.

        Answered from the log itself, so that it is always up to date.
        """

    async def list(self, wanted: LicenceFilter, *, after: int | None = None, limit: int) -> Slice[LicenceEntry]:
        """Answer the licences that pass the filter."""

    async def deductions(
        self, licence_id: LicenceId, *, before: int | None = None, limit: int
    ) -> Slice[DeductionEntry]:
        """Answer all deductions of a licence in full detail, newest first; `before` is the last slice's `next`."""

    async def scope(self, licence_id: LicenceId) -> Thing | None:
        """Answer what a reader's permission is measured against, as `licence_thing` does for commands."""
