"""What is asked of a server: sequences of requests without end, one for each connection."""

import itertools
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from adapters.identities import KeyedIdentities
from benchmarks.load import get, post
from benchmarks.people import holder
from domain.licensing.events import Holder

CONNECTIONS: Final = 64
DEDUCTIONS_A_FILE: Final = 3
_PEOPLE: Final = itertools.count()


def today() -> str:
    """Answer the day in the city."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def deductions(licences: Sequence[str], connection: int, *headers: str) -> Iterator[bytes]:
    """Charge licences that no other connection charges: what conflicts cost is not the question here."""
    body = _deduction("V21", 1)
    for licence in itertools.cycle(licences[connection::CONNECTIONS]):
        yield post(f"/v1/licences/{licence}/deductions", body, *headers)


def reads(licences: Sequence[str], connection: int, *headers: str) -> Iterator[bytes]:
    """Read one licence after the other, every connection from a place of its own."""
    for licence in itertools.islice(itertools.cycle(licences), connection * 7, None):
        yield get(f"/v1/licences/{licence}", *headers)


def openings(*headers: str) -> Iterator[bytes]:
    """Open a file for one person after the other, none of whom has one."""
    while True:
        yield _opening(holder(next(_PEOPLE)), *headers)


def appointments(office: tuple[str, str], *headers: str) -> Iterator[bytes]:
    """Appoint a manager to a project and relieve them again; the project belongs to this connection alone."""
    project, licence = office
    appoint = post(f"/v1/projects/{project}/manager", _json(licence_id=licence), *headers)
    relieve = post(f"/v1/projects/{project}/manager/relief", _json(reason="bench"), *headers)
    return itertools.cycle((appoint, relieve))


def mixture(licences: Sequence[str], office: tuple[str, str], connection: int, *headers: str) -> Iterator[bytes]:
    """Eight deductions, one opening of a file, one appointment or relief."""
    charging, opening = deductions(licences, connection, *headers), openings(*headers)
    appointing = appointments(office, *headers)
    while True:
        yield from itertools.islice(charging, 8)
        yield next(opening)
        yield next(appointing)


def young_files(identities: KeyedIdentities, *headers: str) -> Iterator[bytes]:
    """Open a file and charge it a few times, then the next one: a server meets ever more licences."""
    body = _deduction("V14", 10)
    while True:
        person = holder(next(_PEOPLE))
        yield _opening(person, *headers)
        charge = post(f"/v1/licences/{identities.licence(person.id_number)}/deductions", body, *headers)
        yield from itertools.repeat(charge, DEDUCTIONS_A_FILE)


def _opening(person: Holder, *headers: str) -> bytes:
    told = {"name": person.name.value, "id_number": person.id_number.value, "phone": person.phone.value}
    return post("/v1/licences", _json(holder=told), *headers)


def _deduction(violation: str, points: int) -> bytes:
    """Write the body of a deduction, the same for all contenders."""
    return _json(
        violation=violation, points=points, occurred_on=today(), reason="投诉未按时限处理", evidence=["照片一"]
    )


def _json(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()
