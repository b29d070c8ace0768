"""The secret keys of an installation: from the settings, or kept in the data dir where only their owner reads them."""

import hmac
import os
import secrets
import tempfile
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from pathlib import Path
from typing import Final

_KEY_BYTES: Final = 32


class KeyUnusable(Exception):
    """A key that was given or kept is not 32 bytes in base64, or its file cannot be used."""


def load_or_create(data_dir: Path, name: str, given: str | None = None) -> bytes:
    """Answer the 32 bytes of a key: `given` in base64, else those in `<name>.key` of the data dir, made if missing.

    Two processes that start at once get the same key. Raises: KeyUnusable.
    """
    if given is not None:
        return _decoded(given, f"the {name} key of the settings")
    file = data_dir / f"{name}.key"
    try:
        if not file.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            _create(file)
        return _decoded(file.read_text(encoding="ascii", errors="replace"), str(file))
    except OSError as refused:
        raise KeyUnusable(f"the {name} key cannot be kept in {file}: {refused.strerror}") from refused


def derived(key: bytes, purpose: str) -> bytes:
    """Answer a key for one purpose, which gives nothing away about the key that it is derived from."""
    return hmac.digest(key, purpose.encode(), sha256)


def _create(file: Path) -> None:
    """Write the key whole beside its place and link it there: it appears complete, and only the first one does."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as draft_file:
            draft_file.write(b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n")
            draft_file.flush()
            os.fsync(draft_file.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
        _keep_entry(file.parent)
    finally:
        Path(draft).unlink()


def _keep_entry(folder: Path) -> None:
    """Bring the folder's new entry to the disk: a key that a power cut takes away takes all personal fields along."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _decoded(text: str, origin: str) -> bytes:
    try:
        key = b64decode(text.strip(), validate=True)
    except (NotBase64, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyUnusable(f"{origin} is not {_KEY_BYTES} bytes in base64")
    return key
