"""What a company is known by: its code, and its name while the code is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.companies.uscc import Uscc
from domain.kernel.claims import ClaimEvent, ClaimMade, ClaimReleased, claim_on
from domain.kernel.identifiers import CompanyId


@dataclass(frozen=True, slots=True)
class Identity:
    """A code or a provisional name; no two companies have the same."""

    kind: str
    key: str

    @property
    def claim(self) -> UUID:
        """The id of the claim that keeps it in one hand."""
        return claim_on(self.kind, self.key)


def identity_of(name: str, uscc: Uscc | None) -> Identity:
    """Answer what a company of this name and code is known by."""
    return Identity("provisional-company-name", name) if uscc is None else Identity("company-code", uscc)


def exchange(before: Identity | None, after: Identity, holder: CompanyId) -> Mapping[Identity, ClaimEvent]:
    """Take one identity and let go of the one before; nothing when they are the same."""
    if before == after:
        return {}
    made: dict[Identity, ClaimEvent] = {after: ClaimMade(of=after.kind, holder=holder)}
    released: dict[Identity, ClaimEvent] = (
        {} if before is None else {before: ClaimReleased(of=before.kind, holder=holder)}
    )
    return {**released, **made}
