"""The city whose server is measured: managers from the demonstration, and offices that appointments can be made to."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from adapters.identities import KeyedIdentities
from api.composing.grounds import key_of
from api.settings import Settings
from benchmarks.load import HOST
from benchmarks.sequences import CONNECTIONS, today

MANAGERS: Final = 512
RULES: Final = "bench"
STEPS: Final = ("warning_points", "interview_points", "revocation_points", "repeat_offence_count")
NEVER: Final = 10_000
GUANJIA: Final = str(Path(sys.executable).with_name("guanjia"))


@dataclass(frozen=True, slots=True)
class MeasuredCity:
    """Who and what there is, and the token of a clerk; an office is a project and the manager appointed to it."""

    token: str
    licences: Sequence[str]
    offices: Sequence[tuple[str, str]]
    identities: KeyedIdentities

    @property
    def authorization(self) -> str:
        """The header of every request."""
        return f"Authorization: Bearer {self.token}"


def fill(data_dir: Path) -> None:
    """Fill the city of a data directory."""
    size = ["--managers", str(MANAGERS), "--projects", "0"]
    subprocess.run([GUANJIA, "demo", *size, "--data-dir", str(data_dir)], check=True, capture_output=True)


def measured_city(port: int, data_dir: Path) -> MeasuredCity:
    """Look up who there is in the served city, and lift the limits so that nobody is revoked while it is measured.

    There are two offices for each connection, with managers of their own: for appointments alone, and in a mixture.
    """
    issue = [GUANJIA, "token", "--role", "municipal", "--data-dir", str(data_dir)]
    token = subprocess.run(issue, check=True, capture_output=True, text=True).stdout.strip()
    ask(port, token, "/v1/rule-sets", {"version": RULES, "in_force_from": today(), **dict.fromkeys(STEPS, NEVER)})
    licences = _listed(port, token, "/v1/licences?status=registered&limit=200")
    offices = [
        (ask(port, token, "/v1/projects", _project(nth, licence["company"]["id"]))["id"], licence["id"])
        for nth, licence in enumerate(licences[: 2 * CONNECTIONS])
    ]
    identities = KeyedIdentities(key_of(Settings(data_dir=data_dir), "identity"))
    return MeasuredCity(token, [licence["id"] for licence in licences], offices, identities)


def _project(nth: int, company_id: str) -> dict[str, object]:
    return {
        "name": f"测量小区{nth}",
        "district": "321002",
        "address": "文昌路1号",
        "kind": "residential",
        "building_area_m2": 50_000,
        "households": 500,
        "company_id": company_id,
        "contract": {"starts_on": today(), "ends_on": "2099-12-31"},
        "stage": "regular",
    }


def ask(port: int, token: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON value
    """Send one request and answer its JSON."""
    request = urllib.request.Request(
        f"http://{HOST}:{port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
        return json.load(answer)


def _listed(port: int, token: str, path: str) -> list[Any]:
    items: list[Any] = []
    cursor = ""
    while True:
        answer = ask(port, token, f"{path}{cursor}")
        items += answer["items"]
        if answer["next"] is None:
            return items
        cursor = f"&cursor={answer['next']}"
