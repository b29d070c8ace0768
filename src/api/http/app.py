"""The HTTP application: its resources on one switchboard, everything around them once."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.http.documentation import documentation_routes
from api.http.health import health_routes
from api.http.observing import Observed
from api.http.openapi import TITLE, contract
from api.http.resources import Resource
from api.http.switchboard import Switchboard
from api.http.wiring import Wiring


class HttpApplication(FastAPI):
    """FastAPI with one layer around one switchboard; the one table in `errors` tells the exceptions of every route."""

    def __init__(self, wiring: Wiring, resources: Sequence[Resource], beside: Sequence[Route]) -> None:
        @asynccontextmanager
        async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
            async with wiring.lifespan():
                yield

        super().__init__(
            title=TITLE,
            version=version("guanjia"),
            lifespan=lifespan,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
            telemetry={"tracing": False, "metrics": False, "logs": False},
        )
        self.wiring = wiring
        self._described = [route for resource in resources for route in resource.routes]
        self._observed = Observed(
            Switchboard(
                [
                    *self._described,
                    *beside,
                    *health_routes(wiring),
                    *documentation_routes(self._described, self.version),
                ]
            ),
            wiring.registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request on the switchboard, past the layers of the framework; start and stop as it does."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self._observed(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """Describe the routes on the switchboard."""
        return contract(self._described, self.version)


def create_app(wiring: Wiring, resources: Sequence[Resource], beside: Sequence[Route] = ()) -> HttpApplication:
    """Put the application together; `beside` are routes of another contract than ours.

    Raises: TypeError, ValueError at once for a route without an operation, a view that is not plain, two parts of one
    type.
    """
    return HttpApplication(wiring, resources, beside)
