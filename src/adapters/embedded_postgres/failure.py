"""What is said when the embedded server cannot run: the cause, and what to do about it."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = "the disk is full: make room and start again; what was committed is kept"


class EmbeddedPostgresFailed(Exception):
    """The embedded server cannot be made, started or reached; the message says why and what to do."""


def cause(output: str) -> str:
    """Say in one piece what PostgreSQL complains about: `output` is what it or one of its programs wrote."""
    words = output.strip() or "it said nothing"
    return f"{FULL}\n{words}" if "No space left on device" in words else words


@contextmanager
def explained(data_dir: Path, user: str) -> Iterator[None]:
    """Turn what the operating system refuses inside the block into `EmbeddedPostgresFailed`."""
    try:
        yield
    except OSError as refused:
        raise EmbeddedPostgresFailed(
            f"the database in {data_dir} cannot be used: {_reason(refused, user)}"
        ) from refused


def _reason(refused: OSError, user: str) -> str:
    if isinstance(refused, shutil.Error):  # of all the files that could not be copied, the first says enough
        return cause(refused.args[0][0][2])
    where = refused.filename or "a file"
    if refused.errno in {errno.EACCES, errno.EPERM}:
        return f"{user} lacks the permission for {where}: give it, run as the owner, or choose another data dir"
    if refused.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL
    if refused.errno == errno.EROFS:
        return f"{where} is on a read-only file system: choose another data dir"
    return str(refused)
