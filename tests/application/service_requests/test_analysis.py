"""Reviews and archives: the figures as they are counted, frozen beside the project."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from application.kernel.callers import Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.processes.service_requests.keeping_analysis import ArchivingMonth, ReviewingWeek
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import ArchiveMonth, ReviewWeek, Seen
from domain.service_requests.analysis_events import MonthLabel, WeekLabel, WeeklyAnalysisReviewed
from tests.application.service_requests.desk import Desk
from tests.domain.service_requests.test_analysis import FIGURES


@dataclass
class Counted:
    """Figures that do not change, and what was asked for."""

    asked: list[tuple[ProjectId, date, date]] = field(default_factory=list)

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        self.asked.append((project_id, first_day, last_day))
        return Seen(FIGURES, 42)


def week(desk: Desk, label: str = "2026-W47") -> ReviewWeek:
    return ReviewWeek(project_id=desk.estate, week=WeekLabel(label))


def month(desk: Desk, label: str = "2026-10") -> ArchiveMonth:
    return ArchiveMonth(project_id=desk.estate, month=MonthLabel(label))


async def test_a_finished_week_is_reviewed_once_and_the_project_stays_as_it_is() -> None:
    desk, counted = await Desk.open(), Counted()
    before = await desk.city.project(desk.estate)
    receipt = await desk.city.ask(ReviewingWeek(counted), week(desk), by=desk.manager)
    assert counted.asked == [(desk.estate, date(2026, 11, 16), date(2026, 11, 22))]
    last = (await desk.city.events())[-1]
    assert (last.position, last.stream) == (receipt.position, f"service-analysis-{desk.estate}")
    assert last.event == WeeklyAnalysisReviewed(
        project_id=desk.estate, week=WeekLabel("2026-W47"), figures=FIGURES, position=42
    )
    assert await desk.city.project(desk.estate) == before
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.city.ask(ReviewingWeek(counted), week(desk), by=desk.company)
    assert [rule.code for rule in refusal.value.broken] == ["analysis.already-reviewed"]
    assert (await desk.city.events())[-1].type == "project.request-refused"


async def test_the_present_week_and_month_are_not_over() -> None:
    desk, counted = await Desk.open(), Counted()
    for use_case, asked in (
        (ReviewingWeek(counted), week(desk, "2026-W48")),
        (ArchivingMonth(counted), month(desk, "2026-11")),
    ):
        with pytest.raises(RefusedOnRecord) as refusal:
            await desk.city.ask(use_case, asked, by=desk.company)
        assert [rule.code.rpartition("-")[2] for rule in refusal.value.broken] == ["over"]


async def test_a_finished_month_is_archived_once() -> None:
    desk, counted = await Desk.open(), Counted()
    await desk.city.ask(ArchivingMonth(counted), month(desk), by=desk.company)
    assert counted.asked == [(desk.estate, date(2026, 10, 1), date(2026, 10, 31))]
    with pytest.raises(RefusedOnRecord) as refusal:
        await desk.city.ask(ArchivingMonth(counted), month(desk), by=desk.manager)
    assert [rule.code for rule in refusal.value.broken] == ["analysis.already-archived"]


async def test_what_is_no_week_is_pointed_at() -> None:
    desk = await Desk.open()
    with pytest.raises(Unacceptable) as error:
        await desk.city.ask(ReviewingWeek(Counted()), week(desk, "2025-W53"), by=desk.company)
    assert error.value.pointer == "/week"


@pytest.mark.parametrize("role", [Role.MUNICIPAL, Role.DISTRICT, Role.OWNERS_COMMITTEE, Role.AUDITOR, Role.SYSTEM])
async def test_only_who_runs_the_project_keeps_its_analysis(role: Role) -> None:
    desk = await Desk.open()
    with pytest.raises(Forbidden):
        await desk.city.ask(ReviewingWeek(Counted()), week(desk), by=desk.caller(role))


async def test_a_neighbour_does_not_find_the_project() -> None:
    desk = await Desk.open()
    with pytest.raises(NoSuchThing):
        await desk.city.ask(ReviewingWeek(Counted()), week(desk), by=desk.elsewhere(Role.RESIDENT))
