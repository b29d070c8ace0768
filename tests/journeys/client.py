"""One caller of the API, as its clients are written: a token, bodies in JSON, reads of what was written."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import httpx

from tests.journeys.answers import Json, Problem, Receipt, shown

PREFIX: Final = "/v1"


@dataclass
class Heard:
    """The last position that any caller of one city has heard of."""

    position: int = 0

    def of(self, answer: httpx.Response) -> None:
        """Hear of the position of a receipt, or of a refusal on record."""
        given = answer.json()
        self.position = max(self.position, (given.get("position") or 0) if isinstance(given, dict) else 0)


class Client:
    """A caller with a token; whatever is read includes what was written before by any caller of the city."""

    def __init__(self, http: httpx.AsyncClient, token: str | None, heard: Heard) -> None:
        self.http: Final = http
        self.token: Final = token
        self.heard: Final = heard

    async def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **sent: Json
    ) -> httpx.Response:
        """Send a request and answer what comes back, whatever it is."""
        authorised = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        return await self.http.request(method, PREFIX + path, headers={**authorised, **(headers or {})}, **sent)

    async def post(
        self, path: str, body: Json, *, if_match: int | None = None, key: str | None = None, language: str = "en"
    ) -> httpx.Response:
        """Send a command."""
        headers = {"Accept-Language": language}
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        answer = await self.ask("POST", path, headers=headers, json=body)
        self.heard.of(answer)
        return answer

    async def does(self, path: str, body: Json, *, if_match: int | None = None, key: str | None = None) -> Receipt:
        """Have a command accepted."""
        return Receipt.of(path, await self.post(path, body, if_match=if_match, key=key))

    async def fails(
        self, status: int, path: str, body: Json, *, if_match: int | None = None, key: str | None = None
    ) -> Problem:
        """Have a command turned away with a status."""
        answer = await self.post(path, body, if_match=if_match, key=key)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
        return Problem.of(answer)

    async def is_refused(self, path: str, body: Json) -> AbstractSet[str]:
        """Have a command refused by rules, on record; answers the codes of all that are broken."""
        problem = await self.fails(409, path, body)
        assert problem.code == "rules-broken"
        assert problem.position is not None
        assert problem.broken
        return problem.broken

    async def reads(self, path: str) -> Json:
        """Read something, with all that was written before."""
        return shown(await self.get(path))

    async def cannot_read(self, status: int, path: str) -> Problem:
        """Have a read turned away with a status."""
        answer = await self.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
        return Problem.of(answer)

    async def get(self, path: str, *, language: str = "en") -> httpx.Response:
        """Send a GET for what has been heard of."""
        headers = {"X-Min-Position": str(self.heard.position), "Accept-Language": language}
        return await self.ask("GET", path, headers=headers)

    async def items(self, path: str, *, limit: int = 200) -> list[Json]:
        """Read a list to its end, page by page."""
        found: list[Json] = []
        separator = "&" if "?" in path else "?"
        page = await self.reads(f"{path}{separator}limit={limit}")
        found += page["items"]
        while page["next"] is not None:
            page = await self.reads(f"{path}{separator}limit={limit}&cursor={page['next']}")
            found += page["items"]
        return found
