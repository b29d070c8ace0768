"""What operators are told: read models, rebuilds, and what `doctor` sees."""

import json
from pathlib import Path

import pytest
import typer

from api.cli.doctor import configuration, data_folder, doctor
from api.cli.projections import projections
from api.cli.rebuild import rebuild
from api.cli.verify import verify
from api.compose import FAILURES
from api.settings import Settings
from application.kernel.diagnosis import Verdict
from tests.api.cli.processes import Serving, answered, guanjia


def test_read_models_are_listed_and_rebuilt_beside_the_service(
    service: Serving, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    projections(data_dir=service.data_dir, as_json=True)
    before = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert {"licences", "projects", "companies"} <= before.keys()
    (rebuilt,) = answered("rebuild", "companies", "--data-dir", service.data_dir, cwd=folder)
    assert rebuilt["name"] == "companies"
    assert rebuilt["version"] > before["companies"]["version"]
    assert rebuilt["differences"] == {"added": 0, "missing": 0, "changed": 0}


@pytest.mark.parametrize(
    ("names", "every", "said"),
    [
        (["dreams"], False, "no read model is called dreams: there are companies"),
        ([], False, "name read models, or say --all"),
        (["licences"], True, "name read models, or say --all"),
    ],
)
def test_a_read_model_must_be_named(names: list[str], every: bool, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        rebuild(names, every=every)


def test_the_doctor_finds_a_running_service_well(service: Serving, capsys: pytest.CaptureFixture[str]) -> None:
    doctor(data_dir=service.data_dir, as_json=True)
    found = {each["subject"]: each for each in json.loads(capsys.readouterr().out)}
    assert {name for name, each in found.items() if each["verdict"] != "ok"} == {"wall: privileges"}
    assert {"database", "schema", "log", "wall: trigger", "clock", "read models", "master key in use"} <= found.keys()


def test_the_doctor_finds_what_is_broken(service: Serving, folder: Path) -> None:
    key = service.data_dir / "identity.key"
    kept = key.read_text(encoding="ascii")
    try:
        key.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", encoding="ascii")
        key.chmod(0o644)
        done = guanjia("doctor", "--data-dir", service.data_dir, "--json", cwd=folder)
    finally:
        key.write_text(kept, encoding="ascii")
        key.chmod(0o600)
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["identity key"]["verdict"] == "fail"
    assert found["identity key"]["advice"].startswith("chmod 600")
    assert "is not the one that schema city_321000 was written with" in found["identity key in use"]["says"]


def test_whoever_only_looks_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doctor(data_dir=tmp_path / "nothing")
    assert "there is none in" in capsys.readouterr().out
    with pytest.raises(FAILURES, match="guanjia serve begins one"):
        verify(data_dir=tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_production_on_an_embedded_database_is_doubtful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GUANJIA_DATABASE_URL", raising=False)
    found = list(configuration(Settings(env="production", data_dir=tmp_path)))
    assert [each.verdict for each in found] == [Verdict.OK, Verdict.WARN]


def test_a_data_dir_that_is_a_file_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.touch()
    assert next(iter(data_folder(file))).verdict is Verdict.FAIL
