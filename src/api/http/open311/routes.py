"""The routes of GeoReport v2, each call in both formats."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.open311.call import Call, Open311
from api.http.open311.documents import Format
from api.http.open311.errors import TOLD, told
from api.http.open311.posting import post_request
from api.http.open311.reading import list_requests, list_services, show_request, show_service, show_token
from api.http.wiring import Wiring

PREFIX: Final = "/open311/v2"

Endpoint = Callable[[Call], Awaitable[Response]]

_CALLS: Final[Sequence[tuple[str, str, Endpoint]]] = (
    ("GET", "/services", list_services),
    ("GET", "/services/{name}", show_service),
    ("GET", "/requests", list_requests),
    ("POST", "/requests", post_request),
    ("GET", "/requests/{name}", show_request),
    ("GET", "/tokens/{name}", show_token),
)


def open311_routes(wiring: Wiring, open311: Open311) -> Sequence[Route]:
    """Answer the routes, open to everyone; only posting asks for a key."""
    return [
        _route(method, f"{PREFIX}{path}.{form}", endpoint, form, wiring, open311)
        for method, path, endpoint in _CALLS
        for form in Format
    ]


def _route(method: str, path: str, endpoint: Endpoint, form: Format, wiring: Wiring, open311: Open311) -> Route:
    async def answered(request: Request) -> Response:
        call = Call(request=request, form=form, wiring=wiring, open311=open311)
        try:
            return await endpoint(call)
        except TOLD as error:
            return told(error, form, call.language)

    return Route(path, answered, methods=[method])
