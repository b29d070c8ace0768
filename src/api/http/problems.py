"""Problem documents (RFC 9457): what a client is told when it does not get what it asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from starlette.responses import Response

from api.http.language import Language, Said
from api.http.misfits import Misfit
from domain.kernel.rules import Broken

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "urn:guanjia:problem:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What happened, before it is told in a language.

    `code` is a promise; `position` is where the log has recorded a refusal; `headers` go with the answer.
    """

    status: int
    code: str
    title: Said
    detail: Said
    misfits: Sequence[Misfit] = ()
    broken: Sequence[Broken] = ()
    position: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


def told(problem: Problem, language: Language, trace_id: str) -> Response:
    """Write a problem as an answer."""
    document: dict[str, Any] = {
        "type": _TYPE + problem.code,
        "title": problem.title.to(language),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail.to(language),
        "trace_id": trace_id,
    }
    if problem.misfits:
        document["errors"] = [
            {"pointer": misfit.pointer, "message": misfit.said.to(language)} for misfit in problem.misfits
        ]
    if problem.broken:
        document["broken"] = [
            {"code": rule.code, "message": Said(rule.zh, rule.en).to(language), "cites": rule.cites}
            for rule in problem.broken
        ]
    if problem.position is not None:
        document["position"] = problem.position
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(orjson.dumps(document), problem.status, {**headers, **dict(problem.headers)}, MEDIA_TYPE)
