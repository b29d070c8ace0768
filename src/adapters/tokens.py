"""The built-in development issuer: JSON Web Tokens under one secret key."""

import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from application.kernel.callers import Caller, Role
from application.kernel.tokens import BadToken
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject

ISSUER: Final = "guanjia-development"
KEY_BYTES: Final = 32
MOST_REMEMBERED: Final = 4_096

_ALGORITHM: Final = "HS256"
_LONGEST_TOKEN: Final = 4_096
_LONGEST_SUBJECT: Final = 200

_BINDINGS: Final[Mapping[Role, str | None]] = {
    Role.MUNICIPAL: None,
    Role.DISTRICT: "district",
    Role.COMPANY: "company",
    Role.MANAGER: "licence",
    Role.STAFF: "project",
    Role.OWNERS_COMMITTEE: "project",
    Role.NEIGHBOURHOOD_COMMITTEE: "project",
    Role.RESIDENT: "project",
    Role.AUDITOR: None,
    Role.SYSTEM: None,
}
"""What each role is bound to; a token says this and nothing more."""


class DevelopmentIssuer:
    """Issues and verifies tokens; those verified are remembered by their bytes until they expire.

    `key` is 32 bytes; `now` answers real time in seconds since 1970 UTC, never the city's clock. At most `most` tokens
    are remembered, the oldest go first.
    """

    def __init__(self, key: bytes, *, now: Callable[[], float] = time.time, most: int = MOST_REMEMBERED) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a token key has {KEY_BYTES} bytes, not {len(key)}")
        self._key = OctKey.import_key(key)
        self._now = now
        self._most = most
        self._verified: OrderedDict[str, tuple[Caller, float]] = OrderedDict()
        self._registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            iss={"essential": True, "value": ISSUER},
            sub={"essential": True},
            role={"essential": True},
            iat={"essential": True},
            exp={"essential": True},
            jti={"essential": True},
        )

    def issue(self, caller: Caller, name: str, expires_in: timedelta) -> str:
        """Issue a token for a caller; `name` is for people who read tokens, nothing decides by it.

        Raises: ValueError when the caller's role is bound to something else than it must be.
        """
        issued_at = int(self._now())
        claims = {
            "sub": caller.subject,
            "name": name,
            "role": caller.role.value,
            **_bindings(caller),
            "iss": ISSUER,
            "iat": issued_at,
            "exp": issued_at + math.ceil(expires_in.total_seconds()),
            "jti": secrets.token_urlsafe(12),
        }
        _caller(claims)
        return jwt.encode({"alg": _ALGORITHM}, claims, self._key, algorithms=[_ALGORITHM])

    def verify(self, token: str) -> Caller:
        """Answer the caller that the token proves.

        Raises: BadToken.
        """
        return self._known(token)[0]

    def expires_at(self, token: str) -> float:
        """Answer when the token ends, in seconds since 1970 UTC.

        Raises: BadToken.
        """
        return self._known(token)[1]

    def _known(self, token: str) -> tuple[Caller, float]:
        known = self._verified.get(token)
        if known is None:
            known = self._read(token)
            self._verified[token] = known
            if len(self._verified) > self._most:
                self._verified.popitem(last=False)
        if known[1] <= self._now():
            del self._verified[token]
            raise BadToken("the token has expired")
        return known

    def _read(self, token: str) -> tuple[Caller, float]:
        if len(token) > _LONGEST_TOKEN:
            raise BadToken("the token is too long")
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
            self._registry.validate(claims)
            return _caller(claims), float(claims["exp"])
        except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as reason:
            raise BadToken("the token is not one of ours") from reason


def _bindings(caller: Caller) -> dict[str, str]:
    """Spell what the caller is bound to."""
    bound: dict[str, District | UUID | None] = {
        "district": caller.district,
        "company": caller.company,
        "licence": caller.licence,
        "project": caller.project,
    }
    return {
        claim: value.code if isinstance(value, District) else str(value)
        for claim, value in bound.items()
        if value is not None
    }


def _caller(claims: Mapping[str, Any]) -> Caller:
    """Read the caller from claims.

    Raises: ValueError, TypeError when they do not make one.
    """
    role = Role(claims["role"])
    needed = _BINDINGS[role]
    bound = {claim for claim in ("district", "company", "licence", "project") if claims.get(claim) is not None}
    if bound != ({needed} if needed else set()):
        raise ValueError(f"a {role} is bound to {needed or 'nothing'}, not to {sorted(bound) or 'nothing'}")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise ValueError("a subject is 1 to 200 printable characters")
    return Caller(
        subject=Subject(subject),
        role=role,
        district=District(claims["district"]) if needed == "district" else None,
        company=CompanyId(_uuid(claims["company"])) if needed == "company" else None,
        licence=LicenceId(_uuid(claims["licence"])) if needed == "licence" else None,
        project=ProjectId(_uuid(claims["project"])) if needed == "project" else None,
    )


def _uuid(value: object) -> UUID:
    if not isinstance(value, str):
        raise TypeError("an id is a string")
    return UUID(value)
