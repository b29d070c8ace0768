"""The leaf of one event: what the log's proofs are built from, the same bytes as the append computes in SQL."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import pack
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LEAF: Final = b"\x00"
"""Tells a leaf from an inner node of the tree, as in RFC 6962 §2.1."""


def leaf_of(
    *,
    position: int,
    stream: str,
    version: int,
    type: str,  # noqa: A002 - the log's own column
    data: bytes,
    metadata: bytes,
    recorded_at: datetime,
) -> bytes:
    """Answer the SHA-256 over an event's parts, numbers as big-endian int8, every other part after its int4 length."""
    return sha256(
        b"".join(
            (
                _LEAF,
                pack(">q", position),
                _measured(stream.encode()),
                pack(">q", version),
                _measured(type.encode()),
                _measured(data),
                _measured(metadata),
                pack(">q", (recorded_at - _EPOCH) // _MICROSECOND),
            )
        )
    ).digest()


def _measured(part: bytes) -> bytes:
    return pack(">i", len(part)) + part
