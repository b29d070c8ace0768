"""The composition root: the only module that knows every layer."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry

from adapters.blobs.diagnosis import look_at_place
from adapters.clock import clock_from
from adapters.embedded_postgres.home import INSIDE, MARKER
from adapters.identities import KeyedIdentities
from adapters.key_files import has_key, look_at_key, require_key
from adapters.keys import derived
from adapters.postgres.attachments import PostgresAttachments
from adapters.postgres.auditing import PostgresAudit
from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database
from adapters.postgres.diagnosis import look_at_database, require_current_schema
from adapters.postgres.facts import Facts
from adapters.postgres.histories import LoggedHistories
from adapters.postgres.personal_keys import PostgresPersonalKeys
from adapters.postgres.projections import PostgresProjections
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.company_queries import PostgresCompanyQueries
from adapters.postgres.read_models.licence_queries import PostgresLicenceQueries
from adapters.postgres.read_models.project_queries import PostgresProjectQueries
from adapters.postgres.read_models.reading import Rulebook
from adapters.postgres.read_models.refusal_queries import PostgresRefusals
from adapters.postgres.read_models.service_request_queries import PostgresServiceRequestQueries
from adapters.postgres.read_models.service_watch import PostgresMissedDeadlines
from adapters.postgres.read_positions import ReadPositions
from adapters.postgres.rebuilding import AlreadyRebuilding, Rebuilt, Tell, rebuild
from adapters.postgres.schema import SchemaUnusable, check_keys, migrate
from adapters.postgres.store import PostgresEventStore
from adapters.rule_sets.reading import first_rule_set
from adapters.tokens import DevelopmentIssuer
from api.commands import commands_over
from api.composing import aggregates, grounds
from api.composing.attachments import attachments_over, place_of
from api.composing.grounds import KEYS, Keys, database_server, key_of
from api.settings import Settings
from api.watching import Watch
from application.attachments.attachments import Attachments
from application.kernel.callers import Caller, Role
from application.kernel.diagnosis import Diagnosis, doubtful
from application.kernel.ledger import Ledger
from application.kernel.ports import Clock, Unavailable
from application.kernel.states import States
from application.kernel.submission import Submission
from application.processes.verifying.log import VerifyingLog
from application.rulebook.initialising_city import InitialiseCity, InitialisingCity
from application.rulebook.queries import ReadingRuleSets
from application.service_requests.figures import CountingUpToNow
from application.service_requests.watching import MissedDeadlines
from application.use_cases import Commands, Queries
from domain.kernel.identifiers import Subject

READY_SECONDS: Final = 1.0
FAILURES: Final = grounds.FAILURES
AGGREGATES: Final = aggregates.AGGREGATES
READ_MODEL_NAMES: Final = tuple(model.name for model in READ_MODELS)
SYSTEM: Final = Caller(subject=Subject("guanjia"), role=Role.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Everything of one city in one process; it is connected inside `async with city.open()`."""

    settings: Settings
    clock: Clock
    database: Database
    codec: Codec
    personal_keys: PostgresPersonalKeys
    store: PostgresEventStore
    read_positions: ReadPositions
    ledger: Ledger
    commands: Commands
    queries: Queries
    missed_deadlines: MissedDeadlines
    attachments: Attachments
    tokens: DevelopmentIssuer
    fingerprint_key: bytes
    registry: CollectorRegistry

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Connect, and disconnect again; a database that is down is no hindrance."""
        async with self.database, self.store, self.read_positions:
            yield

    async def is_ready(self) -> Mapping[str, bool]:
        """Tell whether the database answers, and whether every read model has been built."""
        try:
            built = await asyncio.wait_for(self.queries.projections.list(), READY_SECONDS)
        except (Unavailable, TimeoutError):
            return {"database": False, "read_models": False}
        return {"database": True, "read_models": {model.name for model in READ_MODELS} <= {each.name for each in built}}


def issuer(settings: Settings) -> DevelopmentIssuer:
    """Answer the built-in issuer of tokens, which needs no database."""
    return DevelopmentIssuer(key_of(settings, "issuer"))


def city_of(settings: Settings, url: str) -> City:
    """Put a city together whose schema has been prepared; nothing is connected yet."""
    keys = Keys.of(settings)
    registry = CollectorRegistry()
    clock = clock_from(settings.now)
    identities = KeyedIdentities(keys.identity)
    codec = Codec(AGGREGATES)
    database = Database(url, settings.schema_name)
    personal_keys = PostgresPersonalKeys(database, keys.master)
    store = PostgresEventStore(database, codec, personal_keys, clock, check_clock=settings.now is None)
    states = States(store)
    ledger = Ledger(store=store, clock=clock, identities=identities, states=states)
    rulebook = Rulebook(states, clock)
    read_positions = ReadPositions(database)
    register = PostgresAttachments(database, clock, read_positions.caught_up)
    service_requests = PostgresServiceRequestQueries(database, rulebook)
    counting = CountingUpToNow(service_requests, store, read_positions.caught_up)
    queries = Queries(
        log=store,
        event_types=codec.names,
        rule_sets=ReadingRuleSets(states, clock),
        companies=PostgresCompanyQueries(database, rulebook),
        licences=PostgresLicenceQueries(database, Facts(codec, personal_keys), rulebook),
        projects=PostgresProjectQueries(database),
        service_requests=service_requests,
        histories=LoggedHistories(store),
        refusals=PostgresRefusals(database),
        projections=PostgresProjections(database),
        caught_up=read_positions.caught_up,
    )
    attachments = attachments_over(settings, register, queries)
    return City(
        settings=settings,
        clock=clock,
        database=database,
        codec=codec,
        personal_keys=personal_keys,
        store=store,
        read_positions=read_positions,
        ledger=ledger,
        commands=commands_over(
            ledger, settings, identities, personal_keys, attachments.known, counting, Watch(registry)
        ),
        queries=queries,
        missed_deadlines=PostgresMissedDeadlines(database),
        attachments=attachments,
        tokens=DevelopmentIssuer(keys.issuer),
        fingerprint_key=derived(keys.identity, "receipts"),
        registry=registry,
    )


@asynccontextmanager
async def open_city(settings: Settings, url: str) -> AsyncIterator[City]:
    """Answer a city that is connected."""
    city = city_of(settings, url)
    async with city.open():
        yield city


@asynccontextmanager
async def city_beside(settings: Settings) -> AsyncIterator[City]:
    """Answer a city for one command: beside a server that runs on the same data, or alone; its schema is prepared."""
    with database_server(settings) as (url, _):
        await prepare(settings, url)
        async with open_city(settings, url) as city:
            yield city


@asynccontextmanager
async def city_to_read(settings: Settings) -> AsyncIterator[City]:
    """Answer a city for a command that only looks: nothing is made, neither keys nor a database nor a schema.

    Raises: KeyUnusable, SchemaUnusable, EmbeddedPostgresFailed, Unavailable.
    """
    if not has_begun(settings):
        raise SchemaUnusable(f"there is no city in {settings.data_dir} yet: guanjia serve begins one")
    for name in KEYS:
        require_key(settings.data_dir, name, settings.given_key(name))
    with database_server(settings) as (url, _):
        async with open_city(settings, url) as city:
            await require_current_schema(city.database)
            yield city


def has_begun(settings: Settings) -> bool:
    """Tell whether there is a database to look into: one from outside, or an embedded one that was made before."""
    return settings.database_url is not None or any((settings.data_dir / made).exists() for made in (INSIDE, MARKER))


async def look_at(settings: Settings) -> Sequence[Diagnosis]:
    """Look at keys, the place of attachments and the database, and make none.

    Raises: EmbeddedPostgresFailed, Unavailable.
    """
    found = [each for name in KEYS for each in look_at_key(settings.data_dir, name, settings.given_key(name))]
    found.append(await look_at_place(place_of(settings)))
    if not has_begun(settings):
        return [*found, doubtful("database", f"there is none in {settings.data_dir} yet", "guanjia serve makes one")]
    keys = {name: key_of(settings, name) for name in KEYS if has_key(settings.data_dir, name, settings.given_key(name))}
    with database_server(settings) as (url, _):
        async with Database(url, settings.schema_name) as database:
            looked = look_at_database(database, keys, clock_is_moved=settings.now is not None)
            return [*found, *[each async for each in looked]]


def verifying(city: City) -> VerifyingLog:
    """Answer what verifies a city's log."""
    log = PostgresAudit(city.database, city.codec)
    return VerifyingLog(log=log, aggregates={aggregate.name: aggregate for aggregate in AGGREGATES})


async def rebuild_read_model(city: City, name: str, tell: Tell) -> Rebuilt | None:
    """Rebuild one of `READ_MODEL_NAMES` and have readers see it; None when another process is at it."""
    (model,) = (model for model in READ_MODELS if model.name == name)
    with suppress(AlreadyRebuilding):
        return await rebuild(city.database, Facts(city.codec, city.personal_keys), model, progress=tell)
    return None


async def prepare(settings: Settings, url: str) -> None:
    """Make or migrate the schema, check the keys, and begin the city with its first rule set."""
    keys = Keys.of(settings)
    async with Database(url, settings.schema_name) as database:
        await migrate(database)
        await check_keys(database, {"master": keys.master, "identity": keys.identity})
    async with open_city(settings, url) as city:
        first = InitialiseCity(first=first_rule_set(timezone=settings.timezone))
        await city.ledger.submit(InitialisingCity(), Submission(caller=SYSTEM), first)
