"""The figures of a table of requests, counted by SQLite from the CSV itself: nothing of the product counts here.

Local times become instants by the clock changes of the United States, days are those of Shanghai, deadlines are written
out as the regulation has them: half an hour, a day, seven working days of which Saturdays and Sundays are none.
"""

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

EVERYWHERE: Final = "everywhere"
"""What a file without projects is counted under."""
SUMMER: Final = (
    (2014, "03-09", "11-02"),
    (2015, "03-08", "11-01"),
    (2016, "03-13", "11-06"),
    (2017, "03-12", "11-05"),
    (2018, "03-11", "11-04"),
    (2019, "03-10", "11-03"),
    (2020, "03-08", "11-01"),
)
"""The days on which New York put its clocks forward at two, and back at two."""

SETTING: Final = """
create table summer (year text, begins text, ends text);
create table kinds (word text primary key, kind text, category text);
create table channels (word text primary key, channel text);
create table ends (word text primary key, how text);
create table days as
with recursive each (day) as (
    select date('2013-12-01') union all select date(day, '+1 day') from each where day < '2020-12-31'
)
select day, strftime('%w', day) in ('0', '6') as is_off,
    sum(strftime('%w', day) not in ('0', '6')) over (order by day) as worked
from each;
create index by_day on days (day);
create index by_worked on days (worked, day);
"""
COUNTED: Final = """
create table counted as
with told as (
    select r.project, k.kind, k.category, c.channel, e.how, r.opened, r.closed from told_rows as r
    join kinds as k on k.word = r.type
    join channels as c on c.word = r.channel
    join ends as e on e.word = r.status
    where r.project <> ''
),
-- Seconds since 1970 on the clocks of Shanghai.
timed as (
    select project, kind, category, channel, how,
        strftime('%s', opened) + 8 * 3600 + case when exists (
            select 1 from summer where year = substr(opened, 1, 4)
                and opened >= year || '-' || begins || ' 03:00:00' and opened < year || '-' || ends || ' 02:00:00'
        ) then 4 else 5 end * 3600 as opened,
        strftime('%s', closed) + 8 * 3600 + case when exists (
            select 1 from summer where year = substr(closed, 1, 4)
                and closed >= year || '-' || begins || ' 03:00:00' and closed < year || '-' || ends || ' 02:00:00'
        ) then 4 else 5 end * 3600 as closed
    from told
),
dated as (
    select *, date(opened, 'unixepoch') as day, opened % 86400 as second, opened - opened % 86400 as midnight from timed
),
due as (
    select dated.*,
        case category
            when 'emergency' then opened + 1800
            when 'minor' then midnight + case
                when second < 28800 then 28800 + 1800
                when second <= 64800 - 1800 then second + 1800
                when second < 64800 then 86400 + 28800 + 1800 - (64800 - second)
                else 86400 + 28800 + 1800
            end
            when 'complex' then opened + 72 * 3600
            else opened + 24 * 3600
        end as respond_by,
        case category
            when 'emergency' then opened + 24 * 3600
            when 'minor' then opened + 24 * 3600
            -- The same time on the seventh working day after; received on a day off, the end of the seventh.
            when 'complex' then (
                select strftime('%s', min(d.day)) from days as d where d.worked = days.worked + 7
            ) + case when days.is_off then 86400 else second end
            else opened + 168 * 3600
        end as resolve_by
    from dated join days on days.day = dated.day
)
select project, kind, category, channel, day,
    strftime('%Y-%m', day) as month,
    -- The ISO week is that of its Thursday.
    strftime('%Y', day, '-3 days', 'weekday 4') || '-W'
        || substr('0' || ((strftime('%j', day, '-3 days', 'weekday 4') - 1) / 7 + 1), -2) as week,
    how = 'completed' as is_done,
    case how when 'completed' then 1 when 'referred' then closed > respond_by else 1 end as response_due,
    how = 'completed' and closed <= respond_by as response_on_time,
    case how when 'completed' then 1 when 'referred' then closed > resolve_by else 1 end as resolution_due,
    how = 'completed' and closed <= resolve_by as resolution_on_time
from due;
"""
FIGURES: Final = """
select count(*) as received, sum(response_due) as response_due, sum(response_on_time) as response_on_time,
    sum(resolution_due) as resolution_due, sum(resolution_on_time) as resolution_on_time,
    sum(kind = 'repair' and is_done) as repairs
from counted where project = ? and {period} = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which columns of a file are counted, and what its words mean, as a mapping has it; `how` ends each status."""

    file: Path
    opened: str
    closed: str
    type: str
    mapping: Mapping[str, Any]
    project: str | None = None
    channel: str | None = None
    status: str | None = None
    how: Mapping[str, str]


class Counted:
    """One file, counted."""

    def __init__(self, source: Source) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.row_factory = sqlite3.Row
        self._database.executescript(SETTING)
        self._database.executemany("insert into summer values (?, ?, ?)", SUMMER)
        kinds = [
            (word, means["kind"], means.get("category", means["kind"]))
            for word, means in source.mapping["types"].items()
        ]
        self._database.executemany("insert into kinds values (?, ?, ?)", kinds)
        channels = {"": "import", **source.mapping.get("channels", {})}
        self._database.executemany("insert into channels values (?, ?)", channels.items())
        self._database.executemany("insert into ends values (?, ?)", source.how.items())
        self._database.execute("create table told_rows (project, type, channel, status, opened, closed)")
        self._database.executemany("insert into told_rows values (?, ?, ?, ?, ?, ?)", _rows(source))
        self._database.executescript(COUNTED)

    def periods(self, period: str) -> Sequence[tuple[str, str]]:
        """Answer every project with every week or month in which it received anything."""
        rows = self._database.execute(f"select distinct project, {period} from counted order by 1, 2")  # noqa: S608
        return [(row[0], row[1]) for row in rows]

    def projects(self) -> Sequence[str]:
        """Answer every project that received anything."""
        return [row[0] for row in self._database.execute("select distinct project from counted order by 1")]

    @property
    def nowhere(self) -> int:
        """How many rows name no project."""
        return int(self._database.execute("select count(*) from told_rows where project = ''").fetchone()[0])

    @property
    def total(self) -> int:
        """How many requests were counted."""
        return int(self._database.execute("select count(*) from counted").fetchone()[0])

    def figures(self, project: str, period: str, label: str) -> dict[str, Any]:
        """Answer the figures of a week or a month, as the contract's page names them."""
        one = self._database.execute(FIGURES.format(period=period), (project, label)).fetchone()
        return {
            "received": one["received"],
            "by_kind": self._by("kind", project, period, label),
            "by_category": self._by("category", project, period, label),
            "by_channel": self._by("channel", project, period, label),
            "response": (one["response_due"] or 0, one["response_on_time"] or 0),
            "resolution": (one["resolution_due"] or 0, one["resolution_on_time"] or 0),
            "return_visits": (one["repairs"] or 0, 0),
        }

    def _by(self, name: str, project: str, period: str, label: str) -> dict[str, int]:
        counts = f"select {name}, count(*) from counted where project = ? and {period} = ? group by {name}"  # noqa: S608
        return dict(self._database.execute(counts, (project, label)).fetchall())


def _rows(source: Source) -> Sequence[tuple[str, ...]]:
    with source.file.open(encoding="utf-8-sig", newline="") as text:
        return [
            (
                row[source.project] if source.project else EVERYWHERE,
                row[source.type],
                row[source.channel] if source.channel else "",
                row[source.status] if source.status else "",
                row[source.opened],
                row[source.closed],
            )
            for row in csv.DictReader(text)
        ]
