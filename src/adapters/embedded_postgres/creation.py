"""Making a cluster: initdb and the database, in a folder that gets its name only when all is there."""

import shutil
import tempfile
from pathlib import Path

from adapters.embedded_postgres.failure import EmbeddedPostgresFailed, cause
from adapters.embedded_postgres.folders import hand_over, keep, remove_left_over
from adapters.embedded_postgres.home import Home
from adapters.embedded_postgres.installation import Installation

OWNER = "guanjia"
DATABASE = "guanjia"
HALF_MADE = "new-"


def create_cluster(home: Home, installation: Installation, *, fast_for_tests: bool) -> None:
    """Make the home's cluster with the role and the database `guanjia`; it appears whole or not at all."""
    if home.data.exists():
        raise EmbeddedPostgresFailed(f"{home.data} is no PostgreSQL cluster: move it away, or restore it")
    remove_left_over(home.path, HALF_MADE)
    new = Path(tempfile.mkdtemp(prefix=HALF_MADE, dir=home.path))
    hand_over(new, home.account)
    try:
        _run(home, new, installation.program("initdb"), *_initdb(fast_for_tests=fast_for_tests))
        database = f"CREATE DATABASE {DATABASE}"
        _run(home, new, installation.program("postgres"), "--single", "-j", "postgres", said=database)
        new.rename(home.data)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    keep(home.path)


def _initdb(*, fast_for_tests: bool) -> list[str]:
    return [
        f"--username={OWNER}",
        "--encoding=UTF8",
        "--locale=C",
        "--auth-local=trust",  # whoever can enter the socket's folder is the owner
        "--auth-host=reject",
        "--data-checksums",
        "--no-instructions",
        *(["--no-sync"] if fast_for_tests else []),
    ]


def _run(home: Home, new: Path, program: Path, *arguments: str, said: str = "") -> None:
    done = home.account.run([program, *arguments], pgdata=new, cwd=home.path, said=said)
    # a refused statement in single-user mode is no reason for it to fail
    if done.returncode != 0 or "ERROR:" in done.stdout:
        raise EmbeddedPostgresFailed(f"a cluster cannot be made in {home.path}: {cause(done.stdout)}")
