"""Around every request: a time by route, a problem and a log line without personal data for what failed."""

import re
import secrets
import time
from contextlib import suppress
from typing import Any, Final

import structlog
from prometheus_client import CollectorRegistry, Histogram
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import INTERNAL, problem_of
from api.http.headers import Headers, collected
from api.http.language import preferred
from api.http.misfits import WrongMethod
from api.http.problems import told

_TRACEPARENT: Final = re.compile(rb"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?")
_KNOWN_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_log: Final[Any] = structlog.get_logger("guanjia.http")


class Observed:
    """The outermost layer: nothing that happens further in reaches the server as an exception."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._seconds = Histogram(
            "guanjia_http_request_seconds",
            "Time from the request's head to the end of its answer.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._timers: dict[tuple[str, str, int], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        began = time.perf_counter()
        method: str = scope["method"]
        fields = scope["fields"] = collected(scope["headers"])
        status = 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        inner, answer = (_as_get(scope), _head_only(note)) if method == "HEAD" else (scope, note)
        try:
            await self._app(inner, receive, answer)
        except ClientDisconnect:
            _log.debug("nobody reads on", trace_id=_trace_id(fields))
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets a problem and the log the rest
            trace_id = _trace_id(fields)
            response = _answer(error, method, fields, trace_id)
            if not status:
                with suppress(ClientDisconnect):
                    await response(inner, receive, answer)
            self._tell(method, inner, status, began, trace_id)
        finally:
            self._time(method, inner, status, time.perf_counter() - began)

    def _time(self, method: str, scope: Scope, status: int, seconds: float) -> None:
        key = (_named(method), _route(scope), status)
        timer = self._timers.get(key)
        if timer is None:
            timer = self._timers[key] = self._seconds.labels(*key)
        timer.observe(seconds)

    def _tell(self, method: str, scope: Scope, status: int, began: float, trace_id: str) -> None:
        """Write a line about a request that was answered by a problem; the metrics count the others."""
        ms = round((time.perf_counter() - began) * 1000, 2)
        _log.info("problem", method=_named(method), route=_route(scope), status=status, ms=ms, trace_id=trace_id)


def _named(method: str) -> str:
    return method if method in _KNOWN_METHODS else "other"


def _route(scope: Scope) -> str:
    return scope["route"].path if "route" in scope else "unmatched"


def _as_get(scope: Scope) -> Scope:
    """Answer a copy: the server decides by its own scope whether a body may follow."""
    return {**scope, "method": "GET"}


def _answer(error: Exception, method: str, fields: Headers, trace_id: str) -> Response:
    if method == "OPTIONS" and isinstance(error, WrongMethod):
        return Response(status_code=204, headers={"Allow": ", ".join([*error.allowed, "OPTIONS"])})
    problem = problem_of(error)
    if problem.code == INTERNAL.code:
        _log.error("request failed", trace_id=trace_id, exc_info=error)
    return told(problem, preferred(fields.get(b"accept-language", b"").decode("latin-1")), trace_id)


def _trace_id(fields: Headers) -> str:
    """Answer the id of the caller's trace (W3C Trace Context), or a new one."""
    given = _TRACEPARENT.fullmatch(fields.get(b"traceparent", b""))
    return given[1].decode() if given else secrets.token_hex(16)


def _head_only(send: Send) -> Send:
    """Answer HEAD as GET, ended after the head (RFC 9110 §9.3.2): a stream must not run on for nobody."""

    async def send_head(message: Message) -> None:
        if message["type"] != "http.response.start":
            raise ClientDisconnect
        await send(message)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return send_head
