"""A claim keeps one value in one hand across streams: a company code, a certificate number, a provisional name."""

from dataclasses import dataclass
from typing import Final, assert_never
from uuid import UUID, uuid5

from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import NAMESPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMade:
    """A thing has taken the value; `of` says of what kind it is (`company-code`, `certificate`, …)."""

    of: str
    holder: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReleased:
    """The value is free again."""

    of: str
    holder: UUID


ClaimEvent = ClaimMade | ClaimReleased


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds the value now; None when it was released."""

    holder: UUID | None


def _evolve(_state: Claim | None, event: ClaimEvent) -> Claim:
    match event:
        case ClaimMade():
            return Claim(event.holder)
        case ClaimReleased():
            return Claim(None)
        case _:
            assert_never(event)


CLAIM: Final = Aggregate[Claim, ClaimEvent](
    name="claim", events={"claim.made": ClaimMade, "claim.released": ClaimReleased}, evolve=_evolve
)


def claim_on(of: str, *key: str) -> UUID:
    """Answer the id of the claim on a value, from its kind and its parts."""
    return uuid5(NAMESPACE, "\x1f".join((of, *key)))
