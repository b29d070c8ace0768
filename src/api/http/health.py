"""Whether the process lives, whether it can serve, and what it counts."""

import os
from collections.abc import Sequence

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.answers import JsonBytes
from api.http.wiring import Wiring


def health_routes(wiring: Wiring) -> Sequence[Route]:
    """Answer the three routes, open to everyone: they tell nothing of anybody."""

    async def alive(_request: Request) -> Response:
        return JsonBytes(b'{"status":"ok"}')

    async def ready(_request: Request) -> Response:
        checks = dict(await wiring.ready())
        holds = all(checks.values())
        body = orjson.dumps({"status": "ready" if holds else "not-ready", "checks": checks})
        return JsonBytes(body) if holds else JsonBytes(body, (b"retry-after", b"2"), status=503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(_shown(wiring.registry)), media_type=CONTENT_TYPE_LATEST)

    return (
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    )


def _shown(registry: CollectorRegistry) -> CollectorRegistry:
    """Answer the registry of this process, or that of all workers where they share their counts in a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return registry
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call] # the library gives it no types
    return together
