"""The secret keys of an installation."""

import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from adapters.keys import KeyUnusable, derived, load_or_create

KEY = bytes(range(32))


def test_a_given_key_is_used_and_not_kept(tmp_path: Path) -> None:
    assert load_or_create(tmp_path, "master", b64encode(KEY).decode()) == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "given", ["", "short", b64encode(KEY[:31]).decode(), b64encode(KEY + b"x").decode(), "键" * 44]
)
def test_what_is_no_key_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(KeyUnusable, match="the master key of the settings is not 32 bytes in base64"):
        load_or_create(tmp_path, "master", given)


def test_a_missing_key_is_made_for_its_owner_only_and_kept(tmp_path: Path) -> None:
    made = load_or_create(tmp_path / "data", "master")
    file = tmp_path / "data" / "master.key"
    assert len(made) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_or_create(tmp_path / "data", "master") == made
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]


def test_each_name_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert load_or_create(tmp_path, "master") != load_or_create(tmp_path, "identity")


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from adapters.keys import load_or_create; sys.stdin.read();"
        "print(load_or_create(Path(sys.argv[1]), 'master').hex())"
    )
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in starting:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    assert len({process.communicate()[0] for process in starting}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


def test_a_spoiled_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "master.key").write_text("spoiled")
    with pytest.raises(KeyUnusable, match=r"master\.key is not 32 bytes"):
        load_or_create(tmp_path, "master")
    assert (tmp_path / "master.key").read_text() == "spoiled"


def test_a_folder_that_cannot_hold_keys_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyUnusable, match="the master key cannot be kept in"):
        load_or_create(tmp_path / "file", "master")


def test_a_derived_key_is_one_purposes_own() -> None:
    assert derived(KEY, "receipts") == derived(KEY, "receipts")
    assert len({derived(KEY, "receipts"), derived(KEY, "persons"), derived(KEY[::-1], "receipts"), KEY}) == 4
