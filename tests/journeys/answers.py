"""What the API answers, checked for what the contract promises of every answer."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import httpx

CREATIONS: Final = frozenset({"/rule-sets", "/companies", "/licences", "/projects", "/service-requests"})
PROBLEM: Final = {"type", "title", "status", "code", "detail", "trace_id"}
PROBLEM_MAY_HAVE: Final = {"errors", "broken", "position"}

Json = Any
"""Parsed JSON."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command was answered with; `details` is what the receipt has besides id, version and position."""

    id: str
    version: int
    position: int
    details: dict[str, Json]
    replayed: bool

    @classmethod
    def of(cls, path: str, answer: httpx.Response) -> "Receipt":
        """Read the answer of an accepted command."""
        created = path.removeprefix("/v1") in CREATIONS
        assert answer.status_code == (201 if created else 200), answer.text
        assert answer.headers["content-type"] == "application/json"
        given = answer.json()
        receipt = cls(
            id=given.pop("id"),
            version=given.pop("version"),
            position=given.pop("position"),
            details=given,
            replayed=answer.headers.get("idempotent-replayed") == "true",
        )
        assert answer.headers["etag"] == f'"{receipt.version}"'
        assert ("location" in answer.headers) is created
        assert type(receipt.version) is int
        assert receipt.version >= 1
        assert type(receipt.position) is int
        return receipt


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request was not granted."""

    status: int
    code: str
    detail: str
    broken: AbstractSet[str]
    pointers: AbstractSet[str]
    position: int | None
    headers: httpx.Headers
    document: dict[str, Json]

    @classmethod
    def of(cls, answer: httpx.Response) -> "Problem":
        """Read a problem document."""
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        document = answer.json()
        assert document.keys() >= PROBLEM
        assert document.keys() <= PROBLEM | PROBLEM_MAY_HAVE
        assert document["status"] == answer.status_code
        assert all(isinstance(document[field], str) and document[field] for field in PROBLEM - {"status"})
        for rule in document.get("broken", ()):
            assert rule.keys() == {"code", "message", "cites"}
            assert all(rule.values())
        for misfit in document.get("errors", ()):
            assert misfit.keys() == {"pointer", "message"}
            assert misfit["message"]
        return cls(
            status=answer.status_code,
            code=document["code"],
            detail=document["detail"],
            broken=frozenset(rule["code"] for rule in document.get("broken", ())),
            pointers=frozenset(misfit["pointer"] for misfit in document.get("errors", ())),
            position=document.get("position"),
            headers=answer.headers,
            document=document,
        )


def shown(answer: httpx.Response) -> Json:
    """Read the answer of a GET; one thing has its version and the ETag of it."""
    assert answer.status_code == 200, answer.text
    page = answer.json()
    if "version" in page and "id" in page:
        assert answer.headers["etag"] == f'"{page["version"]}"'
    return page
