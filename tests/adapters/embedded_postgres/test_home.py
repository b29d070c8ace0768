"""Where a data dir's cluster lives, and whose it is."""

import re
import shutil
from pathlib import Path

import pytest

from adapters.embedded_postgres import EmbeddedPostgresFailed
from adapters.embedded_postgres.account import system_account
from adapters.embedded_postgres.folders import open_folder, private_folder
from adapters.embedded_postgres.home import settle
from tests.adapters.embedded_postgres.people import Person, alive


def test_root_finds_the_data_dir_of_an_ordinary_user(root: Person, ordinary_user: Person, shared: Path) -> None:
    data_dir = ordinary_user.data_dir(shared)
    ordinary_user.enter(data_dir).leave()
    name = ordinary_user.account.name
    assert f"made by {name}, and we are root: run as {name}, or choose another data dir" in root.is_refused(data_dir)
    ordinary_user.enter(data_dir).leave()


def test_an_ordinary_user_finds_the_data_dir_of_root(root: Person, ordinary_user: Person, shared: Path) -> None:
    data_dir = root.folder(shared / "of-root") / ".guanjia"
    data_dir.mkdir()
    settle(data_dir, root.state_dir)
    assert "nobody lacks the permission for" in ordinary_user.is_refused(data_dir)
    data_dir.parent.chmod(0o755)
    data_dir.chmod(0o777)
    assert "made by root, and we are nobody: run as root" in ordinary_user.is_refused(data_dir)


def test_a_copy_of_a_data_dir_does_not_share_the_database(root: Person, tmp_path: Path) -> None:
    original, copy = root.folder(tmp_path / "original"), tmp_path / "copy"
    home = settle(original, root.state_dir)
    shutil.copytree(original, copy)
    with pytest.raises(EmbeddedPostgresFailed, match=f"is a copy of {original}, and the database stays with"):
        settle(copy, root.state_dir)
    (copy / "postgres.home").unlink()
    assert settle(copy, root.state_dir) != home
    assert settle(original, root.state_dir) == home


def test_a_data_dir_that_was_moved_keeps_its_database(person: Person, data_dir: Path) -> None:
    person.enter(data_dir).leave()
    name = person.home(data_dir).name
    moved = data_dir.rename(data_dir.with_name("moved"))
    person.enter(moved).leave()
    assert person.home(moved).name == name
    moved.rename(data_dir)
    person.enter(data_dir).leave()


def test_a_data_dir_that_was_made_anew_starts_anew(root: Person, tmp_path: Path) -> None:
    first = settle(root.folder(tmp_path / "made"), root.state_dir)
    shutil.rmtree(tmp_path / "made")
    assert settle(root.folder(tmp_path / "made"), root.state_dir) != first


def test_the_cluster_of_a_temporary_data_dir_goes_with_it(root: Person, shared: Path) -> None:
    data_dir = root.folder(shared / "temporary") / ".guanjia"
    user = root.enter(data_dir)
    home = root.home(data_dir)
    user.kill()
    shutil.rmtree(data_dir)
    assert home.exists()
    assert alive(user.pid)
    settle(root.folder(shared / "next"), root.state_dir)
    assert not home.exists()
    assert not alive(user.pid)


def test_other_clusters_stay(root: Person, shared: Path) -> None:
    """One whose data dir was removed, but was not temporary, and one whose temporary data dir is there."""
    kept = settle(root.folder(shared / "kept"), root.state_dir)
    lasting = settle(root.folder(shared / "lasting"), root.state_dir)
    (lasting.path / "of").write_text("/srv/guanjia/unmounted")
    settle(root.folder(shared / "yet-another"), root.state_dir)
    assert kept.path.exists()
    assert lasting.path.exists()


def test_a_database_that_is_missing_is_not_replaced_by_an_empty_one(root: Person, tmp_path: Path) -> None:
    settle(tmp_path, root.state_dir).path.rename(tmp_path / "elsewhere")
    with pytest.raises(EmbeddedPostgresFailed, match="is missing: bring it back, or remove"):
        settle(tmp_path, root.state_dir)


def test_a_key_that_leads_elsewhere_is_not_followed(root: Person, tmp_path: Path) -> None:
    (tmp_path / "postgres.home").write_text("../../elsewhere\n")
    (root.state_dir.parent / "elsewhere").mkdir()
    with pytest.raises(EmbeddedPostgresFailed, match="is missing"):
        settle(tmp_path, root.state_dir)


def test_a_folder_of_somebody_else_is_not_used_for_the_socket(tmp_path: Path, ordinary_user: Person) -> None:
    open_to_all = tmp_path / "socket"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    with pytest.raises(EmbeddedPostgresFailed, match=re.escape("(0700); it belongs to")):
        private_folder(open_to_all, ordinary_user.account)
    link = tmp_path / "link"
    link.symlink_to(private_folder(tmp_path / "mine", ordinary_user.account))
    with pytest.raises(EmbeddedPostgresFailed, match="must be a folder"):
        private_folder(link, ordinary_user.account)


def test_a_state_folder_is_neither_opened_up_nor_shared(tmp_path: Path) -> None:
    closed, shared_by_all = tmp_path / "closed", tmp_path / "shared"
    closed.mkdir(mode=0o700)
    with pytest.raises(EmbeddedPostgresFailed, match=r"chmod o\+x"):
        open_folder(closed)
    shared_by_all.mkdir()
    shared_by_all.chmod(0o777)
    with pytest.raises(EmbeddedPostgresFailed, match="nobody else may write"):
        open_folder(shared_by_all)


def test_no_system_account_can_be_had() -> None:
    with pytest.raises(EmbeddedPostgresFailed, match="refuses to run as root, and the system account") as refused:
        system_account(names=("no such name",), made="no such name")
    assert "set GUANJIA_DATABASE_URL" in str(refused.value)
