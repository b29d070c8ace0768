"""Whole tables of requests: replayed once, gone on with, doubled never, and what the rules say on record."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.importing import requests
from api.importing.refusing import Reason, Refused
from api.importing.request_mapping import RequestMapping, mapping_for
from api.importing.request_report import MOST_KEPT, OTHER_REASONS, RequestsReport
from api.importing.streaming import long_table
from application.kernel.ports import Append as AppendAsked
from application.kernel.ports import EventStore, Recorded, Replayed, RetryKey, Unavailable, Verdict
from application.processes.withdrawing_project import WithdrawingProject
from application.projects.defining_zone import DefiningZone
from domain.kernel.aggregate import StreamName
from domain.kernel.area import Area
from domain.kernel.identifiers import ProjectId, Subject
from domain.projects.withdrawal import WithdrawProject
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_events import ZoneKind, ZoneManager
from domain.service_requests.filing import request_id_of
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import ServiceRequest, Status
from tests.api.importing.importing import import_requests, written
from tests.application.city import City

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
MAPPING = RequestMapping()
REPAIR = {
    "reference": "1",
    "kind": "repair",
    "category": "minor",
    "description": "水龙头漏水",
    "received_at": "2026-11-02T09:00:00",
    "completed_at": "2026-11-02T11:00:00",
}
OPEN = {**REPAIR, "completed_at": ""}


async def city_with_project() -> tuple[City, ProjectId]:
    city = await City.begun()
    return city, await city.estate(await city.company())


async def state(city: City, project_id: ProjectId, reference: str = "1") -> ServiceRequest:
    found: ServiceRequest = await city.state(SERVICE_REQUEST, request_id_of(project_id, reference))
    return found


async def kinds(city: City, after: int = 0) -> Counter[str]:
    return Counter(event.type for event in await city.events(after))


async def test_a_row_is_replayed_at_its_own_times_under_the_rules_of_its_day(tmp_path: Path) -> None:
    city, project = await city_with_project()
    row = {**REPAIR, "received_at": "2014-03-08T20:00:00", "completed_at": "2014-03-09T19:00:00"}
    report = await import_requests(city, written(tmp_path / "t.csv", row), MAPPING, project)
    assert (report.taken, report.waiting_for_visit, report.statuses) == (1, 1, {Status.COMPLETED: 1})
    request = await state(city, project)
    assert request.completed_at == datetime(2014, 3, 9, 11, tzinfo=UTC)
    # A minor repair is answered in service hours: by half past eight on the next morning.
    assert request.respond_by == datetime(2014, 3, 9, 0, 30, tzinfo=UTC)
    assert request.resolve_by == datetime(2014, 3, 9, 12, tzinfo=UTC)
    assert request.rule_set == "2000-1"


async def test_a_table_is_taken_once(tmp_path: Path) -> None:
    city, project = await city_with_project()
    table = written(tmp_path / "t.csv", REPAIR, {**OPEN, "reference": "2"})
    first = await import_requests(city, table, MAPPING, project)
    position = await city.last_position()
    again = await import_requests(city, table, MAPPING, project)
    assert (first.taken, again.taken, again.there_already) == (2, 0, 2)
    assert await city.last_position() == position


async def test_a_newer_table_takes_a_request_further(tmp_path: Path) -> None:
    city, project = await city_with_project()
    await import_requests(city, written(tmp_path / "t.csv", OPEN), MAPPING, project)
    report = await import_requests(city, written(tmp_path / "t.csv", REPAIR), MAPPING, project)
    assert (report.continued, report.statuses) == (1, {Status.COMPLETED: 1})
    assert (await state(city, project)).status is Status.COMPLETED


async def test_what_people_have_taken_elsewhere_is_left_alone(tmp_path: Path) -> None:
    city, project = await city_with_project()
    visited = {"visit": "unsatisfied", "visited_by": "visitor", "visited_at": "2026-11-03T10:00:00"}
    await import_requests(city, written(tmp_path / "t.csv", {**REPAIR, **visited}), MAPPING, project)
    assert (await state(city, project)).round == 2
    position = await city.last_position()
    report = await import_requests(city, written(tmp_path / "t.csv", REPAIR), MAPPING, project)
    assert (report.there_already, await city.last_position()) == (1, position)


async def test_a_visit_is_recorded_in_the_name_of_who_visited(tmp_path: Path) -> None:
    city, project = await city_with_project()
    row = {**REPAIR, "status": "closed", "visit": "satisfied", "visited_by": "visitor", "assignee": "plumber"}
    report = await import_requests(city, written(tmp_path / "t.csv", row), MAPPING, project)
    assert report.statuses == {Status.CLOSED: 1}
    request = await state(city, project)
    assert (request.status, request.workers) == (Status.CLOSED, frozenset({Subject("plumber"), Subject("guanjia")}))
    (visit,) = [event for event in await city.events() if event.type == "service-request.return-visit-recorded"]
    assert visit.origin is not None
    assert visit.origin.subject == "visitor"


async def test_a_zone_manager_keeps_what_the_zone_found_unless_the_table_names_another(tmp_path: Path) -> None:
    city, project = await city_with_project()
    zone = DefineZone(
        project_id=project,
        name="一区",
        kind=ZoneKind.GENERAL,
        area_m2=Area.of(75_000),
        households=400,
        zone_manager=ZoneManager(name="王五", subject=Subject("zone-manager")),
        hotline="0514-80000001",
    )
    await city.ask(DefiningZone(), zone)
    table = written(tmp_path / "t.csv", REPAIR, {**REPAIR, "reference": "2", "assignee": "plumber"})
    await import_requests(city, table, MAPPING, project)
    assert (await state(city, project, "1")).assignee == "zone-manager"
    assert (await state(city, project, "2")).assignee == "plumber"


async def test_a_reference_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    city, project = await city_with_project()
    rows = [{**REPAIR, "reference": number} for number in ("1", "2", "1")]
    report = await import_requests(city, written(tmp_path / "t.csv", *rows), MAPPING, project)
    assert (report.taken, report.refusals) == (2, [Refused(4, "reference", "stands in line 2 already")])


async def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    city, project = await city_with_project()
    rows = [REPAIR, {**REPAIR, "reference": "2", "kind": "wish"}, {**OPEN, "reference": "3"}, REPAIR]
    table = written(tmp_path / "t.csv", *rows)
    position = await city.last_position()
    dry = await import_requests(city, table, MAPPING, project, dry_run=True)
    assert await city.last_position() == position
    assert await import_requests(city, table, MAPPING, project) == dry
    assert (dry.taken, dry.refused) == (2, 2)


async def test_a_project_that_is_not_on_the_register_or_withdrawn_takes_nothing(tmp_path: Path) -> None:
    city, project = await city_with_project()
    await city.ask(WithdrawingProject(), WithdrawProject(project_id=project, reason="合同终止"))
    position = await city.last_position()
    table = written(tmp_path / "t.csv", {**REPAIR, "project": "无名苑", "district": "321002"})
    for dry_run in (True, False):
        nowhere = await import_requests(city, table, MAPPING, dry_run=dry_run)
        assert nowhere.reasons == {Reason("project", "there is no such project on the register"): 1}
        withdrawn = await import_requests(city, table, MAPPING, project, dry_run=dry_run)
        assert [reason.sentence.partition(":")[0] for reason in withdrawn.reasons] == ["project.not-active"]
    assert await city.last_position() == position


async def test_what_a_rule_refuses_on_the_way_is_told_and_on_record(tmp_path: Path) -> None:
    city, project = await city_with_project()
    replied = {**OPEN, "reply": "已派人", "replied_at": "2026-11-10T10:00:00"}
    await import_requests(city, written(tmp_path / "t.csv", replied), MAPPING, project)
    report = await import_requests(city, written(tmp_path / "t.csv", REPAIR), MAPPING, project)
    (reason,) = report.reasons
    assert reason.sentence.startswith("request.before-previous-step: ")
    assert (await kinds(city))["service-request.request-refused"] == 1


@dataclass
class Shaken:
    """A store that cannot be reached for the first so many looks."""

    inner: EventStore
    failures: int

    async def heads(self, streams: Collection[StreamName]) -> tuple[Mapping[StreamName, int], int]:
        self._shake()
        return await self.inner.heads(streams)

    async def load(self, stream: StreamName, *, after: int = 0) -> Sequence[Recorded]:
        self._shake()
        return await self.inner.load(stream, after=after)

    async def lived(self, stream: StreamName, *, after: int = 0) -> Sequence[tuple[int, object | None]]:
        self._shake()
        return await self.inner.lived(stream, after=after)

    async def append(self, append: AppendAsked) -> Verdict:
        return await self.inner.append(append)

    async def receipt(self, key: RetryKey) -> Replayed | None:
        return await self.inner.receipt(key)

    async def read(
        self,
        *,
        after: int,
        limit: int,
        type: str | None = None,  # noqa: A002 - the port's own word
        stream: StreamName | None = None,
    ) -> Sequence[Recorded]:
        return await self.inner.read(after=after, limit=limit, type=type, stream=stream)

    def _shake(self) -> None:
        if self.failures:
            self.failures -= 1
            raise Unavailable("shaken")


async def test_a_database_that_comes_back_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "PAUSES", (0.0, 0.0, 0.0))
    city, project = await city_with_project()
    table = written(tmp_path / "t.csv", REPAIR, {**OPEN, "reference": "2"})
    report = await import_requests(city, table, MAPPING, project, store=Shaken(city.store, 3))
    assert (report.taken, report.there_already) == (2, 0)
    other = written(tmp_path / "t.csv", {**REPAIR, "reference": "3"})
    with pytest.raises(Unavailable):
        await import_requests(city, other, MAPPING, project, store=Shaken(city.store, 4))


async def test_more_rows_than_are_on_their_way_at_once_are_counted_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "AT_ONCE", 7)
    city, project = await city_with_project()
    rows = [{**REPAIR, "reference": str(number), "channel": "" if number % 5 else "pigeon"} for number in range(1, 31)]
    report = await import_requests(city, written(tmp_path / "t.csv", *rows), MAPPING, project)
    assert (report.taken, report.refused) == (24, 6)
    assert [refused.row for refused in report.refusals] == [6, 11, 16, 21, 26, 31]
    happened = await kinds(city)
    assert happened["service-request.received"] == happened["service-request.completed"] == 24


def test_a_report_stays_small_whatever_is_refused() -> None:
    told: list[Refused] = []
    report = RequestsReport(rows=5_000, tell=told.append)
    for row in range(5_000):
        report.refuse(row, [Reason("type", f"{row} is no type")])
    assert (report.refused, len(told), len(report.refusals)) == (5_000, 5_000, MOST_KEPT)
    assert len(report.reasons) == MOST_KEPT + 1
    assert report.reasons[OTHER_REASONS] == 5_000 - MOST_KEPT


async def test_the_example_of_the_documentation_is_imported() -> None:
    city = await City.begun()
    await city.estate(await city.company(), name="竹西花园")
    table = EXAMPLES / "requests.csv"
    chosen = mapping_for(long_table(table).header, EXAMPLES / "requests.toml")
    report = await import_requests(city, table, chosen.mapping)
    assert (report.taken, report.refused, report.waiting_for_visit, report.waiting_for_reply) == (5, 1, 1, 0)
    assert report.statuses == {Status.CLOSED: 3, Status.COMPLETED: 1, Status.RECEIVED: 1}
    assert max(event.recorded_at for event in await city.events()).date() == date(2026, 11, 24)
