"""A worker by itself: it starts while the database is down, says so, and recovers; it ends when its parent does."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from adapters.embedded_postgres import EmbeddedPostgres
from api.cli.token import LIFE
from api.compose import issuer, prepare
from api.serving.listening import listen, url_of
from api.settings import Settings
from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import Subject
from tests.api.cli.processes import environment, until

CLERK = Caller(subject=Subject("clerk"), role=Role.MUNICIPAL)


@contextmanager
def worker(settings: Settings, dsn: str) -> Iterator[tuple[str, int, subprocess.Popen[bytes]]]:
    """Run a worker as the supervisor does; answers its URL, the supervisor's end of the lifeline, and the process."""
    children, supervisor = os.pipe()
    with listen("127.0.0.1", 0) as listener:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.serving.worker", str(listener.fileno()), str(children)],
            env=environment(GUANJIA_DATABASE_URL=dsn, GUANJIA_DATA_DIR=str(settings.data_dir)),
            stderr=subprocess.DEVNULL,
            pass_fds=(listener.fileno(), children),
        )
        os.close(children)
        try:
            yield url_of(listener), supervisor, process
        finally:
            process.kill()
            process.wait()


def test_a_worker_waits_for_its_database_and_ends_with_its_parent(folder: Path) -> None:
    settings = Settings(data_dir=folder / "worker", database_url=None)
    database = EmbeddedPostgres(settings.data_dir, fast_for_tests=True)
    with database:
        dsn = database.dsn
        asyncio.run(prepare(settings, dsn))
    token = issuer(settings).issue(CLERK, "", LIFE)
    with worker(settings, dsn) as (url, lifeline, process), httpx.Client(base_url=url, timeout=20) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").json()["checks"]["database"] is False
        refused = client.post("/v1/companies", json={"name": "晴川物业"})
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert "retry-after" in refused.headers
        with database:
            until(lambda: client.get("/readyz").json()["checks"]["database"])
            assert client.post("/v1/companies", json={"name": "晴川物业"}).status_code == 201
            os.close(lifeline)
            assert process.wait(timeout=10) == 0
