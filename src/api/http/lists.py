"""Lists by pages: a cursor is the place where the last slice ended."""

from typing import TypeVar

from starlette.responses import Response

from api.http.answers import page
from api.http.asking import Asking
from api.http.query_fields import keyset
from application.kernel.pages import Slice

Item = TypeVar("Item")


def resumed(cursor: str | None) -> int | None:
    """Read where the last page ended; None for the first page.

    Raises: Malformed.
    """
    key = keyset(cursor, tuple[int])
    return None if key is None else key[0]


def listed(request: Asking, items: Slice[Item]) -> Response:
    """Answer a slice of a list."""
    return page(request, items.items, None if items.next is None else (items.next,))
