"""The five minutes of the README, typed as they stand there, lead to what the README says."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from tests.docs.conftest import Served
from tests.docs.documents import FENCED, text

ADDRESS = "http://127.0.0.1:8000"


def tour(url: str) -> str:
    """Take what the README asks to type after `make run`, for this server and this environment."""
    blocks = [block for block in FENCED.findall(text(ROOT / "README.md")) if not block.startswith("make ")]
    script = "\n".join(["set -eu", *blocks])
    assert ADDRESS in script
    return script.replace(ADDRESS, url).replace(".venv/bin/", "")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl makes the README's calls and is not installed")
def test_the_tour_of_the_readme(served: Served) -> None:
    typed = subprocess.run(
        ["/bin/sh", "-c", tour(served.url)],
        cwd=served.folder, env=served.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (typed.returncode, typed.stderr) == (0, "")

    answers: list[dict[str, Any]] = [json.loads(line) for line in typed.stdout.splitlines() if line.startswith("{")]
    problems = [answer for answer in answers if "broken" in answer]
    broken, unvisited = ([rule["code"] for rule in problem["broken"]] for problem in problems)
    assert broken == ["appointment.too-many-projects", "appointment.area-exceeded"]
    assert unvisited == ["request.return-visit-missing"]
    (request,) = (answer for answer in answers if "unit" in answer)
    assert (request["status"], request["rating"], request["overdue"]) == ("closed", 5, False)
    (licence,) = (answer for answer in answers if "licence_number" in answer)
    assert licence["status"] == "revoked"
    assert licence["appointments"] == []
    (project,) = (answer for answer in answers if "building_area_m2" in answer)
    assert project["manager"] is None
    (refusals,) = (answer for answer in answers if "items" in answer)
    assert [rule["code"] for rule in refusals["items"][0]["broken"]] == broken
