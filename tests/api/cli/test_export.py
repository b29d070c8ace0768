"""`guanjia export`: the lists of the API as files."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli.export import export
from api.cli.failures import Failed
from api.exporting.formats import Format
from tests.api.cli.processes import Serving, guanjia
from tests.api.exporting.readers import READERS, Table, read_csv


def exported(service: Serving, capsys: pytest.CaptureFixture[str], called: str, *filters: str, **more: Any) -> Any:
    """Export beside the service and answer what the command says."""
    export(called, list(filters), data_dir=service.data_dir, as_json=True, **more)
    return json.loads(capsys.readouterr().out)


def test_a_list_is_exported_beside_the_service(
    service: Serving, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with service.client() as client:
        made = client.post("/v1/companies", json={"name": "出口物业"}).json()
        client.get("/v1/companies", headers={"X-Min-Position": str(made["position"])})
        columns: list[list[str]] = []
        for format_ in Format:
            file = tmp_path / f"companies.{format_}"
            said = exported(service, capsys, "companies", "q=出口物业", output=str(file))
            assert said["rows"] == 1
            assert said["position"] >= made["position"]
            assert (said["format"], said["file"], said["behind"]) == (format_, str(file), 0)
            table: Table = READERS[format_](file.read_bytes())
            assert table.column("id") == [made["id"]]
            columns.append(table.columns)
        over_http = read_csv(client.get("/v1/companies?format=csv&limit=1").content).columns
    assert columns == [over_http] * 3
    assert sorted(found.name for found in tmp_path.iterdir()) == [f"companies.{format_}" for format_ in sorted(Format)]


def test_the_log_is_exported_as_the_auditor_reads_it(
    service: Serving, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with service.client() as client:
        made = client.post("/v1/companies", json={"name": "日志物业"}).json()
        client.get("/v1/companies", headers={"X-Min-Position": str(made["position"])})
    file = tmp_path / "log"
    said = exported(service, capsys, "events", "type=company.registered", output=str(file), format_=Format.PARQUET)
    table = READERS["parquet"](file.read_bytes())
    assert len(table.rows) == said["rows"]
    assert set(table.column("type")) == {"company.registered"}
    assert f"company-{made['id']}" in table.column("stream")
    history = exported(service, capsys, f"companies/{made['id']}/history", output=str(tmp_path / "history.csv"))
    assert history["rows"] == 1


def test_without_a_file_name_the_file_is_called_by_list_and_position(service: Serving, folder: Path) -> None:
    done = guanjia("export", "rule-sets", "--data-dir", service.data_dir, cwd=folder)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("rule-sets-*.csv")
    position = file.stem.rpartition("-")[2]
    assert done.stdout == f"1 rows at log position {position} to {file.name}\n"
    assert len(read_csv(file.read_bytes()).rows) == 1


def test_standard_output_gets_the_file_alone(service: Serving, folder: Path) -> None:
    done = guanjia("export", "rule-sets", "--output", "-", "--data-dir", service.data_dir, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(read_csv(done.stdout.encode()).rows) == 1
    assert "1 rows at log position" in done.stderr


def test_a_file_is_not_written_over_unless_told_to(
    service: Serving, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rule-sets.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(Failed, match="is there already"):
        exported(service, capsys, "rule-sets", output=str(file))
    assert file.read_text(encoding="utf-8") == "mine"
    exported(service, capsys, "rule-sets", output=str(file), force=True)
    assert len(read_csv(file.read_bytes()).rows) == 1
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_is_said(service: Serving, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failed, match="cannot be written: No such file"):
        exported(service, capsys, "rule-sets", output=str(tmp_path / "nowhere" / "rule-sets.csv"))


@pytest.mark.parametrize(
    ("called", "filters", "said"),
    [
        ("dreams", [], "there are companies, companies/{company_id}/history"),
        ("healthz", [], "there are companies"),
        ("licences/1", [], "there are companies"),
        ("licences", ["status=asleep"], "status must be one of"),
        ("licences", ["colour=red"], "colour is no parameter"),
        ("licences", ["limit=0"], "limit must be"),
        ("events", ["type=dream"], "type is no type of event"),
        ("licences/not-an-id/deductions", [], "licence_id"),
    ],
)
def test_a_list_and_its_filters_must_be_known(
    service: Serving, tmp_path: Path, called: str, filters: list[str], said: str
) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        export(called, filters, output=str(tmp_path / "x.csv"), data_dir=service.data_dir)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["registered", "cursor=WzFd", "format=csv"])
def test_a_filter_has_a_name_and_a_value(given: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no filter"):
        export("licences", [given])


def test_standard_output_cannot_take_file_and_result() -> None:
    with pytest.raises(typer.BadParameter, match="taken by --json"):
        export("licences", output="-", as_json=True)


def test_what_is_not_there_is_said(service: Serving, tmp_path: Path) -> None:
    nobody = "licences/11111111-2222-4333-8444-555555555555/deductions"
    with pytest.raises(Failed, match=f"{nobody}: nothing here"):
        export(nobody, output=str(tmp_path / "x.csv"), data_dir=service.data_dir)
