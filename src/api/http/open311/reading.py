"""Reading: open to everyone, because nothing personal is shown."""

from typing import Final

from starlette.responses import Response

from api.http.conditions import min_position
from api.http.language import Said
from api.http.open311.call import Call
from api.http.open311.documents import Document, Many
from api.http.open311.errors import NotGranted
from api.http.open311.given import Given
from api.http.open311.looking_up import asked_for, named
from api.http.open311.services import SERVICES, service_definition, service_list
from api.http.open311.showing import requests_shown
from application.service_requests.public import PublicRequest
from application.use_cases import Queries

_NO_SERVICE: Final = Said("没有这项服务", "There is no such service")
_NO_REQUEST: Final = Said("没有这一事项", "There is no such service request")


async def list_services(call: Call) -> Response:
    """List the services."""
    call.query()
    return call.answer(service_list(call.language))


async def show_service(call: Call) -> Response:
    """Tell what a service takes besides what every one takes."""
    call.query()
    service = SERVICES.get(call.named)
    if service is None:
        raise NotGranted(404, _NO_SERVICE)
    return call.answer(service_definition(service, call.language))


async def list_requests(call: Call) -> Response:
    """List requests, the last received first."""
    query = await _caught_up(call)
    return call.answer(requests_shown(await asked_for(call.open311.requests, query, call.now), call.language))


async def show_request(call: Call) -> Response:
    """Show one request, by its number or its id."""
    return call.answer(requests_shown(await _found(call), call.language))


async def show_token(call: Call) -> Response:
    """Tell the number of a request: it has one at once, so that number and id are the tokens it can be asked by."""
    entries = [{"service_request_id": request.number, "token": call.named} for request in await _found(call)]
    return call.answer(Document("service_requests", Many("request", entries)))


async def _found(call: Call) -> tuple[PublicRequest, ...]:
    await _caught_up(call)
    found = await named(call.open311.requests, [call.named])
    if not found:
        raise NotGranted(404, _NO_REQUEST)
    return found


async def _caught_up(call: Call) -> Given:
    """Wait for the position asked for (X-Min-Position), and answer the query."""
    query = call.query()
    await call.part(Queries).caught_up(min_position(call.fields))
    return query
