"""Posting a request: with a key, which is a bearer token, through the use case that files every request."""

from contextlib import suppress
from typing import Final

from starlette.responses import Response

from api.http.bearer import bearer_token
from api.http.bodies import read_body
from api.http.conditions import retry_key
from api.http.language import Said
from api.http.misfits import Unauthenticated
from api.http.open311.call import JURISDICTION, Call
from api.http.open311.documents import Document, Entry, Many
from api.http.open311.errors import NotGranted, misfit
from api.http.open311.given import Given, require_form
from api.http.open311.reporting import KEY, report_of
from api.http.open311.services import SERVICES
from application.kernel.callers import Caller
from application.kernel.permissions import Operation, require_role
from application.kernel.ports import Receipt, RetryKey, Unavailable
from application.kernel.refusals import ReadModelBehind
from application.kernel.submission import Submission
from application.use_cases import Commands, Queries
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.folding import SERVICE_REQUEST

_NO_KEY: Final = Said("必须填写", "is required")
_REPLAYED: Final = {"Idempotent-Replayed": "true"}


async def post_request(call: Call) -> Response:
    """File a request; checked in the order of every command: 413 · 415 · 403 · 404 and 400 · then the use case."""
    body = await read_body(call.fields, call.request.receive)
    require_form(call.fields)
    form = Given.of(body)
    caller = _caller(call, form)
    query = call.query()
    call.require_jurisdiction(form if JURISDICTION in form.values else query)
    asked = report_of(form, caller)
    sent = Submission(caller=caller, retry_key=_retry_key(call, form, caller))
    filed = await call.part(Commands).file_request(sent, asked)
    entry: Entry = {
        "service_request_id": await _number(call, filed.receipt),
        "service_notice": SERVICES[asked.category or asked.kind].notice.to(call.language),
        "account_id": None,
    }
    document = Document("service_requests", Many("request", [entry]))
    return call.answer(document, _REPLAYED if filed.replayed else None)


def _caller(call: Call, form: Given) -> Caller:
    """Answer who posts, by the key in the form or the token in the header.

    Raises: NotGranted without either, BadToken, Forbidden.
    """
    key = form.one(KEY)
    if key is None:
        try:
            key = bearer_token(call.fields)
        except Unauthenticated:
            raise NotGranted(403, misfit(KEY, _NO_KEY)) from None
    caller = call.wiring.tokens.verify(key)
    require_role(caller, Operation.FILE_SERVICE_REQUESTS)
    return caller


def _retry_key(call: Call, form: Given, caller: Caller) -> RetryKey | None:
    """Read the key for retries; a new token or the other format make no other request."""
    said = {name: list(values) for name, values in form.values.items() if name != KEY}
    path = call.request.scope["path"].removesuffix(f".{call.form}")
    return retry_key(call.fields, caller.subject, call.wiring.fingerprint_key, ("POST", path, said))


async def _number(call: Call, receipt: Receipt) -> str:
    """Answer the number of what was filed, as the log has it; its id, which is as good, when the log cannot be read.

    Clients of GeoReport know of no positions, so the request is to be found when they look at once.
    """
    request_id = ServiceRequestId(receipt.id)
    queries = call.part(Queries)
    with suppress(ReadModelBehind, Unavailable):
        await queries.caught_up(receipt.position)
    with suppress(Unavailable):
        history = await queries.histories.of(SERVICE_REQUEST.stream(request_id), limit=1)
        return str(history.items[0].data["number"])
    return str(request_id)
