"""The register as plain sets and numbers: what a command must be answered with, whatever service is asked."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

MOST_PROJECTS: Final = 2
MOST_AREA: Final = 200_000
REVOKED_FROM: Final = 25


@dataclass
class Manager:
    """A manager as the model keeps them; everything happens on one day."""

    company: str | None = None
    was_registered: bool = False
    projects: set[str] = field(default_factory=set)
    points: int = 0
    is_revoked: bool = False


@dataclass
class Project:
    """A project as the model keeps it."""

    company: str
    area: int
    manager: str | None = None
    is_active: bool = True


@dataclass
class PlainCity:
    """Answers every command with the codes of the rules that it breaks; with none it is done."""

    companies: dict[str, bool] = field(default_factory=dict)
    managers: dict[str, Manager] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)

    def area_of(self, manager: str) -> int:
        return sum(self.projects[project].area for project in self.managers[manager].projects)

    def _unfit(self, manager: str, project: str) -> set[str]:
        """Say why somebody may not take a project on, whoever holds it."""
        who, what = self.managers[manager], self.projects[project]
        found = {
            "appointment.not-registered": who.company is None,
            "appointment.too-many-projects": len(who.projects) >= MOST_PROJECTS,
            "appointment.area-exceeded": self.area_of(manager) + what.area > MOST_AREA,
            "appointment.other-company": who.company not in {None, what.company},
            "appointment.project-not-active": not what.is_active,
        }
        return {code for code, is_broken in found.items() if is_broken}

    def appoint(self, manager: str, project: str) -> AbstractSet[str]:
        broken = self._unfit(manager, project)
        if self.projects[project].manager is not None:
            broken.add("appointment.project-already-managed")
        if not broken:
            self._take(manager, project)
        return broken

    def relieve(self, project: str) -> AbstractSet[str]:
        if self.projects[project].manager is None:
            return {"appointment.not-appointed"}
        self._leave(project)
        return set()

    def replace(self, manager: str, project: str) -> AbstractSet[str]:
        broken = self._unfit(manager, project)
        if self.projects[project].manager is None:
            broken.add("appointment.not-appointed")
        if not broken:
            self._leave(project)
            self._take(manager, project)
        return broken

    def amend(self, project: str, area: int) -> AbstractSet[str]:
        what = self.projects[project]
        if not what.is_active:
            return {"project.not-active"}
        if what.manager is not None and self.area_of(what.manager) - what.area + area > MOST_AREA:
            return {"appointment.area-exceeded"}
        what.area = area
        return set()

    def deduct(self, manager: str, points: int) -> AbstractSet[str]:
        who = self.managers[manager]
        if not who.was_registered:
            return {"deduction.before-registration"}
        who.points += points
        if who.points >= REVOKED_FROM and not who.is_revoked:
            who.is_revoked = True
            for project in sorted(who.projects):
                self._leave(project)
            who.company = None
        return set()

    def register(self, manager: str, company: str) -> AbstractSet[str]:
        who = self.managers[manager]
        found = {
            "registration.already-registered": who.company is not None,
            "registration.company-closed": self.companies[company],
            "registration.banned": who.is_revoked,
            "registration.retraining-missing": who.is_revoked,
        }
        broken = {code for code, is_broken in found.items() if is_broken}
        if not broken:
            who.company, who.was_registered = company, True
        return broken

    def deregister(self, manager: str) -> AbstractSet[str]:
        who = self.managers[manager]
        if who.company is None:
            return {"registration.not-registered"}
        if who.projects:
            return {"registration.still-appointed"}
        who.company = None
        return set()

    def withdraw(self, project: str) -> AbstractSet[str]:
        what = self.projects[project]
        if not what.is_active:
            return {"project.not-active"}
        if what.manager is not None:
            return {"project.manager-in-office"}
        what.is_active = False
        return set()

    def change_company(self, project: str, company: str) -> AbstractSet[str]:
        what = self.projects[project]
        found = {
            "project.not-active": not what.is_active,
            "project.company-closed": self.companies[company],
            "project.manager-in-office": what.manager is not None,
        }
        broken = {code for code, is_broken in found.items() if is_broken}
        if not broken:
            what.company = company
        return broken

    def close(self, company: str) -> AbstractSet[str]:
        if self.companies[company]:
            return {"company.closed"}
        found = {
            "company.has-active-projects": any(
                each.is_active and each.company == company for each in self.projects.values()
            ),
            "company.has-registered-managers": any(each.company == company for each in self.managers.values()),
        }
        broken = {code for code, is_broken in found.items() if is_broken}
        self.companies[company] = not broken
        return broken

    def _take(self, manager: str, project: str) -> None:
        self.managers[manager].projects.add(project)
        self.projects[project].manager = manager

    def _leave(self, project: str) -> None:
        manager = self.projects[project].manager
        if manager is not None:
            self.managers[manager].projects.discard(project)
        self.projects[project].manager = None
