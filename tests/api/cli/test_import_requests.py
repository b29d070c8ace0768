"""`guanjia import requests`: what it says of a table, and what it says when it cannot take one."""

import csv
from pathlib import Path
from uuid import UUID

import pytest

from api.cli.failures import Failed
from api.cli.importing_requests import import_requests
from application.kernel.callers import Role
from tests.api.cli.processes import Serving, answered, guanjia
from tests.architecture.sources import ROOT

EXAMPLES = ROOT / "docs" / "examples"
PROJECT = UUID(int=7)


def table(folder: Path, text: str) -> Path:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must name every column once"),
        ('reference,kind\n"1\n', "is not CSV"),
        ("reference,kind\n", "the table has no column received_at"),
        ("kind,received_at\n", "the table has no column reference"),
        ("reference,received_at,kind\n", "say --project ID"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Failed, match=said):
        import_requests(table(tmp_path, text))


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"nowhere\.csv cannot be read"):
        import_requests(tmp_path / "nowhere.csv")
    rows = table(tmp_path, "reference,received_at,kind\n")
    with pytest.raises(Failed, match="cannot be written"):
        import_requests(rows, project=PROJECT, report=tmp_path / "no folder" / "report.csv")


def test_the_example_is_imported_beside_a_service(service: Serving, folder: Path) -> None:
    with service.client(Role.MUNICIPAL) as clerk:
        company = clerk.post("/v1/companies", json={"name": "竹西物业"}).json()["id"]
        estate = {
            "name": "竹西花园",
            "district": "321002",
            "address": "竹西路1号",
            "kind": "residential",
            "building_area_m2": 80_000,
            "households": 600,
            "company_id": company,
            "contract": {"starts_on": "2026-01-01", "ends_on": "2028-12-31"},
            "stage": "regular",
        }
        assert clerk.post("/v1/projects", json=estate).status_code == 201
    rows, mapping = EXAMPLES / "requests.csv", EXAMPLES / "requests.toml"
    asked = ("import", "requests", rows, "--mapping", mapping, "--data-dir", service.data_dir)
    dry = answered(*asked, "--dry-run", cwd=folder)
    assert (dry["rows"], dry["taken"], dry["refused"], dry["dry_run"]) == (6, 5, 1, True)
    report = folder / "refused.csv"
    done = guanjia(*asked, "--report", report, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "lies before the step in front of it" in done.stdout
    with report.open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["row", "column", "reason"],
            ["7", "完成时间", "lies before the step in front of it"],
        ]
    again = answered(*asked, cwd=folder)
    assert (again["taken"], again["there_already"], again["mapping"]) == (0, 5, "requests.toml")
