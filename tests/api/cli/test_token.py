"""`guanjia token`: who the bearer is, and to what the role must be bound."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from api.cli.token import token
from api.compose import issuer
from api.settings import Settings
from application.kernel.callers import Caller, Role
from domain.kernel.district import District
from domain.kernel.identifiers import LicenceId, Subject
from tests.api.cli.processes import guanjia


def bearer(data_dir: Path, printed: str) -> Caller:
    return issuer(Settings(data_dir=data_dir)).verify(printed.strip())


def test_it_prints_the_token_and_nothing_else(tmp_path: Path) -> None:
    done = guanjia("token", "--role", "district", "--district", "321002", "--data-dir", tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    caller = bearer(tmp_path, done.stdout)
    assert (caller.role, caller.district) == (Role.DISTRICT, District("321002"))


def test_a_role_without_its_binding_is_a_mistake_of_usage(tmp_path: Path) -> None:
    done = guanjia("token", "--role", "manager", "--project", str(uuid4()), "--data-dir", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "a manager is bound to licence" in done.stderr


def test_production_issues_none(tmp_path: Path) -> None:
    done = guanjia("token", "--role", "municipal", "--data-dir", tmp_path, cwd=tmp_path, GUANJIA_ENV="production")
    assert done.returncode == 1
    assert done.stdout == ""
    assert not (tmp_path / "issuer.key").exists()


def test_the_same_words_are_the_same_person_and_the_subject_does_not_name_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def subject(name: str, role: Role = Role.MUNICIPAL) -> str:
        token(role=role, name=name, data_dir=tmp_path, as_json=True)
        told = json.loads(capsys.readouterr().out)
        assert bearer(tmp_path, told["token"]).subject == told["subject"]
        return str(told["subject"])

    assert subject("王敏") == subject("王敏")
    assert len({subject("王敏"), subject("李强"), subject(""), subject("王敏", Role.AUDITOR)}) == 4
    assert "王敏" not in subject("王敏")


def test_a_subject_that_is_given_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    licence = uuid4()
    token(role=Role.MANAGER, subject="zhang-san", licence=licence, data_dir=tmp_path)
    assert bearer(tmp_path, capsys.readouterr().out) == Caller(
        subject=Subject("zhang-san"), role=Role.MANAGER, licence=LicenceId(licence)
    )
