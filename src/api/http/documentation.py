"""The contract for machines (`/openapi.json`) and for people (`/docs`), all of it from here: no outside request."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import fastapi_offline
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.checked_route import CheckedRoute
from api.http.openapi import TITLE, contract

_PAGE: Final = f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="contract"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START: Final = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
"""
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_SHIPPED: Final = (
    ("swagger-ui-bundle.js", "text/javascript"),
    ("swagger-ui.css", "text/css"),
    ("favicon.png", "image/png"),
)


def documentation_routes(routes: Sequence[CheckedRoute], version: str) -> Sequence[Route]:
    """Answer the routes that show the contract, open to everyone."""
    assets = files(fastapi_offline) / "static"
    document = orjson.dumps(contract(routes, version))
    return (
        _route("/openapi.json", document, "application/json"),
        _route("/docs", _PAGE.encode(), "text/html"),
        _route("/docs/start.js", _START.encode(), "text/javascript"),
        *(_route(f"/docs/{name}", (assets / name).read_bytes(), kind) for name, kind in _SHIPPED),
    )


def _route(path: str, content: bytes, media_type: str) -> Route:
    async def show(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=_HEADERS)

    return Route(path, show, methods=["GET"])
