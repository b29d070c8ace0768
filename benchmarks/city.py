"""The city that is measured: managers and projects from the demonstration, and requests against them."""

import itertools
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from stdnum.cn import ric

from benchmarks.load import HOST, get, post

CONNECTIONS: Final = 64
MANAGERS: Final = 512
GUANJIA: Final = str(Path(sys.executable).with_name("guanjia"))
_NEVER: Final = 10_000


@dataclass(frozen=True, slots=True)
class MeasuredCity:
    """Who and what there is, and the token of a clerk."""

    token: str
    licences: Sequence[str]
    offices: Sequence[tuple[str, str]]

    @property
    def authorization(self) -> str:
        """The header of every request."""
        return f"Authorization: Bearer {self.token}"

    def deductions(self, connection: int) -> Iterator[bytes]:
        """Charge the managers of one connection, one after the other, with one point."""
        return deductions(self.licences, connection, self.authorization)

    def mixture(self, connection: int) -> Iterator[bytes]:
        """Eight deductions, one opening of a file, one appointment or relief; a project belongs to one connection."""
        deductions = self.deductions(connection)
        project, licence = self.offices[connection]
        turns = itertools.cycle(
            (
                post(f"/v1/projects/{project}/manager", _json(licence_id=licence), self.authorization),
                post(f"/v1/projects/{project}/manager/relief", _json(reason="bench"), self.authorization),
            )
        )
        for nth in itertools.count():
            yield from itertools.islice(deductions, 8)
            yield post("/v1/licences", _holder(connection, nth), self.authorization)
            yield next(turns)

    def reads(self, connection: int) -> Iterator[bytes]:
        """Read one licence after the other."""
        return reads(self.licences, connection, self.authorization)


def deductions(licences: Sequence[str], connection: int, *headers: str) -> Iterator[bytes]:
    """Charge licences that no other connection charges: what conflicts cost is not the question here."""
    body = deduction_body()
    for licence in itertools.cycle(licences[connection::CONNECTIONS]):
        yield post(f"/v1/licences/{licence}/deductions", body, *headers)


def reads(licences: Sequence[str], connection: int, *headers: str) -> Iterator[bytes]:
    """Read one licence after the other, every connection from a place of its own."""
    for licence in itertools.islice(itertools.cycle(licences), connection * 7, None):
        yield get(f"/v1/licences/{licence}", *headers)


def today() -> str:
    """Answer the day in the city."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def deduction_body() -> bytes:
    """Answer the body of a deduction, the same for all contenders."""
    return _json(violation="V21", points=1, occurred_on=today(), reason="投诉未按时限处理", evidence=["照片一"])


def fill(data_dir: Path) -> None:
    """Fill the city of a data directory."""
    size = ["--managers", str(MANAGERS), "--projects", "0"]
    subprocess.run([GUANJIA, "demo", *size, "--data-dir", str(data_dir)], check=True, capture_output=True)


def measured_city(port: int, data_dir: Path) -> MeasuredCity:
    """Look up who there is in the served city, and lift the limit so that nobody is revoked while it is measured."""
    issue = [GUANJIA, "token", "--role", "municipal", "--data-dir", str(data_dir)]
    token = subprocess.run(issue, check=True, capture_output=True, text=True).stdout.strip()
    asked = {"version": "bench", "in_force_from": today()}
    steps = ("warning_points", "interview_points", "revocation_points", "repeat_offence_count")
    ask(port, token, "/v1/rule-sets", {**asked, **dict.fromkeys(steps, _NEVER)})
    licences = _listed(port, token, "/v1/licences?status=registered&limit=200")
    offices = [
        (ask(port, token, "/v1/projects", _project(nth, licence["company"]["id"]))["id"], licence["id"])
        for nth, licence in enumerate(licences[:CONNECTIONS])
    ]
    return MeasuredCity(token, [licence["id"] for licence in licences], offices)


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


def _json(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


_PEOPLE: Final = itertools.count()


def _holder(connection: int, nth: int) -> bytes:
    """Write the opening of a file for a person who has none; born on one of 14,000 days, the 1,000 first of each."""
    person = next(_PEOPLE)
    born = date.fromordinal(date(1960, 1, 1).toordinal() + person // 1_000)
    body = f"120101{born:%Y%m%d}{person % 1_000:03}"
    number = body + ric.calc_check_digit(f"{body}0")
    return _json(holder={"name": f"测{connection}", "id_number": number, "phone": f"1390000{nth % 10_000:04}"})
