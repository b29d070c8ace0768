"""How lists of service requests are found among millions: newest first, by whichever way is short.

Within few projects, each one's own are walked from the newest on; so are all of the city's, where an index is in that
order. What is searched for, or lies in a district, is looked for among the newest, which fills a page of whatever is
common; what is rare is then looked up by an index, all of it, and sorted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from adapters.postgres.read_models.service_request_pages import PAGE
from adapters.postgres.read_models.service_request_texts import GRAMS, WORDS, grams_of, lower
from application.service_requests.queries import RequestScope, ServiceRequestFilter

NEWEST: Final = 10_000
"""So many requests are looked through before anything is looked up."""
LAST: Final = 2**63 - 1
"""Beyond every position."""

_TABLES: Final = {"r": "service_requests", "t": "service_request_texts"}


@dataclass(slots=True)
class Query:
    """A statement that grows, with its arguments."""

    arguments: list[object] = field(default_factory=list)
    sql: str = ""

    def place(self, value: object, kind: str) -> str:
        """Take an argument in; answers how the statement names it."""
        self.arguments.append(value)
        return f"${len(self.arguments)}::{kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One slice of a list that is wanted: at most `most` requests that were received before a position."""

    wanted: ServiceRequestFilter
    before: int
    most: int
    now: datetime

    @property
    def queries(self) -> Sequence[Query]:
        """What is to be asked, one after the other until one fills the slice; the last one answers in any case."""
        wanted, within = self.wanted, self.wanted.within
        if wanted.project_id or within.project_id or within.licence_id or within.company_id:
            return (self._of_projects(),)
        if wanted.q is None and within.district is None:
            return (self._walked(),)
        return self._among_the_newest(), self._looked_up()

    def _of_projects(self) -> Query:
        query = Query()
        projects = [*in_reach(self.wanted.within, "p", query), "true"]
        if self.wanted.project_id is not None:
            projects.append(f"p.id = {query.place(self.wanted.project_id, 'uuid')}")
        mine = [f"{self._table}.project_id = p.id", self._before(query), *self._conditions(query)]
        query.sql = _shown(f"""
            select one.id, one.received from projects as p cross join lateral (
                select {self._table}.id, {self._table}.received from {self._source}
                where {_all(mine)} order by {self._table}.received desc limit {self.most:d}
            ) as one
            where {_all(projects)} order by one.received desc limit {self.most:d}
        """)  # noqa: S608 - put together from our own text
        return query

    def _walked(self) -> Query:
        query = Query()
        asked = [self._before(query), *self._conditions(query)]
        query.sql = _shown(f"""
            select r.id, r.received from {self._source}
            where {_all(asked)} order by r.received desc limit {self.most:d}
        """)  # noqa: S608 - put together from our own text
        return query

    def _among_the_newest(self) -> Query:
        query = Query()
        table = self._table
        newest = f"""
            select * from {_TABLES[table]} as {table}
            where {self._before(query)} order by {table}.received desc limit {NEWEST:d}
        """  # noqa: S608 - put together from our own text
        asked = [*self._reach(query), *self._conditions(query), "true"]
        query.sql = _shown(f"""
            select {table}.id, {table}.received from ({newest}) as {table} {self._beside}
            where {_all(asked)} order by {table}.received desc limit {self.most:d}
        """)  # noqa: S608 - put together from our own text
        return query

    def _looked_up(self) -> Query:
        query = Query()
        asked = [self._before(query), *self._reach(query), *self._conditions(query)]
        if self.wanted.q is not None:
            asked.append(f"{GRAMS} @> {query.place(grams_of(self.wanted.q), 'text[]')}")
        # All of it before it is sorted: to walk the list in its order until the rare has come by takes longest.
        query.sql = _shown(f"""
            select * from (
                with everything as materialized (
                    select {self._table}.id, {self._table}.received from {self._source} where {_all(asked)}
                )
                select * from everything order by received desc limit {self.most:d}
            ) as newest
        """)  # noqa: S608 - put together from our own text
        return query

    @property
    def _table(self) -> str:
        """The table that is walked: that of the words, when they are searched."""
        return "r" if self.wanted.q is None else "t"

    @property
    def _source(self) -> str:
        return f"{_TABLES[self._table]} as {self._table} {self._beside}"

    @property
    def _beside(self) -> str:
        """What must be looked at besides the words, of those that have them."""
        wanted, within = self.wanted, self.wanted.within
        asked = (wanted.status, wanted.kind, wanted.overdue, within.reporter, within.assignee)
        is_filtered = any(each is not None for each in asked)
        return "join service_requests as r on r.id = t.id" if self._table == "t" and is_filtered else ""

    def _before(self, query: Query) -> str:
        return f"{self._table}.received < {query.place(self.before, 'bigint')}"

    def _reach(self, query: Query) -> Sequence[str]:
        """Say in which projects: looked up once, not joined, so that the walk stays in its order."""
        asked = in_reach(self.wanted.within, "p", query)
        projects = f"select p.id from projects as p where {_all(asked)}"  # noqa: S608 - put together from our own text
        return [f"{self._table}.project_id = any(array({projects}))"] if asked else []

    def _conditions(self, query: Query) -> Sequence[str]:
        """Say which requests pass the filter, wherever they are."""
        wanted, within = self.wanted, self.wanted.within
        # Written out, so that a statement is planned for what is rare or common of the few that there are.
        few = {"status": wanted.status, "kind": wanted.kind}
        asked = [f"r.{name} = '{value}'" for name, value in few.items() if value is not None]
        many = {"reported_by": within.reporter, "assignee": within.assignee}
        asked += [f"r.{name} = {query.place(value, 'text')}" for name, value in many.items() if value is not None]
        if wanted.overdue is not None:
            is_overdue = overdue_by(query.place(self.now, "timestamptz"))
            asked.append(is_overdue if wanted.overdue else f"{is_overdue} is not true")
        if wanted.q is not None:
            asked.append(f"strpos({WORDS}, {query.place(lower(wanted.q), 'text')}) > 0")
        return asked


def overdue_by(now: str) -> str:
    """Say, of a row `r`, that a deadline was missed by now (null: not); the very instant of one is in time."""
    return f"(r.late or r.due < {now})"


def in_reach(within: RequestScope, table: str, query: Query) -> list[str]:
    """Say which projects are in a reader's reach."""
    asked = []
    if within.district is not None:
        asked.append(f"{table}.district = {query.place(within.district.code, 'text')}")
    if within.company_id is not None:
        asked.append(f"{table}.company_id = {query.place(within.company_id, 'uuid')}")
    if within.licence_id is not None:
        asked.append(f"{table}.manager_id = {query.place(within.licence_id, 'uuid')}")
    if within.project_id is not None:
        whole = query.place(within.project_id, "uuid")
        asked.append(f"({table}.id = {whole} or {table}.section_of = {whole})")
    return asked


def _shown(found: str) -> str:
    return f"{PAGE} join ({found}) as found on found.id = r.id order by r.received desc"


def _all(conditions: Sequence[str]) -> str:
    return " and ".join(conditions)
