"""The servers that are measured, one at a time, each with one worker on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Answer a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run a server until the block ends; answers its pid once it takes connections."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT
        )
    try:
        _until_open(port, server, log)
        yield server.pid
    finally:
        server.terminate()
        server.wait(15)


def baseline(name: str, port: int) -> list[str]:
    """Answer the command that serves a baseline, with uvicorn as it is served in production."""
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", f"benchmarks.baselines.{name}:app", *options]


def ours(port: int, data_dir: Path) -> list[str]:
    """Answer the command that serves Guanjia with one worker."""
    guanjia = Path(sys.executable).with_name("guanjia")
    return [str(guanjia), "serve", "--port", str(port), "--data-dir", str(data_dir)]


def _until_open(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until it answers; what answers before it is ready says so with 503, a baseline knows no such path."""
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as probe:
                probe.request("GET", "/readyz")
                if probe.getresponse().status != HTTPStatus.SERVICE_UNAVAILABLE:
                    return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"no server on port {port}")
