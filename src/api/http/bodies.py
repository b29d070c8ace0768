"""The bytes of a body: how many are taken, and of which kind."""

from functools import lru_cache
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from api.http.headers import Headers
from api.http.misfits import TooLarge, Unsupported

MOST_BYTES: Final = 1024 * 1024
_MOST_DIGITS: Final = len(str(MOST_BYTES))


async def read_body(headers: Headers, receive: Receive) -> bytes:
    """Read a whole body of at most 1 MiB; a longer one is not read to its end.

    Raises: TooLarge; ClientDisconnect when the client hangs up before the end.
    """
    announced = headers.get(b"content-length", b"0")
    if announced == b"0" and b"transfer-encoding" not in headers:
        return b""
    if len(announced) > _MOST_DIGITS or int(announced) > MOST_BYTES:
        raise TooLarge
    pieces: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece: bytes = message.get("body", b"")
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge
        pieces.append(piece)
        more = message.get("more_body", False)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def require_json(headers: Headers) -> None:
    """Let only plain JSON in UTF-8 pass.

    Raises: Unsupported.
    """
    if not _is_json(headers.get(b"content-type", b"")) or headers.get(b"content-encoding", b"identity") != b"identity":
        raise Unsupported


@lru_cache(maxsize=64)
def _is_json(content_type: bytes) -> bool:
    kind, *parameters = content_type.decode("latin-1").lower().split(";")
    if kind.strip() != "application/json":
        return False
    named = [parameter.partition("=") for parameter in parameters if parameter.strip()]
    return all(value.strip().strip('"') == "utf-8" for name, _, value in named if name.strip() == "charset")
