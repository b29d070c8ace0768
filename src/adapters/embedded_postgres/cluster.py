"""One cluster's server: started, adopted from an owner that was killed, recovered, stopped."""

import shutil
import signal
import socket
from pathlib import Path

from adapters.embedded_postgres.creation import create_cluster
from adapters.embedded_postgres.failure import EmbeddedPostgresFailed, cause
from adapters.embedded_postgres.folders import private_folder
from adapters.embedded_postgres.home import SOCKET, Home
from adapters.embedded_postgres.installation import Installation
from adapters.embedded_postgres.processes import end_all, is_alive, tell, wait_until
from adapters.embedded_postgres.settings import server_settings

RECOVERY = 300  # seconds: what a server that was killed under load may need to read its log again


class Cluster:
    """The server of one home's cluster; whoever calls it holds the data dir's lock, except for `runs`."""

    def __init__(self, home: Home, installation: Installation, *, fast_for_tests: bool) -> None:
        self.home = home
        self._installation = installation
        self._fast = fast_for_tests
        self._name = home.name

    def runs(self, pid: int) -> bool:
        """Whether the server with this pid is alive; cheap enough to be asked all the time."""
        return is_alive(pid, self._name)

    def exists(self) -> bool:
        return (self.home.data / "PG_VERSION").is_file()

    def create(self) -> None:
        create_cluster(self.home, self._installation, fast_for_tests=self._fast)

    def start(self) -> int:
        """Adopt the server that runs, or clear away what a killed one left and start a new one; gives its pid."""
        running = self._settled()
        if running is not None:
            return running
        self._refuse_an_unseen_server()
        self._clear_away()
        self._refuse_another_version()
        private_folder(self.home.log, self.home.account)
        private_folder(self.home.socket_folder, self.home.account)
        self._write_settings()
        self._launch()
        started = self._settled()
        if started is None:
            raise EmbeddedPostgresFailed(f"PostgreSQL started and ended at once: {self._last_words()}")
        return started

    def stop(self) -> None:
        """End the server: at a checkpoint when it manages in time, else at once, to be recovered by the next start."""
        pid = self._recorded_pid()
        if pid is not None and self.runs(pid):
            for ask, patience in ((signal.SIGINT, 6.0), (signal.SIGQUIT, 1.0)):
                tell(pid, ask)
                if wait_until(lambda: not self.runs(pid), patience):
                    break
        self._clear_away()
        if self.home.socket_folder.parent != self.home.path:
            shutil.rmtree(self.home.socket_folder, ignore_errors=True)

    def _settled(self) -> int | None:
        """The server's pid once it takes connections; None when there is none, or it ends while we wait."""
        pid = self._recorded_pid()
        if pid is None or not self.runs(pid):
            return None
        if not wait_until(lambda: self._is_ready() or not self.runs(pid), RECOVERY):
            raise EmbeddedPostgresFailed(f"PostgreSQL (pid {pid}) runs but is not ready: {self._last_words()}")
        return pid if self.runs(pid) else None

    def _is_ready(self) -> bool:
        lines = self._lock_file()
        return len(lines) >= 8 and lines[7].strip() == "ready"  # noqa: PLR2004 the line of the state, see miscadmin.h

    def _recorded_pid(self) -> int | None:
        lines = self._lock_file()
        return int(lines[0]) if lines and lines[0].strip().isdecimal() else None

    def _lock_file(self) -> list[str]:
        try:
            return (self.home.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []

    def _clear_away(self) -> None:
        """Make way for a new server after one that was killed: its other processes, and its lock files.

        A lock file whose pid now belongs to a stranger of the same account would keep PostgreSQL from starting; no
        process of the cluster is left when it is removed.
        """
        left = end_all(self._name, self.home.account.uid)
        if left:
            raise EmbeddedPostgresFailed(f"processes of a killed server will not end: {left}")
        for lock in (self.home.data / "postmaster.pid", self.home.socket.with_name(f"{SOCKET}.lock")):
            lock.unlink(missing_ok=True)

    def _refuse_an_unseen_server(self) -> None:
        # It may run in another container that shares the data dir: neither we nor PostgreSQL can see its processes,
        # and two servers on one cluster destroy it. A server that is being killed answers for a moment longer.
        if not wait_until(lambda: not _answers(self.home.socket), 2.0):
            raise EmbeddedPostgresFailed(
                f"a server that is not in sight answers at {self.home.socket}:"
                f" stop it where it runs, in another container perhaps"
            )

    def _refuse_another_version(self) -> None:
        made = (self.home.data / "PG_VERSION").read_text(encoding="ascii").strip()
        ours = self._installation.major()
        if made != ours:
            raise EmbeddedPostgresFailed(
                f"the cluster in {self.home.data} was made by PostgreSQL {made}, and this is {ours}:"
                f" dump it with {made} and load it into a new data dir, or run {made}"
            )

    def _write_settings(self) -> None:
        settings = self.home.path / "server.conf"
        text = server_settings(socket_folder=self.home.socket_folder, fast_for_tests=self._fast)
        settings.write_text(text, encoding="utf-8")
        settings.chmod(0o644)  # root's, and read by the server's account

    def _launch(self) -> None:
        # All that pg_ctl hands to a shell is plain; the cluster's path, which may be anything, goes by PGDATA.
        (self.home.log / "start.log").unlink(missing_ok=True)
        options = f"-c config_file=server.conf --cluster-name={self._name}"
        launch = ["start", "--wait", f"--timeout={RECOVERY}", "--log=log/start.log", f"--options={options}", "--silent"]
        command: list[str | Path] = [self._installation.program("pg_ctl"), *launch]
        done = self.home.account.run(command, pgdata=self.home.data, cwd=self.home.path, seconds=RECOVERY + 30)
        if done.returncode != 0:
            raise EmbeddedPostgresFailed(f"PostgreSQL does not start: {self._last_words() or cause(done.stdout)}")

    def _last_words(self) -> str:
        logs = sorted(self.home.log.glob("*.log"), key=lambda log: log.stat().st_mtime)
        lines = [line for log in logs[-2:] for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
        return cause("\n".join(lines[-12:])) if lines else ""


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(1.0)
        try:
            caller.connect(str(address))
        except (BlockingIOError, TimeoutError):  # somebody listens, and is busy
            return True
        except OSError:
            return False
        return True
