"""One call of a client, and what it is answered from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from api.http.headers import Headers
from api.http.language import Language, Said, preferred
from api.http.open311.documents import Document, Format, answer
from api.http.open311.errors import NotGranted, misfit
from api.http.open311.given import Given
from api.http.wiring import Wiring
from application.kernel.ports import Clock
from application.service_requests.public import PublicRequestQueries

JURISDICTION: Final = "jurisdiction_id"

_NOT_OURS: Final = Said("不是本市的代码", "is not the code of this city")

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Open311:
    """What the façade stands on besides the application: the city whose jurisdiction it is, and what is public."""

    city: str
    requests: PublicRequestQueries
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, and everything behind it; `language` is that of names and sentences."""

    request: Request
    form: Format
    wiring: Wiring
    open311: Open311
    fields: Headers = field(init=False)
    language: Language = field(init=False)

    def __post_init__(self) -> None:
        """Look at the headers."""
        fields: Headers = self.request.scope["fields"]
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "language", preferred(fields.get(b"accept-language", b"").decode("latin-1")))

    @property
    def named(self) -> str:
        """What the path names."""
        name: str = self.request.path_params["name"]
        return name

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.open311.clock.now()

    def part(self, kind: type[Part]) -> Part:
        """Answer a part of the application by its type."""
        return self.wiring.part(kind)

    def query(self) -> Given:
        """Read the query of a call to this city; a client need not say which city it means, there is one here.

        Raises: NotGranted.
        """
        query = Given.of(self.request.scope["query_string"])
        self.require_jurisdiction(query)
        return query

    def require_jurisdiction(self, given: Given) -> None:
        """Let pass what names this city, or none.

        Raises: NotGranted.
        """
        if given.one(JURISDICTION) not in {None, self.open311.city}:
            raise NotGranted(404, misfit(JURISDICTION, _NOT_OURS))

    def answer(self, document: Document, headers: Mapping[str, str] | None = None) -> Response:
        """Answer in the format and the language of the call."""
        return answer(document, self.form, self.language, headers=headers)
