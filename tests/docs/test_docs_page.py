"""The page at `/docs`, in a real browser: it shows every call, and asks nothing of any other host."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.docs.conftest import Served

BROWSER = shutil.which("chromium")


def opened(url: str, folder: Path) -> tuple[str, set[str]]:
    """Open a page; answer what it shows in the end, and the hosts that it asked for anything."""
    log = folder / "requests.json"
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
        "--virtual-time-budget=20000", f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom",
    ]  # fmt: skip
    assert BROWSER is not None
    shown = subprocess.run([BROWSER, *flags, url], capture_output=True, text=True, check=True, timeout=120)
    return shown.stdout, asked_of(json.loads(log.read_text()), url)


def asked_of(log: dict[str, Any], url: str) -> set[str]:
    """Name the hosts that the page itself asked; what the browser asks for its own sake has another initiator."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    asked = (event.get("params", {}) for event in log["events"])
    return {
        str(urlsplit(request["url"]).hostname)
        for request in asked
        if "url" in request and (request.get("initiator") == origin or request["url"].startswith(origin))
    }


@pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")
def test_the_documentation_shows_every_call_and_asks_no_other_host(served: Served) -> None:
    with urlopen(f"{served.url}/openapi.json") as answer:  # noqa: S310 - our own server
        contract = json.load(answer)
    calls = {operation["operationId"] for path in contract["paths"].values() for operation in path.values()}
    assert calls

    page, hosts = opened(f"{served.url}/docs", served.folder)

    assert hosts == {"127.0.0.1"}
    assert len(re.findall(r'class="opblock ', page)) == len(calls)


def test_a_request_to_another_host_is_seen() -> None:
    log = {
        "events": [
            {"params": {"url": "http://127.0.0.1:1/docs", "initiator": "not an origin"}},
            {"params": {"url": "https://assets.example/swagger-ui.css", "initiator": "http://127.0.0.1:1"}},
            {"params": {"url": "https://updates.example/", "initiator": "not an origin"}},
        ]
    }
    assert asked_of(log, "http://127.0.0.1:1/docs") == {"127.0.0.1", "assets.example"}
