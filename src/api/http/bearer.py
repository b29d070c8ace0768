"""Who asks, by the bearer token (RFC 6750)."""

from api.http.headers import Headers
from api.http.misfits import Unauthenticated
from application.kernel.tokens import BadToken

_SCHEME = "bearer "


def bearer_token(headers: Headers) -> str:
    """Answer the token of the Authorization header.

    Raises: Unauthenticated without one, BadToken for what cannot be a token.
    """
    value = headers.get(b"authorization", b"").decode("latin-1")
    token = value[len(_SCHEME) :].strip()
    if value[: len(_SCHEME)].lower() != _SCHEME or not token:
        raise Unauthenticated
    if not token.isascii() or not token.isprintable():
        raise BadToken("a token is printable ASCII")
    return token
