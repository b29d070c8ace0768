"""The `guanjia` command as a process of its own, and what a running `serve` consists of."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import httpx

from api.cli.token import LIFE
from api.compose import issuer
from api.settings import Settings
from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import Subject

GUANJIA = Path(sys.executable).with_name("guanjia")
SECONDS = 45.0

Found = TypeVar("Found")


def environment(**differently: str) -> Mapping[str, str]:
    """The environment of a bare shell: no setting of whoever runs the tests."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("GUANJIA_", "PROMETHEUS_"))}
    return {**bare, **differently}


def guanjia(*arguments: str | Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [GUANJIA, *arguments],
        cwd=cwd,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def answered(*arguments: str | Path, cwd: Path, **settings: str) -> Any:
    """Run a command with --json and answer what it prints, whatever its exit code."""
    done = guanjia(*arguments, "--json", cwd=cwd, **settings)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@dataclass
class Serving:
    """One `guanjia serve`."""

    process: subprocess.Popen[str]
    data_dir: Path
    url: str
    said: Path

    def client(self, role: Role = Role.MUNICIPAL, subject: str = "clerk") -> httpx.Client:
        """A caller of the API."""
        token = issuer(Settings(data_dir=self.data_dir)).issue(Caller(subject=Subject(subject), role=role), "", LIFE)
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"}, timeout=10
        )

    def children(self, module: str = "") -> list[int]:
        """The processes of ours that it keeps, by the module that they run."""
        return [pid for pid in _children(self.process.pid) if f"api.serving.{module}" in command_of(pid)]

    def stop(self) -> float:
        """Ask it to end and answer how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=SECONDS) == 0, self.said.read_text(encoding="utf-8")
        return time.monotonic() - began


@contextmanager
def serving(data_dir: Path, *arguments: str, said: Path, **settings: str) -> Iterator[Serving]:
    """Serve inside the block, on a free port."""
    with said.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [GUANJIA, "serve", "--port", "0", "--data-dir", data_dir, *arguments],
            cwd=said.parent,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    with process.stdout:
        try:
            yield Serving(process, data_dir, _url(process.stdout, said), said)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=SECONDS)


def _url(stdout: IO[str], said: Path) -> str:
    line = stdout.readline()
    assert "http://" in line, said.read_text(encoding="utf-8")
    return line.split()[-1]


def until(look: Callable[[], Found], seconds: float = SECONDS) -> Found:
    """Wait for what other processes do and give no sign of; answers what was found."""
    give_up_at = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < give_up_at, "it did not come about"
        time.sleep(0.02)
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def command_of(pid: int) -> str:
    """Answer a process's command line; empty once it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
