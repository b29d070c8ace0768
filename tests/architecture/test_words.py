"""Nothing in the project depends on the machine on which it was written, nor sends anyone to an outside address."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, text_files

# One letter in brackets keeps a pattern from finding itself.
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:r[o]ot|h[o]me|U[s]ers|w[o]rk)/")
PACKAGE_INDEX = re.compile(r"--(?:extra-)?[i]ndex-url|[i]ndex_url|/s[i]mple/")
ADDRESS = re.compile(r"https?://([\w.-]+)")

# The addresses that may be named: this machine, made-up ones, and the standards and sources that are cited.
NAMED = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "api", "test", "testserver"})  # noqa: S104 - a name, nothing binds to it
CITED = frozenset({"www.rfc-editor.org", "keepachangelog.com", "semver.org", "openfeature.dev"})

FILES = list(text_files())


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def is_named(host: str) -> bool:
    return host in NAMED | CITED or host.endswith((".example", "example.com", "example.org", ".test", ".invalid"))


@pytest.mark.parametrize("pattern", [OF_ONE_MACHINE, PACKAGE_INDEX], ids=["path of one machine", "package index"])
def test_no_file_names(pattern: re.Pattern[str]) -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if pattern.search(text(path))] == []


def test_no_file_names_an_outside_address() -> None:
    found = {(str(path.relative_to(ROOT)), host) for path in FILES for host in ADDRESS.findall(text(path))}
    assert sorted((path, host) for path, host in found if not is_named(host)) == []


def test_the_lock_names_no_address_and_has_a_hash_for_everything() -> None:
    lock = text(ROOT / "requirements.lock")
    assert "://" not in lock
    pinned = re.findall(r"^[\w.-]+==.*(?:\n .*)*", lock, flags=re.MULTILINE)
    assert pinned
    assert [entry.partition("\n")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_files_were_found() -> None:
    names = {str(path.relative_to(ROOT)) for path in FILES}
    assert {"Makefile", "pyproject.toml", "requirements.lock", "src/domain/__init__.py", ".ci/run"} <= names
