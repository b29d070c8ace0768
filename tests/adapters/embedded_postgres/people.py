"""The two kinds of people who run the embedded server, root and an ordinary user, and the processes that they start."""

import json
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.embedded_postgres.account import Account, account_of
from adapters.embedded_postgres.folders import hand_over
from adapters.embedded_postgres.home import INSIDE, MARKER
from adapters.embedded_postgres.installation import Installation
from adapters.embedded_postgres.processes import wait_until

AM_ROOT = os.geteuid() == 0
PATIENCE = 30
KEPT = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer"


@dataclass
class Client:
    """A psql that is busy, and the process that serves it."""

    process: subprocess.Popen[str]
    backend: int


@dataclass
class UserProcess:
    """A process inside `with EmbeddedPostgres(…)`, or the reason why it is not."""

    process: subprocess.Popen[str]
    dsn: str = ""
    pid: int = 0
    failed: str = ""

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the user process ended without an answer"
        heard: dict[str, Any] = json.loads(line)
        self.dsn, self.pid = heard.get("dsn", self.dsn), heard.get("pid", self.pid)
        self.failed = heard.get("failed", "")
        return heard

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def ensure_running(self) -> bool:
        self.tell("ensure")
        return bool(self.hear()["died"])

    def leave(self) -> None:
        self.tell("leave")
        assert self.hear() == {"left": True}
        assert self.process.wait(10) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        """Let go of the process, however it stands with it."""
        with self.process:
            with suppress(BrokenPipeError):
                assert self.process.stdin is not None
                self.process.stdin.close()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()


@dataclass
class Person:
    """Root, or an ordinary user; when the tests run as root, an ordinary user is what a process of theirs becomes."""

    account: Account
    state_dir: Path
    bin_dir: Path | None
    started: list[UserProcess] = field(default_factory=list)

    @property
    def is_root(self) -> bool:
        return self.account.uid == 0

    def begin(self, data_dir: Path, *, bin_dir: Path | None = None, durable: bool = False) -> UserProcess:
        """Start to enter; `hear` waits until it is inside."""
        command = [sys.executable, str(Path(__file__).with_name("user_process.py")), str(data_dir)]
        command += ["--state-dir", str(self.state_dir), *([] if durable else ["--fast"])]
        if (chosen := bin_dir or self.bin_dir) is not None:
            command += ["--bin-dir", str(chosen)]
        if self.account.uid != os.geteuid():
            command += ["--become", str(self.account.uid), str(self.account.gid)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
        user = UserProcess(process)
        self.started.append(user)
        return user

    def enter(self, data_dir: Path, *, bin_dir: Path | None = None, durable: bool = False) -> UserProcess:
        user = self.begin(data_dir, bin_dir=bin_dir, durable=durable)
        user.hear()
        assert not user.failed, user.failed
        return user

    def is_refused(self, data_dir: Path) -> str:
        """Try to enter; gives the reason why it was refused."""
        user = self.begin(data_dir)
        user.hear()
        assert user.failed
        return user.failed

    def home(self, data_dir: Path) -> Path:
        """Where this person's cluster for the data dir is."""
        if not self.is_root:
            return data_dir / INSIDE
        return self.state_dir / "clusters" / (data_dir / MARKER).read_text(encoding="ascii").strip()

    def data_dir(self, shared: Path) -> Path:
        """This person's data dir, in a folder that nobody else may enter."""
        clone = shared / f"clone-of-{self.account.name}"
        return (clone if clone.exists() else self.folder(clone)) / ".guanjia"

    def folder(self, path: Path) -> Path:
        """Make a folder that only this person may enter."""
        path.mkdir(mode=0o700)
        hand_over(path, self.account)
        return path


def ordinary() -> Account:
    """Us, or `nobody` when we are root."""
    if not AM_ROOT:
        return account_of(os.geteuid())
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def ask(installation: Installation, dsn: str, statement: str) -> str:
    """Put a statement to the server with psql; gives its bare answer."""
    command = [str(installation.program("psql")), dsn, "-XAtqc", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout.strip()


def busy_client(installation: Installation, dsn: str, statement: str) -> Client:
    """Let psql put a statement that takes long; gives it once the server is at it."""
    first = "SELECT pg_backend_pid()"
    command = [str(installation.program("psql")), dsn, "-XAtqc", first, "-c", statement]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    backend = int(process.stdout.readline())
    at_it = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {backend} AND state = 'active' AND query <> '{first}'"  # noqa: S608 our own numbers
    assert wait_until(lambda: ask(installation, dsn, at_it) == "1", PATIENCE)
    return Client(process, backend)


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie has no command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def kill_server(user: UserProcess) -> None:
    """Kill the user's server; the signal takes a moment."""
    os.kill(user.pid, signal.SIGKILL)
    assert wait_until(lambda: not alive(user.pid), PATIENCE)


Asks = Callable[[str, str], str]
Clients = Callable[[str, str], Client]
