"""The headers that put conditions on a request: If-Match, Idempotency-Key, X-Min-Position."""

import hashlib
import hmac
import json
import re
from decimal import Decimal
from typing import Any, Final

from api.http.fields import INT64
from api.http.headers import Headers
from api.http.language import Said
from api.http.misfits import MalformedHeader
from application.kernel.ports import RetryKey
from domain.kernel.identifiers import Subject

_VERSION: Final = re.compile(rb'"(0|[1-9][0-9]{0,18})"')
_KEY: Final = re.compile(rb"[\x20-\x7e]{1,255}")
_POSITION: Final = re.compile(rb"0|[1-9][0-9]{0,18}")


def if_match(headers: Headers) -> int | None:
    """Read the version that the caller insists on; None without the header and for `*`, which any version satisfies.

    Only one strong tag as our answers give it, `"9"`, names a version: a weak one never matches (RFC 9110 §13.1.1).
    Raises: MalformedHeader.
    """
    value = headers.get(b"if-match")
    if value is None or value == b"*":
        return None
    tag = _VERSION.fullmatch(value)
    if tag is None or int(tag[1]) > INT64:
        raise MalformedHeader("If-Match", Said('一个版本号，形如 "9"', 'one version in quotes, such as "9"'))
    return int(tag[1])


def min_position(headers: Headers) -> int | None:
    """Read the position that a read model must have reached; None without the header.

    Raises: MalformedHeader.
    """
    value = headers.get(b"x-min-position")
    if value is None:
        return None
    if not _POSITION.fullmatch(value) or int(value) > INT64:
        raise MalformedHeader("X-Min-Position", Said("零或正整数", "a whole number, zero or more"))
    return int(value)


def retry_key(
    headers: Headers,
    subject: Subject,
    fingerprint_key: bytes,
    request: tuple[str, str, Any],
) -> RetryKey | None:
    """Read the key under which the caller may send the same request again; None without the header.

    `request` is method, path and parsed body; two bodies with the same values have the same fingerprint, however their
    names are ordered and their numbers are spelled. Raises: MalformedHeader.
    """
    value = headers.get(b"idempotency-key")
    if value is None:
        return None
    if not _KEY.fullmatch(value):
        raise MalformedHeader(
            "Idempotency-Key", Said("1 至 255 个可打印 ASCII 字符", "1 to 255 printable ASCII characters")
        )
    who = subject.encode()
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":"), default=_one_spelling)
    return RetryKey(
        digest=hashlib.sha256(len(who).to_bytes(8) + who + value).digest(),
        fingerprint=hmac.digest(fingerprint_key, canonical.encode(), hashlib.sha256),
    )


def _one_spelling(value: object) -> object:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not read from JSON")
    return int(value) if value == value.to_integral_value() else str(value.normalize())
