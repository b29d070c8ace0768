"""An auditor's script walks the log with the library alone, and says where it is not as it must be."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate

from tests.adapters.notes import appending, new_note, signed, written
from tests.adapters.postgres.bench import Bench
from tests.adapters.postgres.servers import Server
from tests.architecture.sources import ROOT
from tests.conformance.cities import City

SCRIPT: Final = ROOT / "docs" / "examples" / "walk_the_log.py"
LINE: Final = re.compile(r"(\d+) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00) (\S+) (\d+) (\S+)")


@pytest.fixture
async def log(server: Server) -> AsyncIterator[Bench]:
    """Three events of ours, and one of a stock application between them."""
    city = City(server.url, uuid4().hex[:12])
    async with Bench(city.url, city.schema) as log:
        note = new_note()
        await log.store.append(appending(note, written("甲")))
        with Application[UUID](env=city.settings) as stock:
            stock.save(Aggregate())
        await log.store.append(appending(note, written("乙"), signed(), at=1))
        yield log


async def walk(log: Bench) -> tuple[int | None, list[str], str]:
    settings = {**os.environ, "GUANJIA_DATABASE_URL": log.url, "GUANJIA_CITY": log.schema.removeprefix("city_")}
    walking = await asyncio.create_subprocess_exec(
        sys.executable, SCRIPT, env=settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, wrong = await walking.communicate()
    return walking.returncode, told.decode().splitlines(), wrong.decode()


async def change(log: Bench, statement: str) -> None:
    """Do what the log refuses, as whoever owns the table can."""
    await log.direct.execute(f"alter table events disable trigger events_are_never_changed; {statement}")


async def test_every_event_is_told_with_its_time(log: Bench) -> None:
    code, told, wrong = await walk(log)
    assert (code, wrong) == (0, "")
    lines = [LINE.fullmatch(line) for line in told[:-1]]
    assert [line and line.group(1, 3, 4, 5) for line in lines] == [
        (str(row.position), row.stream, str(row.version), row.type) for row in await log.rows()
    ]
    assert [line and line[2] for line in lines] == [
        row.recorded_at.isoformat(timespec="microseconds") for row in await log.rows()
    ]
    assert told[-1] == "4 events, positions dense from 1"


async def test_it_reads_as_a_role_that_may_only_read(log: Bench) -> None:
    before = await log.rows()
    role = f"auditor_{uuid4().hex[:8]}"
    await log.direct.execute(
        f"create role {role} login; grant usage on schema {log.schema} to {role}; "
        f"grant select on events, log_head to {role}"
    )
    owner, log.url = log.url, re.sub(r"//[^@/]*@", f"//{role}@", log.url)
    try:
        code, told, wrong = await walk(log)
    finally:
        log.url = owner
        await log.direct.execute(f"drop owned by {role}; drop role {role}")
    assert (code, wrong, told[-1]) == (0, "", "4 events, positions dense from 1")
    assert await log.rows() == before


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ("delete from events where position = 2", "position 2 is missing"),
        ("delete from events where position = 4", "the log ends at position 3, its head is at 4"),
        ("update events set data = '{}' where position = 3", "position 3 has not the hash of its parts"),
        ("update events set recorded_at = 'epoch' where position = 3", "position 3 was recorded before position 2"),
    ],
)
async def test_what_is_wrong_is_told_by_its_position(log: Bench, done: str, found: str) -> None:
    await change(log, done)
    code, _, wrong = await walk(log)
    assert (code, wrong.strip()) == (1, found)
