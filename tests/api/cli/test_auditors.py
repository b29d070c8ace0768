"""What auditors are told: the whole log checked, one licence replayed."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedPostgres
from api.cli.doctor import doctor
from api.cli.failures import Failed
from api.cli.replay import replay
from api.cli.verify import verify
from tests.api.cli.processes import Serving, answered, guanjia
from tests.journeys.clerk import certificate, holder


@pytest.fixture(scope="module")
def licence(service: Serving) -> dict[str, Any]:
    """A registered manager, after a request that was refused."""
    with service.client() as clerk:

        def asked(path: str, body: dict[str, Any], status: int) -> Any:
            answer = clerk.post(f"/v1{path}", json=body)
            assert answer.status_code == status, answer.text
            return answer.json()

        company = asked("/companies", {"name": "桂花物业"}, 201)["id"]
        file = asked("/licences", {"holder": holder("张三")}, 201)["id"]
        asked(f"/licences/{file}/registration", {"company_id": company}, 409)
        for kind in ("post_national", "training"):
            asked(f"/licences/{file}/certificates", certificate(kind), 200)
        receipt = asked(f"/licences/{file}/registration", {"company_id": company}, 200)
        shown = clerk.get(f"/v1/licences/{file}", headers={"X-Min-Position": str(receipt["position"])}).json()
    found: dict[str, Any] = shown
    return found


@contextmanager
def superuser(service: Serving) -> Iterator[Any]:
    """Run statements past every guard, in the city's schema."""
    with EmbeddedPostgres(service.data_dir) as server:

        def run(*statements: tuple[str, ...]) -> None:
            async def all_of_them() -> None:
                connection = await asyncpg.connect(server.dsn, server_settings={"search_path": "city_321000"})
                try:
                    for statement in statements:
                        await connection.execute(*statement)
                finally:
                    await connection.close()

            asyncio.run(all_of_them())

        yield run


def test_a_log_that_nobody_touched_is_whole(
    service: Serving, licence: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    verify(data_dir=service.data_dir, as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert report["whole"] is True
    assert report["findings"] == []
    assert report["events"] >= licence["version"]


def test_whatever_was_changed_past_the_guards_is_found_where_it_stands(
    service: Serving, licence: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = f"licence-{licence['id']}"
    nobody = "licence-00000000-0000-0000-0000-000000000000"
    harm = (
        ("create table untouched as select * from events",),
        ("create table untouched_heads as select * from streams",),
        ("alter table events disable trigger events_are_never_changed",),
        (r"update events set data = '\x20'::bytea || data where stream = $1 and version = 2", stream),
        ("update streams set version = 9 where stream = $1", stream),
        ("insert into streams values ($1, 1)", nobody),
        ("update log_head set position = position + 1",),
    )
    heal = (
        ("delete from events",),
        ("insert into events select * from untouched",),
        ("delete from streams",),
        ("insert into streams select * from untouched_heads",),
        ("update log_head set position = (select max(position) from events)",),
        ("alter table events enable always trigger events_are_never_changed",),
        ("drop table untouched, untouched_heads",),
    )
    with superuser(service) as run:
        try:
            run(*harm)
            done = guanjia("verify", "--data-dir", service.data_dir, "--json", cwd=folder)
            with pytest.raises(SystemExit, match="1"):
                doctor(data_dir=service.data_dir, as_json=True)
        finally:
            run(*heal)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["whole"] is False
    told = {(each["stream"], each["what"]) for each in report["findings"]}
    last = report["events"]
    with service.client() as clerk:
        second = clerk.get(f"/v1/licences/{licence['id']}/history").json()["items"][1]
    assert second["position"] in {each["position"] for each in report["findings"]}
    assert told == {
        (stream, "the stored hash is not that of the event"),
        (stream, f"the stream has its head at version 9, its last event is version {licence['version']}"),
        (nobody, "the table of heads has this stream, the log has no event of it"),
        (None, f"the log's head is at position {last + 1}, its last event at {last}"),
    }
    ill = {each["subject"] for each in json.loads(capsys.readouterr().out) if each["verdict"] == "fail"}
    assert ill == {"log", "wall: trigger"}


def test_a_licence_is_replayed_by_its_number(service: Serving, licence: dict[str, Any], folder: Path) -> None:
    replayed = answered("replay", licence["licence_number"], "--data-dir", service.data_dir, cwd=folder)
    assert replayed["stream"] == f"licence-{licence['id']}"
    events = replayed["events"]
    assert [each["version"] for each in events] == list(range(1, licence["version"] + 1))
    assert [each["type"] for each in events] == [
        "licence.file-opened",
        "licence.certificate-recorded",
        "licence.certificate-recorded",
        "licence.practice-registered",
    ]
    assert {each["by"]["subject"] for each in events} == {"clerk"}
    assert {each["rule_set"] for each in events} == {"2000-1"}
    assert events[0]["data"]["holder"]["name"] == "张*"
    assert [each["state"]["status"] for each in events] == ["applicant", "applicant", "applicant", "registered"]
    assert events[-1]["state"]["registrations"][0]["licence_number"] == licence["licence_number"]


def test_a_replay_for_people_stops_where_it_is_told(
    service: Serving, licence: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with service.client() as clerk:
        history = clerk.get(f"/v1/licences/{licence['id']}/history").json()["items"]
    replay(licence["id"], position=history[1]["position"], data_dir=service.data_dir)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("position ")] == [
        f"position {each['position']}, version {each['version']}: {each['type']}" for each in history[:2]
    ]
    assert "    status: applicant" in lines
    assert lines[-1] == f"Refused requests: 1, see guanjia replay licence-refusals-{licence['id']}"


def test_a_replay_as_of_a_day_before_shows_nothing(
    service: Serving, licence: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    replay(licence["id"], as_of=datetime(2020, 1, 1), data_dir=service.data_dir, as_json=True)  # noqa: DTZ001 - a day
    assert json.loads(capsys.readouterr().out)["events"] == []


def test_refusals_are_replayed_by_the_name_of_their_stream(
    service: Serving, licence: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    replay(f"licence-refusals-{licence['id']}", data_dir=service.data_dir, as_json=True)
    (refused,) = json.loads(capsys.readouterr().out)["events"]
    assert refused["type"] == "licence.request-refused"
    assert {rule["code"] for rule in refused["data"]["broken"]} == {
        "registration.post-certificate-missing",
        "registration.training-certificate-missing",
    }
    assert refused["state"] is None


@pytest.mark.parametrize("called", ["PM-321000-2026-999999", "PM-999999-2026-000001", str(UUID(int=1)), "licence-x"])
def test_what_the_log_does_not_know_is_said(service: Serving, called: str) -> None:
    with pytest.raises(Failed, match=called):
        replay(called, data_dir=service.data_dir)
