"""A running `guanjia serve`, as a reader of the documents has it before them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgres import drop

BIN = Path(sys.executable).parent
# A city of its own on the server that all tests share, one for each process of the run.
CITY = f"9900{int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')):02}"


@dataclass(frozen=True)
class Served:
    """A running `guanjia serve`: where it is, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]
    folder: Path


@pytest.fixture(scope="session")
def served(database_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a new city on a free port."""
    folder = tmp_path_factory.mktemp("served")
    environment = {
        **os.environ,
        "GUANJIA_CITY": CITY,
        "GUANJIA_DATABASE_URL": database_dsn,
        "GUANJIA_DATA_DIR": str(folder / "data"),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [BIN / "guanjia", "serve", "--port", "0"],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        ) as server,
    ):  # fmt: skip
        try:
            assert server.stdout is not None
            ready = server.stdout.readline()
            assert "http://" in ready, (folder / "log").read_text()
            yield Served(ready.split()[-1], environment, folder)
        finally:
            server.terminate()
            server.wait(timeout=15)
            asyncio.run(drop(database_dsn, f"city_{CITY}"))
