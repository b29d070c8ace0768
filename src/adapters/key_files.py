"""The key files of an installation as an operator finds them; looking makes none."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from adapters.keys import KeyUnusable, load_or_create
from application.kernel.diagnosis import Diagnosis, broken, doubtful, well

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def file_of(data_dir: Path, name: str) -> Path:
    """Answer where a key is kept that is not given by the settings."""
    return data_dir / f"{name}.key"


def has_key(data_dir: Path, name: str, given: str | None) -> bool:
    """Tell whether a key can be had without making it."""
    return given is not None or file_of(data_dir, name).exists()


def require_key(data_dir: Path, name: str, given: str | None) -> None:
    """Refuse to go on without a key that is there.

    Raises: KeyUnusable.
    """
    if not has_key(data_dir, name, given):
        raise KeyUnusable(f"{file_of(data_dir, name)} is missing: bring it back")


def look_at_key(data_dir: Path, name: str, given: str | None) -> Iterator[Diagnosis]:
    """Tell whether a key can be used, and whether others can read it."""
    subject, file = f"{name} key", file_of(data_dir, name)
    if not has_key(data_dir, name, given):
        yield doubtful(subject, f"{file} is missing", "it is made at the first start; after a restore, bring it back")
        return
    try:
        load_or_create(data_dir, name, given)
    except KeyUnusable as error:
        yield broken(subject, str(error), "bring the right one back: what was written under it needs it")
        return
    if given is not None:
        yield well(subject, f"from GUANJIA_{name.upper()}_KEY")
        return
    mode = file.stat().st_mode
    if mode & _OTHERS:
        yield broken(subject, f"{file} may be read by others ({stat.filemode(mode)})", f"chmod 600 {file}")
    else:
        yield well(subject, f"{file}, for its owner only")
