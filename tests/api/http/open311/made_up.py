"""The façade over a city in memory: reports go through the real use case, what is public is what a test says."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import httpx

from adapters.postgres.histories import LoggedHistories
from adapters.tokens import DevelopmentIssuer
from api.http.app import create_app
from api.http.open311.call import Open311
from api.http.open311.routes import PREFIX, open311_routes
from api.http.wiring import Wiring
from application.kernel.callers import Caller, Role
from application.kernel.pages import HistoryEntry, Slice
from application.kernel.ports import Unavailable
from application.kernel.refusals import ReadModelBehind
from application.kernel.submission import Answer, Submission
from application.processes.service_requests.filing import FilingRequest
from application.service_requests.public import PublicRequest, PublicRequestFilter
from application.use_cases import Commands, Queries
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import NAMESPACE, CompanyId, ProjectId, ServiceRequestId, ServiceRequestNumber, Subject
from domain.service_requests.filing import FileRequest
from domain.service_requests.request import ENDED, Status
from domain.service_requests.words import Category
from tests.application.city import City
from tests.application.service_requests.desk import CITY, Shelf

NOON: Final = datetime(2026, 11, 24, 4, tzinfo=UTC)
"""The instant at which the city in memory stands."""
PHONE: Final = "13800001111"


def request(number: int, **differently: Any) -> PublicRequest:
    """Answer a request; each number is one received an hour before the one below it."""
    received_at = NOON - timedelta(hours=number)
    shown = PublicRequest(
        id=ServiceRequestId(uuid5(NAMESPACE, str(number))),
        number=ServiceRequestNumber(f"SR-321000-20261124-{number:010}"),
        category=Category.MINOR,
        status=Status.RECEIVED,
        pause_reason=None,
        is_referred=False,
        is_duplicate=False,
        received_at=received_at,
        changed_at=received_at + timedelta(minutes=5),
        resolve_by=received_at + timedelta(days=1),
        project_id=ProjectId(UUID(int=7)),
        project_name="梅苑",
        address="文昌路1号",
        company="广陵物业",
    )
    return replace(shown, **differently)


@dataclass
class Board:
    """The requests that are public, as a plain list."""

    shown: list[PublicRequest] = field(default_factory=list)
    asked: list[PublicRequestFilter] = field(default_factory=list)

    async def named(
        self, *, ids: Collection[ServiceRequestId] = (), numbers: Collection[ServiceRequestNumber] = ()
    ) -> tuple[PublicRequest, ...]:
        return tuple(each for each in self.shown if each.id in ids or each.number in numbers)

    async def list(self, wanted: PublicRequestFilter, *, skip: int = 0, limit: int) -> tuple[PublicRequest, ...]:
        self.asked.append(wanted)
        found = [
            each
            for each in sorted(self.shown, key=lambda each: each.received_at, reverse=True)
            if wanted.since <= each.received_at <= wanted.until
            and (wanted.categories is None or each.category in wanted.categories)
            and wanted.has_ended in {None, each.status in ENDED}
        ]
        return tuple(found[skip : skip + limit])


@dataclass
class Desk:
    """A client of the façade, and the city behind it."""

    city: City
    board: Board
    issuer: DevelopmentIssuer
    client: httpx.AsyncClient
    company: CompanyId
    project: ProjectId
    positions: list[int | None]
    is_behind: bool = False
    log_is_down: bool = False

    async def get(self, path: str, language: str = "zh", **query: str) -> httpx.Response:
        """Read as anybody."""
        return await self.client.get(PREFIX + path, params=query, headers={"Accept-Language": language})

    async def post(
        self, form: dict[str, str], path: str = "/requests.json", key: str | None = None, **headers: str
    ) -> httpx.Response:
        """Post a form, with a key when one is given."""
        sent = form if key is None else {**form, "api_key": key}
        return await self.client.post(PREFIX + path, data=sent, headers={"Accept-Language": "en", **headers})

    def key(self, role: Role = Role.RESIDENT, subject: str = "resident", **bound: Any) -> str:
        """Issue a key; a resident's belongs to the project."""
        if role is Role.RESIDENT:
            bound = {"project": self.project, **bound}
        return self.issuer.issue(Caller(subject=Subject(subject), role=role, **bound), "旅人", timedelta(hours=1))

    async def filed(self) -> list[dict[str, Any]]:
        """Answer the receipts of requests in the log."""
        log = await self.city.events()
        return [dict(each.data or {}) for each in log if each.type == "service-request.received"]


def report(**differently: str) -> dict[str, str]:
    """Answer a form that is in order; what is said to be blank is left out."""
    form = {
        "service_code": "minor",
        "attribute[unit]": "3-2-501",
        "description": "厨房水管漏水",
        "first_name": "芳",
        "last_name": "王",
        "phone": PHONE,
    }
    return {name: value for name, value in {**form, **differently}.items() if value}


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """Open the façade of another city."""
    city = await City.begun()
    company = await city.company()
    board = Board()
    issuer = DevelopmentIssuer(b"k" * 32)
    filing = FilingRequest(CITY, city.identities, Shelf())

    async def file_request(sent: Submission, asked: FileRequest) -> Answer:
        return await city.ledger.submit(filing, sent, asked)

    async def caught_up(position: int | None) -> None:
        opened.positions.append(position)
        if opened.is_behind:
            raise ReadModelBehind

    class Histories(LoggedHistories):
        async def of(self, thing: StreamName, *, after: int | None = None, limit: int) -> Slice[HistoryEntry]:
            if opened.log_is_down:
                raise Unavailable
            return await super().of(thing, after=after, limit=limit)

    wiring = Wiring(
        parts=(
            _with(Commands, file_request=file_request),
            _with(Queries, histories=Histories(city.store), caught_up=caught_up),
        ),
        tokens=issuer,
        fingerprint_key=b"f" * 32,
        ready=_ready,
        lifespan=_lifespan,
    )
    open311 = Open311(city=CITY, requests=board, clock=city.clock)
    app = create_app(wiring, [], open311_routes(wiring, open311))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        opened = Desk(city, board, issuer, client, company, await city.estate(company), [])
        yield opened


def errors(answer: httpx.Response) -> list[tuple[int, str]]:
    """Read a list of errors in JSON."""
    assert answer.headers["content-type"] == "application/json; charset=utf-8", answer.text
    return [(each["code"], each["description"]) for each in answer.json()]


def parsed(answer: httpx.Response) -> ET.Element:
    """Read an answer in XML."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8", answer.text
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return ET.fromstring(answer.content)  # noqa: S314 - our own answer


def _with(kind: type[Any], **parts: object) -> Any:
    """Answer the commands or queries with these alone; the façade has no use for the others."""
    return kind(**{entry.name: parts.get(entry.name) for entry in fields(kind)})


async def _ready() -> dict[str, bool]:
    return {}


@asynccontextmanager
async def _lifespan() -> AsyncIterator[None]:
    yield
