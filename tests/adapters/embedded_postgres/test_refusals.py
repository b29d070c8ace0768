"""Where the server cannot be had, it is said why and what to do."""

import errno
import os
import shutil
import socket
from pathlib import Path

import pytest

from adapters.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresFailed
from adapters.embedded_postgres.failure import cause, explained
from adapters.embedded_postgres.home import SOCKET
from tests.adapters.embedded_postgres.people import Person, kill_server


def test_a_data_dir_that_may_not_be_written(ordinary_user: Person, shared: Path) -> None:
    clone = ordinary_user.folder(shared / "read-only")
    clone.chmod(0o500)
    refusal = ordinary_user.is_refused(clone / ".guanjia")
    assert f"{ordinary_user.account.name} lacks the permission for {clone / '.guanjia'}: give it" in refusal


def test_a_cluster_of_another_version(person: Person, data_dir: Path) -> None:
    person.enter(data_dir).leave()
    version = person.home(data_dir) / "data" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("14\n")
    try:
        assert "was made by PostgreSQL 14, and this is 18: dump it with 14" in person.is_refused(data_dir)
    finally:
        version.write_text(ours)
    person.enter(data_dir).leave()


def test_a_server_that_cannot_start_says_why_and_blocks_nobody(person: Person, data_dir: Path) -> None:
    person.enter(data_dir).leave()
    settings = person.home(data_dir) / "data" / "postgresql.conf"
    ours = settings.read_text()
    settings.write_text("no_such_setting = on\n")
    try:
        assert 'unrecognized configuration parameter "no_such_setting"' in person.is_refused(data_dir)
    finally:
        settings.write_text(ours)
    person.enter(data_dir).leave()


def test_a_cluster_that_vanished_is_not_replaced_by_an_empty_one(person: Person, data_dir: Path) -> None:
    user = person.enter(data_dir)
    data = person.home(data_dir) / "data"
    gone = data.rename(data.with_name("gone"))
    kill_server(user)
    user.tell("ensure")
    assert "has vanished" in user.hear()["failed"]
    assert user.process.wait(10) == 0
    gone.rename(data)
    person.enter(data_dir).leave()


def test_a_folder_without_a_server(shared: Path) -> None:
    with (
        pytest.raises(EmbeddedPostgresFailed, match="there is no PostgreSQL server in"),
        EmbeddedPostgres(shared / "none", bin_dir=shared, state_dir=shared / "state"),
    ):
        pass


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full: make room"),
        (errno.EDQUOT, "the disk is full: make room"),
        (errno.EROFS, "it is on a read-only file system: choose another data dir"),
        (errno.EACCES, "somebody lacks the permission for it"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_what_the_operating_system_refuses_is_explained(number: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedPostgresFailed, match=said), explained(tmp_path, "somebody"):
        raise OSError(number, os.strerror(number), "it")


def test_of_files_that_cannot_be_copied_the_first_says_enough(tmp_path: Path) -> None:
    left = [(f"from/{name}", f"to/{name}", "[Errno 28] No space left on device") for name in ("first", "second")]
    with pytest.raises(EmbeddedPostgresFailed, match="the disk is full: make room"), explained(tmp_path, "somebody"):
        raise shutil.Error(left)


def test_a_full_disk_is_told_from_what_postgresql_says() -> None:
    said = 'PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device'
    assert cause(said) == f"the disk is full: make room and start again; what was committed is kept\n{said}"


def test_a_server_out_of_sight_is_not_doubled(ordinary_user: Person, shared: Path) -> None:
    """It answers, but its processes cannot be seen: it runs in another container that shares the data dir."""
    data_dir = ordinary_user.data_dir(shared)
    ordinary_user.enter(data_dir).leave()
    address = ordinary_user.home(data_dir) / "socket" / SOCKET
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as unseen:
        unseen.bind(str(address))
        address.chmod(0o777)
        unseen.listen()
        assert f"a server that is not in sight answers at {address}" in ordinary_user.is_refused(data_dir)
    address.unlink()
    ordinary_user.enter(data_dir).leave()
