"""What the composition root hands to the HTTP application."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeVar, cast

from prometheus_client import CollectorRegistry

from application.kernel.tokens import Tokens

Ready = Callable[[], Awaitable[Mapping[str, bool]]]
"""Answers by name what must hold before requests are taken, and whether it does."""

Lifespan = Callable[[], AbstractAsyncContextManager[None]]
"""Starts what the application needs and stops it again."""


Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Everything that routes find behind them.

    `parts` are the objects that routes ask for by their type (`request.part(Commands)`), one of each type;
    `fingerprint_key` (32 bytes) keys the fingerprints of idempotent requests; `stopping` ends the event streams when it
    is set; `registry` is what `/metrics` shows.
    """

    parts: Sequence[object]
    tokens: Tokens
    fingerprint_key: bytes
    ready: Ready
    lifespan: Lifespan
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _by_type: dict[type, object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the parts by type."""
        by_type = {type(part): part for part in self.parts}
        if len(by_type) != len(self.parts):
            raise ValueError("two parts of one type: a route could not say which it means")
        object.__setattr__(self, "_by_type", by_type)

    def part(self, kind: type[Part]) -> Part:
        """Answer the part of exactly this type.

        Raises: LookupError.
        """
        try:
            return cast("Part", self._by_type[kind])
        except KeyError:
            raise LookupError(f"the application was wired without {kind.__name__}") from None
