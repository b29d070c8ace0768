"""A company's roster: who is registered with it and which active projects it has.

It stands beside the company's own stream, so that managers and projects come and go without a new version of the
company, and yet closing the company cannot race with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from domain.companies.events import (
    ROSTER_NAMES,
    ManagerJoined,
    ManagerLeft,
    ProjectHandedBack,
    ProjectTakenOn,
    RosterEvent,
)
from domain.kernel.aggregate import Aggregate
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, ProjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The managers and the active projects of one company."""

    managers: frozenset[LicenceId] = frozenset()
    projects: Mapping[ProjectId, District] = field(default_factory=dict)

    @property
    def districts(self) -> frozenset[District]:
        """The districts in which the company has a project: their authorities reach over it."""
        return frozenset(self.projects.values())


NOBODY: Final = Roster()
"""The roster of a company before anyone joined and anything was taken on."""


def join(roster: Roster | None, licence_id: LicenceId) -> list[RosterEvent]:
    """Put a manager on the roster; nothing when they are on it."""
    return [] if licence_id in (roster or NOBODY).managers else [ManagerJoined(licence_id=licence_id)]


def leave(roster: Roster | None, licence_id: LicenceId) -> list[RosterEvent]:
    """Take a manager off the roster; nothing when they are not on it."""
    return [ManagerLeft(licence_id=licence_id)] if licence_id in (roster or NOBODY).managers else []


def take_on(roster: Roster | None, projects: Mapping[ProjectId, District]) -> list[RosterEvent]:
    """Put projects on the roster; nothing for those that are on it."""
    held = (roster or NOBODY).projects
    return [ProjectTakenOn(project_id=key, district=where) for key, where in projects.items() if key not in held]


def hand_back(roster: Roster | None, *projects: ProjectId) -> list[RosterEvent]:
    """Take projects off the roster; nothing for those that are not on it."""
    held = (roster or NOBODY).projects
    return [ProjectHandedBack(project_id=key) for key in projects if key in held]


def _evolve(state: Roster | None, event: RosterEvent) -> Roster:
    roster = state or NOBODY
    match event:
        case ManagerJoined(licence_id=licence):
            return replace(roster, managers=roster.managers | {licence})
        case ManagerLeft(licence_id=licence):
            return replace(roster, managers=roster.managers - {licence})
        case ProjectTakenOn(project_id=project, district=where):
            return replace(roster, projects={**roster.projects, project: where})
        case ProjectHandedBack(project_id=project):
            return replace(roster, projects={key: where for key, where in roster.projects.items() if key != project})
        case _:
            assert_never(event)


ROSTER: Final = Aggregate[Roster, RosterEvent](name="company-roster", events=ROSTER_NAMES, evolve=_evolve)
