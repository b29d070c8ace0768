"""Codes and provisional names are claimed, so that two companies registered at once cannot share one."""

from application.kernel.dossier import Dossier
from domain.companies.identity import Identity, exchange
from domain.kernel.claims import CLAIM
from domain.kernel.identifiers import CompanyId


async def holder_of(dossier: Dossier, identity: Identity) -> CompanyId | None:
    """Answer which company has a code, or provisionally a name."""
    claim = await dossier.read(CLAIM, identity.claim)
    return CompanyId(claim.holder) if claim is not None and claim.holder is not None else None


async def hand_over(dossier: Dossier, before: Identity | None, after: Identity, holder: CompanyId) -> None:
    """Add the claims that go with a new identity, in the same append."""
    for identity, event in exchange(before, after, holder).items():
        await dossier.read(CLAIM, identity.claim)
        dossier.add(CLAIM, identity.claim, [event])
