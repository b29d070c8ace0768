"""Folders that are safe to use: private ones for the server's account, open ones for what root shares with it."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from adapters.embedded_postgres.account import Account, owner_of
from adapters.embedded_postgres.failure import EmbeddedPostgresFailed

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def private_folder(path: Path, account: Account) -> Path:
    """Make a folder that only the account may enter; one that stands there already must be such a one."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        hand_over(path, account)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & OTHERS:
        raise EmbeddedPostgresFailed(
            f"{path} must be a folder that only {account.name} may enter (0700);"
            f" it belongs to {owner_of(path).name} and is {stat.filemode(found.st_mode)}"
        )
    return path


def hand_over(path: Path, account: Account) -> None:
    """Let the file or folder, which we have just made, belong to the account."""
    if os.geteuid() != account.uid:
        os.chown(path, account.uid, account.gid)


def open_folder(path: Path) -> Path:
    """Make a folder of root's that everyone may enter; one that stands there already must be root's alone to write.

    A folder that is not ours is never opened up: when others cannot enter it, that is said.
    """
    if not path.parent.exists():
        open_folder(path.parent)
    try:
        path.mkdir(mode=0o755)
    except FileExistsError:
        pass
    else:
        path.chmod(0o755)  # whatever the umask is
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & OTHERS_MAY_WRITE:
        raise EmbeddedPostgresFailed(f"{path} must be a folder that belongs to root and that nobody else may write")
    if not found.st_mode & stat.S_IXOTH:
        raise EmbeddedPostgresFailed(f"{path} cannot be entered by the server's account: chmod o+x {path}")
    return path


def keep(path: Path) -> None:
    """Bring a folder's entries to the disk, so that a rename in it outlives a power cut."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def is_temporary(path: Path) -> bool:
    """Whether the path is in a folder whose contents nobody expects to last."""
    return any(path.is_relative_to(folder) for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp"))  # noqa: S108 - asks only


def remove_left_over(folder: Path, prefix: str) -> None:
    """Remove what a killed process has left half made."""
    for half_made in folder.glob(f"{prefix}*"):
        shutil.rmtree(half_made, ignore_errors=True)
