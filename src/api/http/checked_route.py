"""A route that checks in the order of the contract: 413 · 415 · 401 · 403 by role · 422 · then the endpoint."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.asking import Asking
from api.http.bearer import bearer_token
from api.http.bodies import read_body, require_json
from api.http.exact_json import read_json
from api.http.headers import Headers
from api.http.misfits import Malformed
from api.http.parameters import Parameters
from api.http.sentences import NO_OBJECT
from api.http.wiring import Wiring
from application.kernel.permissions import Operation, require_role

Endpoint = Callable[..., Awaitable[Response]]


class Kind(Enum):
    """What a route is for; the documentation tells the headers and answers of each."""

    CREATION = auto()
    COMMAND = auto()
    THING = auto()
    PAGE = auto()
    STREAM = auto()
    UPLOAD = auto()
    FILE = auto()
    OTHER = auto()


_READS: Final = frozenset({Kind.THING, Kind.PAGE})


class CheckedRoute(APIRoute):
    """One call of the contract.

    FastAPI describes it (OpenAPI) from the endpoint's signature; the same signature is read here, because FastAPI would
    judge the body before it knows who asks. Without an operation of the permission table there is no route. `shown` is
    the type that its answer has when all is well.
    """

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        operation: Operation,
        kind: Kind,
        shown: Any = None,  # noqa: ANN401 - any type that a view may have
        **described: Any,  # noqa: ANN401 - what FastAPI's own route takes
    ) -> None:
        super().__init__(
            path, endpoint, operation_id=endpoint.__name__, response_model=None, responses={422: {}}, **described
        )
        self.operation = operation
        self.kind = kind
        self.shown = shown
        self.app = self.ask
        self._endpoint = endpoint
        self._parameters = Parameters(endpoint, self.param_convertors)
        described_query = {parameter.alias for parameter in self.dependant.query_params}
        if self.dependant.dependencies or described_query != self._parameters.query.keys():
            raise TypeError(f"{endpoint.__name__} would be described otherwise than it is read")

    async def ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request and have the endpoint answer it."""
        wiring: Wiring = scope["app"].wiring
        fields: Headers = scope["fields"]
        body = await read_body(fields, receive)
        if body:
            require_json(fields)
        token = bearer_token(fields)
        caller = wiring.tokens.verify(token)
        require_role(caller, self.operation)
        parsed = read_json(body) if body else None
        if body and parsed is None:
            raise Malformed([NO_OBJECT])  # `null` is something said, not a body that was left out
        values = self._parameters.read(scope["path_params"], scope["query_string"], parsed)
        request = Asking(scope, receive, wiring=wiring, fields=fields, token=token, caller=caller, parsed=parsed)
        if self.kind in _READS:
            _ = request.min_position  # malformed it is refused also where the log itself answers
        values[self._parameters.request] = request
        response = await self._endpoint(**values)
        await response(scope, receive, send)
