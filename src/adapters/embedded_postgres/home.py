"""Where a data dir's cluster lives: inside the data dir or, for root, where the server's account can reach it."""

import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from adapters.embedded_postgres.account import Account, account_of, owner_of, system_account
from adapters.embedded_postgres.failure import EmbeddedPostgresFailed
from adapters.embedded_postgres.folders import is_temporary, open_folder, private_folder
from adapters.embedded_postgres.processes import end_all

INSIDE = "postgres"  # the home inside an ordinary user's data dir
MARKER = "postgres.home"  # the file in root's data dir that names its home
KEY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}")

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # bytes; the operating systems allow 104 to 108
# Commas, colons and spaces mean something in a list of hosts or folders.
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder with the cluster (`data`), its `log`, its `socket` and its settings, and the account it runs as."""

    path: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def socket(self) -> Path:
        return self.socket_folder / SOCKET

    @property
    def name(self) -> str:
        """What the server's processes are called: one name on this machine, kept when the data dir is moved."""
        found = self.path.stat()
        return f"guanjia-{found.st_dev:x}-{found.st_ino:x}"

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket: in the home, or in /tmp where the home's path is too long for a socket."""
        inside = self.path / "socket"
        if PLAIN.fullmatch(str(inside)) and len(os.fsencode(inside / SOCKET)) < LONGEST_SOCKET:
            return inside
        # Not in TMPDIR: a service and a shell with two values of it must find the same socket.
        return Path("/tmp", self.name)  # noqa: S108 the folder is private, and refused where it is another's


def refuse_if_of_another(data_dir: Path) -> None:
    """Refuse a data dir that root has used before and an ordinary user wants now, or the other way round."""
    us = account_of(os.geteuid())
    for made in (data_dir / INSIDE, data_dir / MARKER):
        if made.exists() and (first := owner_of(made)).uid != us.uid:
            raise EmbeddedPostgresFailed(
                f"the database in {data_dir} was made by {first.name}, and we are {us.name}:"
                f" run as {first.name}, or choose another data dir"
            )


def settle(data_dir: Path, state_dir: Path) -> Home:
    """Find the data dir's home, or make it; called under the data dir's lock."""
    us = account_of(os.geteuid())
    if us.uid != 0:
        return Home(private_folder(data_dir / INSIDE, us), us)
    path = _home_of_root(data_dir, state_dir)
    data = path / "data"
    return Home(path, owner_of(data) if data.exists() else system_account())


def _home_of_root(data_dir: Path, state_dir: Path) -> Path:
    clusters = open_folder(open_folder(state_dir) / "clusters")
    marker = data_dir / MARKER
    if not marker.exists():
        _sweep(clusters, data_dir)
        # A data dir that was removed and made again gets a new cluster, not the one of its forerunner.
        key = f"{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}-{secrets.token_hex(4)}"
        home = open_folder(clusters / key)
        (home / "of").write_bytes(os.fsencode(data_dir))
        named = data_dir / f"{MARKER}.new"
        named.write_text(f"{key}\n", encoding="ascii")
        named.replace(marker)
        return home
    key = marker.read_text(encoding="ascii", errors="replace").strip()
    home = clusters / key
    if not KEY.fullmatch(key) or not home.is_dir():
        raise EmbeddedPostgresFailed(
            f"the database that {marker} names ({home}) is missing: bring it back, or remove {marker} to start anew"
        )
    _refuse_a_copy(data_dir, home, key)
    return home


def _sweep(clusters: Path, data_dir: Path) -> None:
    """Remove the clusters of temporary data dirs that are gone, as this one's forerunners are.

    A cluster inside a data dir goes with it; one that root keeps elsewhere would stay for ever. The clusters of other
    data dirs are never removed: what looks gone may be a volume that is not mounted.
    """
    for note in clusters.glob("*/of"):
        owner = Path(os.fsdecode(note.read_bytes()))
        if is_temporary(owner) and (owner == data_dir or not owner.exists()):
            gone = Home(note.parent, owner_of(note.parent))
            if gone.data.exists():
                end_all(gone.name, owner_of(gone.data).uid)
            shutil.rmtree(gone.path, ignore_errors=True)


def _refuse_a_copy(data_dir: Path, home: Path, key: str) -> None:
    """Let a data dir that was moved keep its cluster, but not a copy of it share the cluster with the original."""
    note = home / "of"
    original = Path(os.fsdecode(note.read_bytes()))
    if original == data_dir:
        return
    marker = original / MARKER
    if marker.exists() and marker.read_text(encoding="ascii", errors="replace").strip() == key:
        raise EmbeddedPostgresFailed(
            f"{data_dir} is a copy of {original}, and the database stays with the original:"
            f" remove {data_dir / MARKER} to start with an empty one"
        )
    note.write_bytes(os.fsencode(data_dir))
