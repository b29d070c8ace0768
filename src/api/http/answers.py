"""Answers as bytes: receipts, one thing, a page of a list."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, quote, urlencode

import orjson
from starlette.responses import Response

from api.http.asking import Asking
from api.http.encoding import encode
from api.http.query_fields import cursor_for
from application.kernel.submission import Answer

_JSON: Final = (b"content-type", b"application/json")
_NOT_KEPT: Final = (b"cache-control", b"no-store")
_REPLAYED: Final = (b"idempotent-replayed", b"true")


class Versioned(Protocol):
    """A view of one thing."""

    @property
    def version(self) -> int:
        """The version of the thing, its ETag."""


class JsonBytes(Response):
    """An answer whose body is JSON already."""

    def __init__(self, body: bytes, *headers: tuple[bytes, bytes], status: int = 200) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = [(b"content-length", str(len(body)).encode()), _JSON, *headers]


def receipt(answer: Answer) -> Response:
    """Answer a command to an existing thing: 200 with the receipt and the thing's ETag."""
    return _receipt(answer, 200)


def created(request: Asking, answer: Answer, *, called: object = None) -> Response:
    """Answer a command that created a thing: 201 with the receipt, its ETag and where it is found.

    `called` is the last part of that address where it is not the id.
    """
    location = quote(f"{request.scope['path']}/{called or answer.receipt.id}")
    return _receipt(answer, 201, (b"location", location.encode()))


def _receipt(answer: Answer, status: int, *headers: tuple[bytes, bytes]) -> Response:
    given = answer.receipt
    body = orjson.dumps({"id": given.id, "version": given.version, "position": given.position, **given.details})
    replayed = (_REPLAYED,) if answer.replayed else ()
    return JsonBytes(body, _etag(given.version), *headers, *replayed, status=status)


def one(view: Versioned) -> Response:
    """Answer one thing with its ETag."""
    return ready(encode(view), view.version)


def ready(body: bytes, version: int) -> Response:
    """Answer one thing whose JSON is written already."""
    return JsonBytes(body, _etag(version), _NOT_KEPT)


def plainly(view: object) -> Response:
    """Answer something that has no version: a state of the system, a list that is always short."""
    return JsonBytes(encode(view), _NOT_KEPT)


def page(request: Asking, items: Iterable[object], after: Sequence[object] | None) -> Response:
    """Answer a page of a list: `{"items", "next"}`, and a Link to the next one.

    `after` is the sort key of the last item (strings, numbers, days, instants, UUIDs), None on the last page.
    """
    cursor = None if after is None else cursor_for(after)
    body = encode({"items": tuple(items), "next": cursor})
    return JsonBytes(body, _NOT_KEPT, *(() if cursor is None else (_link(request, cursor),)))


def _link(request: Asking, cursor: str) -> tuple[bytes, bytes]:
    given: list[tuple[str, Any]] = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    query = urlencode([*((name, value) for name, value in given if name != "cursor"), ("cursor", cursor)])
    return b"link", f'<{quote(request.scope["path"])}?{query}>; rel="next"'.encode()


def _etag(version: int) -> tuple[bytes, bytes]:
    return b"etag", b'"%d"' % version
