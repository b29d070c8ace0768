"""The account that PostgreSQL runs as: our own, or a system account when we are root, whom PostgreSQL refuses."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.embedded_postgres.failure import EmbeddedPostgresFailed

DEDICATED = "guanjia-postgres"
# An account that is there already comes before one that we would have to make.
SYSTEM_ACCOUNTS = (DEDICATED, "postgres")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system, with its group."""

    uid: int
    gid: int
    name: str

    def run(
        self, command: Sequence[str | Path], *, pgdata: Path, cwd: Path, said: str = "", seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL as this account; `said` is its input, stdout holds all that it wrote.

        It gets a session of its own, so that Ctrl-C at our terminal reaches neither it nor the server that it starts;
        and none of our environment, which may hold secrets or PG* settings meant for another server.
        """
        ours = os.geteuid() == self.uid
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        try:
            return subprocess.run(
                command,
                input=said,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
                cwd=cwd,
                env={**kept, "PGDATA": str(pgdata), "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                umask=0o077,
                user=None if ours else self.uid,
                group=None if ours else self.gid,
                extra_groups=None if ours else [],
            )
        except PermissionError as refused:
            raise EmbeddedPostgresFailed(f"{self.name} may not run {command[0]}: {refused.strerror}") from refused
        except subprocess.TimeoutExpired as late:
            raise EmbeddedPostgresFailed(f"{command[0]} did not end within {seconds:.0f} s") from late


def account_of(uid: int) -> Account:
    """The account with this number, whether or not it has a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(uid, uid, f"user {uid}")
    return Account(uid, entry.pw_gid, entry.pw_name)


def owner_of(path: Path) -> Account:
    """The account that the file or folder belongs to."""
    return account_of(path.lstat().st_uid)


def system_account(names: Sequence[str] = SYSTEM_ACCOUNTS, made: str = DEDICATED) -> Account:
    """The account for a new cluster of root's: the first of `names` that exists, else `made` is created."""
    for name in names:
        if (found := _named(name)) is not None:
            return found
    refused = _create(made)
    # Two starts at once may both try to make it: the one that comes second is refused, and finds it.
    if (created := _named(made)) is not None:
        return created
    raise EmbeddedPostgresFailed(
        f"PostgreSQL refuses to run as root, and the system account {made} cannot be made ({refused}):"
        f" make it (useradd --system {made}), run as an ordinary user, or set GUANJIA_DATABASE_URL"
    )


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _create(name: str) -> str:
    """Make a system account that nobody can log in to; gives what was said against it."""
    useradd = shutil.which("useradd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))
    if useradd is None:
        return "there is no useradd"
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", name], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stderr.strip()
