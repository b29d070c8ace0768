"""Every command about service requests with a body that fits, what each field may hold, and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.journeys.answers import Json
from tests.journeys.calls import Call, Things
from tests.journeys.client import Client
from tests.journeys.desk import DONE, Desk, report


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests(Things):
    """A desk's things, one request, and another one of the same project."""

    request: str
    another: str

    @classmethod
    async def at(cls, desk: Desk, request: str) -> "Requests":
        """Report another one, dispatched as well, beside a request that is given by its path."""
        return cls(
            company=desk.company,
            licence=desk.licence,
            project=desk.project,
            deduction="",
            request=request.rsplit("/", 1)[1],
            another=(await desk.dispatched()).rsplit("/", 1)[1],
        )

    @property
    def names(self) -> Mapping[str, str]:
        """Answer the ids by the names that paths give them."""
        return {"project": self.project, "request": self.request}


def _there(things: Things) -> Requests:
    assert isinstance(things, Requests)
    return things


_AT: Final = {"/occurred_at": "instant?"}
_REASON: Final = {"/reason": "text", **_AT}
_ONE: Final = "/service-requests/{request}"


def _nothing(_: Things) -> dict[str, Json]:
    return {}


def _because(_: Things) -> dict[str, Json]:
    return {"reason": "经核实"}


REQUEST_CALLS: Final[Mapping[str, Call]] = {
    "file": Call(
        path="/service-requests",
        body=lambda things: report(things.project, channel="hotline", attachments=[]),
        fields={
            "/project_id": "named",
            "/unit": "name",
            "/kind": "choice",
            "/category": "choice",
            "/priority": "choice",
            "/description": "text",
            "/reporter": "object",
            "/reporter/name": "name",
            "/reporter/phone": "name",
            "/channel": "choice?",
            "/major": "flag?",
            "/attachments": "list?",
            **_AT,
        },
    ),
    "dispatch": Call(
        path=f"{_ONE}/dispatch",
        body=lambda _: {"assignee": {"subject": "li", "name": "李师傅"}},
        fields={"/assignee": "object", "/assignee/subject": "name", "/assignee/name": "name", **_AT},
    ),
    "start": Call(path=f"{_ONE}/start", body=_nothing, fields=_AT),
    "pause": Call(
        path=f"{_ONE}/pause", body=lambda _: {"reason": "awaiting_parts"}, fields={"/reason": "choice?", **_AT}
    ),
    "resume": Call(path=f"{_ONE}/resume", body=_nothing, fields=_AT),
    "complete": Call(
        path=f"{_ONE}/completion",
        body=lambda _: DONE | {"attachments": []},
        fields={"/result": "text", "/attachments": "list?", **_AT},
    ),
    "reply": Call(path=f"{_ONE}/reply", body=lambda _: {"text": "已安排"}, fields={"/text": "text", **_AT}),
    "visit": Call(
        path=f"{_ONE}/return-visits",
        body=lambda _: {"outcome": "satisfied", "rating": 5},
        fields={
            "/outcome": "choice",
            "/channel": "choice?",
            "/rating": "rating?",
            "/note": "text?",
            **_AT,
        },
    ),
    "answer": Call(
        path=f"{_ONE}/return-visits/answer",
        body=lambda _: {"satisfied": True},
        fields={"/satisfied": "flag", "/rating": "rating?"},
    ),
    "take charge": Call(path=f"{_ONE}/charge", body=_nothing, fields=_AT),
    "sign off": Call(path=f"{_ONE}/sign-off", body=_because, fields={"/reason": "text?", **_AT}),
    "close": Call(path=f"{_ONE}/closure", body=_nothing, fields=_AT),
    "reopen": Call(path=f"{_ONE}/reopening", body=_because, fields=_REASON),
    "cancel": Call(path=f"{_ONE}/cancellation", body=_because, fields=_REASON),
    "refer": Call(
        path=f"{_ONE}/referral",
        body=lambda _: {"to": "燃气公司", "reason": "归其维护"},
        fields={"/to": "name", **_REASON},
    ),
    "mark a duplicate": Call(
        path=f"{_ONE}/duplicate",
        body=lambda things: {"duplicate_of": _there(things).another},
        fields={"/duplicate_of": "named", **_AT},
    ),
    "archive": Call(path=f"{_ONE}/archive", body=lambda _: {"lesson": "早查"}, fields={"/lesson": "text", **_AT}),
}

WITH_A_BODY_OR_NONE: Final = frozenset({"start", "pause", "resume", "take charge", "sign off", "close"})


def asker(desk: Desk, operation: str) -> Client:
    """Answer somebody who may ask for the operation at this desk."""
    if operation == "answer":
        return desk.resident
    return desk.manager if operation in {"take charge", "sign off"} else desk.office
