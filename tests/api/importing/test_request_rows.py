"""One row of requests at a time: what it tells, what it does not, and which column is named when it cannot be taken."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from api.importing.mapping import UnusableMapping
from api.importing.refusing import RowRefused
from api.importing.request_mapping import RequestMapping, mapping_for
from api.importing.request_rows import ReadingRows, Told
from api.importing.tables import Row
from api.importing.told_times import NoTime, TimesTold
from domain.kernel.district import District
from domain.kernel.identifiers import ProjectId
from domain.projects.registration import project_id_of
from domain.service_requests.filing import request_id_of
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Channel, Kind, Priority

PROJECT = ProjectId(UUID(int=7))
GOOD = {
    "reference": "A-1",
    "kind": "repair",
    "category": "minor",
    "description": "水龙头漏水",
    "unit": "3-2-501",
    "received_at": "2026-11-02T09:00:00",
    "completed_at": "2026-11-02T11:00:00",
}
REPLY = {"kind": "complaint", "category": "", "reply": "已处理", "replied_at": "2026-11-02T10:00:00"}
VISIT = {"visit": "satisfied", "visited_at": "2026-11-03T10:00:00", "visited_by": "visitor", "rating": "5"}
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def told(mapping: RequestMapping | None = None, project_id: ProjectId | None = PROJECT, /, **cells: str) -> Told:
    mapping = mapping or RequestMapping()
    reading = ReadingRows(
        mapping=mapping, times=TimesTold.of(mapping, ZoneInfo("Asia/Shanghai")), now=NOW, project_id=project_id
    )
    return reading(Row(2, {**GOOD, **cells}))


def refused(mapping: RequestMapping | None = None, project_id: ProjectId | None = PROJECT, /, **cells: str) -> set[str]:
    with pytest.raises(RowRefused) as refusal:
        told(mapping, project_id, **cells)
    return {reason.column for reason in refusal.value.reasons}


def steps(row: Told) -> list[tuple[str, str]]:
    return [
        (type(step).__name__, f"{step.occurred_at.astimezone(ZoneInfo('Asia/Shanghai')):%d %H:%M}")
        for step in row.steps
        if step.occurred_at is not None
    ]


def test_a_row_with_two_times_was_dispatched_and_started_when_it_is_known_to_have_been_done() -> None:
    row = told()
    assert row.filed.occurred_at == datetime(2026, 11, 2, 1, tzinfo=UTC)
    assert steps(row) == [("DispatchRequest", "02 11:00"), ("StartWork", "02 11:00"), ("CompleteWork", "02 11:00")]
    assert (row.status, row.waits_for_visit) == (Status.COMPLETED, True)


def test_times_that_are_told_are_kept() -> None:
    row = told(dispatched_at="2026-11-02T09:10:00", started_at="2026-11-02T09:20:00")
    assert steps(row) == [("DispatchRequest", "02 09:10"), ("StartWork", "02 09:20"), ("CompleteWork", "02 11:00")]


@pytest.mark.parametrize(
    ("cells", "status", "last"),
    [
        ({"completed_at": ""}, Status.RECEIVED, None),
        ({"status": "received"}, Status.RECEIVED, None),
        ({"status": "dispatched", "dispatched_at": "2026-11-02T09:30:00"}, Status.DISPATCHED, "DispatchRequest"),
        ({"status": "in_progress", "started_at": "2026-11-02T09:30:00"}, Status.IN_PROGRESS, "StartWork"),
        ({"status": "completed"}, Status.COMPLETED, "CompleteWork"),
        ({"status": "cancelled"}, Status.CANCELLED, "CancelRequest"),
        ({"status": "referred"}, Status.CLOSED, "ReferRequest"),
    ],
)
def test_a_status_says_how_far_it_came(cells: dict[str, str], status: Status, last: str | None) -> None:
    row = told(**cells)
    assert row.status is status
    assert (steps(row)[-1][0] if row.steps else None) == last


def test_a_repair_that_a_table_calls_closed_waits_for_its_return_visit() -> None:
    row = told(status="closed")
    assert (row.status, row.waits_for_visit) == (Status.COMPLETED, True)


def test_a_repair_closes_with_the_visit_that_the_table_tells_of() -> None:
    row = told(status="closed", **VISIT)
    assert [name for name, _ in steps(row)][-2:] == ["RecordReturnVisit", "CloseRequest"]
    assert (row.status, row.waits_for_visit, row.visited_by) == (Status.CLOSED, False, "visitor")


def test_an_unsatisfied_visit_closes_nothing() -> None:
    row = told(status="closed", **{**VISIT, "visit": "unsatisfied"})
    assert (steps(row)[-1][0], row.status) == ("RecordReturnVisit", Status.DISPATCHED)


def test_a_complaint_closes_only_with_a_reply() -> None:
    without = told(status="closed", kind="complaint", category="")
    assert (without.status, without.waits_for_reply) == (Status.COMPLETED, True)
    row = told(status="closed", **REPLY)
    assert [name for name, _ in steps(row)] == [
        "ReplyToRequest",
        "DispatchRequest",
        "StartWork",
        "CompleteWork",
        "CloseRequest",
    ]
    assert (row.status, row.waits_for_reply) == (Status.CLOSED, False)


@pytest.mark.parametrize("kind", ["consultation", "suggestion"])
def test_what_needs_neither_visit_nor_reply_closes(kind: str) -> None:
    row = told(status="closed", kind=kind, category=kind, closed_at="2026-11-04T09:00:00")
    assert steps(row)[-1] == ("CloseRequest", "04 09:00")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "1" * 201}, "reference"),
        ({"kind": ""}, "type"),
        ({"kind": "wish"}, "kind"),
        ({"category": "huge"}, "category"),
        ({"category": ""}, "category"),
        ({"category": "complaint"}, "category"),
        ({"kind": "complaint"}, "category"),
        ({"priority": "soon"}, "priority"),
        ({"description": ""}, "description"),
        ({"unit": "3\x0b\x00"}, "unit"),
        ({"channel": "pigeon"}, "channel"),
        ({"status": "done"}, "status"),
        ({"received_at": ""}, "received_at"),
        ({"received_at": "yesterday"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00"}, "received_at"),
        ({"received_at": "2026-11-02T12:00:00"}, "completed_at"),
        ({"started_at": "2026-11-02T12:00:00"}, "completed_at"),
        ({"dispatched_at": "2026-11-02T08:00:00"}, "dispatched_at"),
        ({"status": "completed", "completed_at": ""}, "completed_at"),
        ({"status": "in_progress"}, "started_at"),
        ({"status": "dispatched"}, "dispatched_at"),
        ({"status": "cancelled", "completed_at": ""}, "completed_at"),
        ({"completed_at": "2026-11-25T11:00:00"}, "completed_at"),
        ({"received_at": "2026-11-25T11:00:00", "completed_at": ""}, "received_at"),
        ({"reply": "好", "completed_at": ""}, "replied_at"),
        ({**VISIT, "visited_by": ""}, "visited_by"),
        ({**VISIT, "visited_by": "import"}, "visited_by"),
        ({**VISIT, "visit": "perhaps"}, "visit"),
        ({**VISIT, "rating": "6"}, "rating"),
        ({**VISIT, "status": "received"}, "visit"),
        ({**VISIT, "visited_at": "2026-11-01T10:00:00"}, "visited_at"),
        ({"status": "closed", **VISIT, "closed_at": "2026-11-02T12:00:00"}, "closed_at"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_by_its_column(cells: dict[str, str], column: str) -> None:
    assert refused(**cells) == {column}


def test_every_column_that_is_wrong_is_named() -> None:
    assert refused(reference="", channel="pigeon", received_at="") == {"reference", "channel", "received_at"}


def test_what_the_table_does_not_name_is_said_to_be_unknown() -> None:
    row = told(unit="")
    assert (row.filed.unit, row.filed.reporter.name.value, row.filed.channel) == ("不详", "不详", Channel.IMPORT)
    assert not row.names_assignee


def test_a_mapping_explains_words_and_keeps_the_numbers_of_two_systems_apart() -> None:
    mapping = RequestMapping.model_validate(
        {
            "source": "old",
            "types": {"漏水": {"kind": "repair", "category": "emergency", "priority": "emergency"}},
            "channels": {"电话": "hotline"},
            "statuses": {"办结": "completed"},
            "refused_statuses": {"作废": "was written off"},
        }
    )
    row = told(mapping, type="漏水", kind="", category="", channel="电话", status="办结")
    assert (row.filed.kind, row.filed.category, row.filed.priority) == (
        Kind.REPAIR,
        Category.EMERGENCY,
        Priority.EMERGENCY,
    )
    assert (row.filed.channel, row.filed.reference, row.status) == (Channel.HOTLINE, "old:A-1", Status.COMPLETED)
    assert row.request_id == request_id_of(PROJECT, "old:A-1") != told().request_id
    assert refused(mapping, status="作废") == {"status"}


def test_a_row_names_its_project_by_name_and_district() -> None:
    mapping = RequestMapping(districts={"广陵": "321002"})
    here = project_id_of(District("321002"), "梅园")
    assert told(mapping, None, project="梅园", district="广陵").filed.project_id == here
    assert told(mapping, None, project="梅园", district="321002").filed.project_id == here
    assert told(RequestMapping(district="321002"), None, project="梅园").filed.project_id == here
    assert refused(mapping, None, project="", district="广陵") == {"project"}
    assert refused(mapping, None, project="梅园", district="城外") == {"district"}


@pytest.mark.parametrize(
    ("written", "after", "instant"),
    [
        ("2020-07-01 10:00:00", None, "2020-07-01T14:00"),
        ("2020-12-01 10:00:00", None, "2020-12-01T15:00"),
        ("2020-11-01 01:30:00", None, "2020-11-01T05:30"),
        ("2020-11-01 01:10:00", "2020-11-01T05:50", "2020-11-01T06:10"),
        ("2020-11-01 00:10:00", "2020-11-01T05:50", "2020-11-01T04:10"),
    ],
)
def test_local_times_are_read_in_their_zone_also_when_clocks_are_set_back(
    written: str, after: str | None, instant: str
) -> None:
    times = TimesTold(ZoneInfo("America/New_York"), "%Y-%m-%d %H:%M:%S")
    then = None if after is None else datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert times.read(written, after=then) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_time_with_an_offset_keeps_it_and_another_format_is_refused() -> None:
    assert TimesTold(ZoneInfo("Asia/Shanghai")).read("2026-11-02T09:00:00+01:00").hour == 8
    with pytest.raises(NoTime):
        TimesTold(ZoneInfo("Asia/Shanghai"), "%d.%m.%Y").read("2026-11-02")


def test_a_mapping_that_comes_with_the_product_is_taken_when_it_fits() -> None:
    assert mapping_for(("unique_key", "created_date", "closed_date", "complaint_type"), None).name == "nyc_housing"
    assert mapping_for(("reference", "received_at", "kind"), None).name == ""


@pytest.mark.parametrize("header", [("reference", "kind"), ("reference", "received_at"), ("received_at", "type")])
def test_a_table_that_no_mapping_fits_is_refused_whole(header: tuple[str, ...]) -> None:
    with pytest.raises(UnusableMapping, match="--mapping FILE"):
        mapping_for(header, None)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "colums = {}",
        'timezone = "Mars/Base"',
        '[types]\n"a" = { kind = "repair" }',
        '[types]\n"a" = { kind = "complaint", category = "minor" }',
        '[statuses]\n"a" = "gone"',
        '[columns]\nreference = "not there"',
    ],
)
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(text)
    with pytest.raises(UnusableMapping):
        mapping_for(("reference", "received_at", "kind"), file)
