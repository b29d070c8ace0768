"""The roster of a company: managers and projects come and go, each once."""

from uuid import UUID

from domain.companies.events import ManagerJoined, ManagerLeft, ProjectHandedBack, ProjectTakenOn
from domain.companies.roster import ROSTER, hand_back, join, leave, take_on
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, ProjectId
from tests.domain.companies.builders import roster

ZHANG, LI = LicenceId(UUID(int=1)), LicenceId(UUID(int=2))
GARDEN, TOWER = ProjectId(UUID(int=3)), ProjectId(UUID(int=4))
JIANGAN, WUCHANG = District("420102"), District("420106")


def test_a_manager_joins_once() -> None:
    roster().when(join, ZHANG).then(ManagerJoined(licence_id=ZHANG))
    roster(ManagerJoined(licence_id=LI)).when(join, ZHANG).then(ManagerJoined(licence_id=ZHANG))
    roster(ManagerJoined(licence_id=ZHANG)).when(join, ZHANG).then()


def test_only_who_joined_leaves() -> None:
    roster(ManagerJoined(licence_id=ZHANG)).when(leave, ZHANG).then(ManagerLeft(licence_id=ZHANG))
    roster(ManagerJoined(licence_id=ZHANG), ManagerLeft(licence_id=ZHANG)).when(leave, ZHANG).then()
    roster().when(leave, ZHANG).then()


def test_a_project_is_taken_on_once() -> None:
    roster().when(take_on, {GARDEN: JIANGAN, TOWER: JIANGAN}).then(
        ProjectTakenOn(project_id=GARDEN, district=JIANGAN), ProjectTakenOn(project_id=TOWER, district=JIANGAN)
    )
    roster(ProjectTakenOn(project_id=GARDEN, district=JIANGAN)).when(take_on, {GARDEN: JIANGAN}).then()


def test_only_what_was_taken_on_is_handed_back() -> None:
    roster(ProjectTakenOn(project_id=GARDEN, district=JIANGAN)).when(hand_back, GARDEN, TOWER).then(
        ProjectHandedBack(project_id=GARDEN)
    )
    roster().when(hand_back, GARDEN).then()


def test_the_districts_are_those_of_the_projects_held_now() -> None:
    held = ROSTER.fold(
        [
            ProjectTakenOn(project_id=GARDEN, district=JIANGAN),
            ProjectTakenOn(project_id=TOWER, district=WUCHANG),
            ProjectHandedBack(project_id=GARDEN),
        ]
    )
    assert held is not None
    assert held.districts == {WUCHANG}
    assert held.projects == {TOWER: WUCHANG}
