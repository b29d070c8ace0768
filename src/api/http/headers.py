"""The headers of a request, collected once."""

from collections.abc import Iterable, Mapping

Headers = Mapping[bytes, bytes]
"""Lower-case names to values; a header that was sent twice is joined by a comma (RFC 9110 §5.3)."""


def collected(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Collect the header lines of an ASGI scope."""
    headers: dict[bytes, bytes] = {}
    for name, value in raw:
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers
