"""A small city on a schema of its own: what is told to its log, and what its read models make of it."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final, Self, TypeVar
from uuid import UUID, uuid4

from adapters.postgres import checkpoints
from adapters.postgres.codec import Codec
from adapters.postgres.connection import Connection, Database, quoted
from adapters.postgres.facts import Facts
from adapters.postgres.following import Following
from adapters.postgres.personal_keys import PostgresPersonalKeys
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.company_queries import PostgresCompanyQueries
from adapters.postgres.read_models.licence_queries import PostgresLicenceQueries
from adapters.postgres.read_models.model import ReadModel, Row
from adapters.postgres.read_models.project_queries import PostgresProjectQueries
from adapters.postgres.read_models.reading import Rulebook
from adapters.postgres.read_models.refusal_queries import PostgresRefusals
from adapters.postgres.read_models.rows import Rows
from adapters.postgres.read_models.service_request_queries import PostgresServiceRequestQueries
from adapters.postgres.rebuilding import build_missing, rebuild
from adapters.postgres.schema import migrate
from adapters.postgres.store import PostgresEventStore
from application.kernel.ports import Accepted, Append, NewEvent
from application.kernel.states import States
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER
from domain.kernel.aggregate import Aggregate
from domain.kernel.claims import CLAIM
from domain.kernel.identifiers import LicenceId
from domain.kernel.rule_set import RuleSet
from domain.licensing.events import HolderErased
from domain.licensing.folding import LICENCE
from domain.licensing.numbers import NUMBERS
from domain.projects.project import PROJECT
from domain.rulebook.events import RuleSetAdopted
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID
from domain.service_requests.analysis import SERVICE_ANALYSIS
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE
from tests.adapters.notes import NOTE, SetClock
from tests.adapters.postgres.read_models.told import origin
from tests.domain.rule_sets import DEFAULT

RowT = TypeVar("RowT", bound=Row)

MASTER_KEY: Final = bytes(range(32))
AGGREGATES: Final = (
    RULEBOOK,
    COMPANY,
    ROSTER,
    LICENCE,
    NUMBERS,
    PROJECT,
    CLAIM,
    SERVICE_REQUEST,
    OVERDUE,
    SERVICE_ANALYSIS,
    NOTE,
)

_FOREIGN: Final = """
    select * from append_batch(
        gen_random_uuid(), $2, false, array[null::bytea], array[null::bytea], array[$1::text], array[gen_random_uuid()],
        array['{}'], array[1], array[$1], array[0::bigint], array[1], array[$1], array['stock.module:Bought'],
        array['\\x00ff'::bytea], array[''::bytea])
"""


class Town:
    """A log, its read models as they are followed by hand, and the queries over them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.schema = f"town_{uuid4().hex[:12]}"
        self.clock = SetClock()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.database = await self._stack.enter_async_context(Database(self.url, self.schema))
        await migrate(self.database)
        self.codec = Codec(AGGREGATES)
        self.keys = PostgresPersonalKeys(self.database, MASTER_KEY)
        store = PostgresEventStore(self.database, self.codec, self.keys, self.clock, check_clock=False)
        self.store = await self._stack.enter_async_context(store)
        self.facts = Facts(self.codec, self.keys)
        self.direct: Connection = await self.database.connect(purpose="test")
        self.rulebook = Rulebook(States(self.store), self.clock)
        self.licences = PostgresLicenceQueries(self.database, self.facts, self.rulebook)
        self.companies = PostgresCompanyQueries(self.database, self.rulebook)
        self.projects = PostgresProjectQueries(self.database)
        self.requests = PostgresServiceRequestQueries(self.database, self.rulebook)
        self.refusals = PostgresRefusals(self.database)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
        await self.direct.execute(f"drop schema {quoted(self.schema)} cascade")
        await self.direct.close()

    async def tell(
        self, aggregate: Aggregate[Any, Any], thing: UUID, *events: object, at: datetime | None = None
    ) -> int:
        """Append events to a thing's stream at an instant; answers the position of the last."""
        if at is not None:
            self.clock.instant = at
        stream = aggregate.stream(thing)
        return await self._append(stream, thing, [NewEvent(stream=stream, version=None, event=each) for each in events])

    async def adopt(self, rules: RuleSet = DEFAULT, *, at: datetime | None = None) -> None:
        """Have the city adopt a rule set."""
        adopted = RuleSetAdopted(**{entry.name: getattr(rules, entry.name) for entry in fields(RuleSet)})
        await self.tell(RULEBOOK, RULEBOOK_ID, adopted, at=at)

    async def erase(self, licence_id: LicenceId, *, at: datetime | None = None) -> None:
        """Erase a licence's holder, as the use case does: on record first, then the key."""
        await self.tell(
            LICENCE, licence_id, HolderErased(reason="asked for", erased_on=self.clock.instant.date()), at=at
        )
        await self.keys.erase(LICENCE.stream(licence_id))

    async def tell_refused(self, aggregate: Aggregate[Any, Any], thing: UUID, refused: object) -> int:
        """Record a refused request beside a thing."""
        stream = aggregate.refusals(thing)
        return await self._append(stream, thing, [NewEvent(stream=stream, version=None, event=refused)])

    async def tell_foreign(self) -> None:
        """Append what no codec of ours knows."""
        await self.direct.execute(_FOREIGN, f"stock-{uuid4()}", self.clock.instant)

    async def _append(self, stream: Any, thing: UUID, writes: Sequence[NewEvent]) -> int:
        verdict = await self.store.append(
            Append(origin=origin(self.clock.instant), reads={}, writes=tuple(writes), thing=stream, thing_id=thing)
        )
        assert isinstance(verdict, Accepted)
        return verdict.receipt.position

    async def build(self, *models: ReadModel[Any]) -> None:
        """Build read models anew; when none are named, all that cannot be read yet."""
        for model in models:
            await rebuild(self.database, self.facts, model)
        if not models:
            await build_missing(self.database, self.facts, READ_MODELS)

    def following(self, *models: ReadModel[Any], most: int = 1_000) -> Following:
        return Following(models=models or READ_MODELS, facts=self.facts, most=most)

    async def follow(self, following: Following | None = None) -> None:
        """Have the live read models follow the log to its end."""
        ours = following or self.following()
        while await ours.step(self.direct, await checkpoints.all_of(self.direct)):
            pass

    async def rows(self, model: ReadModel[RowT], source: str | None = None) -> Sequence[RowT]:
        """All rows as readers see them, or those of one version of the table."""
        rows = Rows(model)
        order = ", ".join(quoted(column.name) for column in model.table.primary_key)
        query = f"select * from {quoted(source or model.name)} order by {order}"  # noqa: S608 - our own names
        found = await self.direct.fetch(query)
        return [rows.row(record) for record in found]

    async def checkpoint(self, name: str) -> dict[int, tuple[str, int]]:
        """The versions of a read model: state and position of each."""
        found = await checkpoints.all_of(self.direct)
        return {each.version: (each.state.value, each.position) for each in found if each.name == name}


def reshaped(model: ReadModel[RowT]) -> ReadModel[RowT]:
    """The same read model as a newer program has it, in another shape."""
    return replace(model, shape=model.shape + 1)
