"""What has happened to a thing, and what was tried and refused: pages that every kind of thing has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from api.http.answers import page
from api.http.asking import Asking
from api.http.language import ENGLISH, Language
from api.http.lists import listed, resumed
from application.kernel.pages import Actor, RefusalEntry
from application.kernel.permissions import Operation, Thing, require
from application.use_cases import Queries
from domain.kernel.aggregate import StreamName
from domain.kernel.rules import Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that was broken, its sentence in the language asked for."""

    code: str
    message: str
    cites: str

    @classmethod
    def told(cls, broken: Broken, language: Language) -> "BrokenRule":
        """Tell a broken rule in a language."""
        return cls(code=broken.code, message=broken.en if language == ENGLISH else broken.zh, cites=broken.cites)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    """One refused request: what was asked, without personal values, and which rules it broke."""

    position: int
    command: str
    asked: Mapping[str, object]
    broken: tuple[BrokenRule, ...]
    by: Actor
    recorded_at: datetime

    @classmethod
    def told(cls, refusal: RefusalEntry, language: Language) -> "RefusalPage":
        """Tell a refusal in a language."""
        return cls(
            position=refusal.position,
            command=refusal.command,
            asked=refusal.asked,
            broken=tuple(BrokenRule.told(rule, language) for rule in refusal.broken),
            by=refusal.by,
            recorded_at=refusal.recorded_at,
        )


async def history_of(
    request: Asking, stream: StreamName, thing: Thing, *, reading: Operation, limit: int, cursor: str | None
) -> Response:
    """Answer a thing's events, in their order, from the log itself."""
    require(request.caller, Operation.READ_HISTORY, thing, reading=reading)
    return listed(request, await request.part(Queries).histories.of(stream, after=resumed(cursor), limit=limit))


async def refusals_about(request: Asking, stream: StreamName, *, limit: int, cursor: str | None) -> Response:
    """Answer the refused requests that named a thing, newest first."""
    found = await request.part(Queries).refusals.about(stream, before=resumed(cursor), limit=limit)
    told = [RefusalPage.told(refusal, request.language) for refusal in found.items]
    return page(request, told, None if found.next is None else (found.next,))
