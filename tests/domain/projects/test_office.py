"""Managers take and leave office; a project without one shows until when another is due."""

from datetime import date

from domain.projects.events import ManagerLeftOffice, ManagerTookOffice
from domain.projects.office import leave_office, take_office
from domain.projects.project import Incumbent
from tests.domain.projects.builders import LI, TODAY, ZHANG, in_office, project, registered, state
from tests.domain.rule_sets import DEFAULT, rule_set

LEFT = ManagerLeftOffice(licence_id=ZHANG, until=TODAY, reason="离任", replacement_due=date(2026, 12, 24))


def test_a_manager_takes_office() -> None:
    project(registered()).when(take_office, ZHANG, since=TODAY).then(ManagerTookOffice(licence_id=ZHANG, since=TODAY))
    assert state(registered(), in_office).manager == Incumbent(ZHANG, date(2026, 1, 5))


def test_who_is_in_office_stays_there() -> None:
    project(registered(), in_office).when(take_office, ZHANG, since=TODAY).then()


def test_a_successor_takes_office() -> None:
    project(registered(), in_office).when(take_office, LI, since=TODAY).then(
        ManagerTookOffice(licence_id=LI, since=TODAY)
    )


def test_a_replacement_is_due_thirty_days_after_the_manager_left() -> None:
    project(registered(), in_office).when(leave_office, until=TODAY, reason="离任", rules=DEFAULT).then(LEFT)
    assert state(registered(), in_office, LEFT).manager is None


def test_the_days_until_a_replacement_are_the_rule_sets() -> None:
    project(registered(), in_office).when(
        leave_office, until=date(2026, 12, 31), reason="离任", rules=rule_set(replacement_days=1)
    ).then(
        ManagerLeftOffice(licence_id=ZHANG, until=date(2026, 12, 31), reason="离任", replacement_due=date(2027, 1, 1))
    )


def test_nobody_in_office_nobody_leaves() -> None:
    project(registered()).when(leave_office, until=TODAY, reason="离任", rules=DEFAULT).then()
