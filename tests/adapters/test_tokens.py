"""A token proves a caller, until it ends, and nothing else does."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from adapters.tokens import ISSUER, DevelopmentIssuer
from application.kernel.callers import Caller, Role
from application.kernel.tokens import BadToken
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject

KEY = b"k" * 32
NOW = 1_800_000_000.0
ID = UUID("11111111-2222-4333-8444-555555555555")
HOUR = timedelta(hours=1)


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> float:
        return self.time


def issuer(hand: Hand | None = None, most: int = 4_096) -> DevelopmentIssuer:
    return DevelopmentIssuer(KEY, now=hand or Hand(), most=most)


def caller(role: Role = Role.MUNICIPAL, **bound: Any) -> Caller:
    return Caller(subject=Subject("clerk-1"), role=role, **bound)


CALLERS = [
    caller(Role.MUNICIPAL),
    caller(Role.DISTRICT, district=District("321001")),
    caller(Role.COMPANY, company=CompanyId(ID)),
    caller(Role.MANAGER, licence=LicenceId(ID)),
    caller(Role.STAFF, project=ProjectId(ID)),
    caller(Role.OWNERS_COMMITTEE, project=ProjectId(ID)),
    caller(Role.NEIGHBOURHOOD_COMMITTEE, project=ProjectId(ID)),
    caller(Role.RESIDENT, project=ProjectId(ID)),
    caller(Role.AUDITOR),
    caller(Role.SYSTEM),
]
CLAIMS: dict[str, Any] = {
    "sub": "clerk-1",
    "role": "municipal",
    "iss": ISSUER,
    "iat": int(NOW),
    "exp": int(NOW) + 60,
    "jti": "x",
}


def signed(claims: Any, *, alg: str = "HS256", key: bytes = KEY) -> str:
    return jwt.encode({"alg": alg}, claims, OctKey.import_key(key), algorithms=[alg])


def by_hand(header: object, claims: object, signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts).decode()


@pytest.mark.parametrize("who", CALLERS, ids=lambda who: who.role.value)
def test_whoever_a_token_was_issued_to_is_who_it_proves(who: Caller) -> None:
    tokens = issuer()
    assert tokens.verify(tokens.issue(who, "王五", HOUR)) == who


def test_every_role_has_been_tried() -> None:
    assert {who.role for who in CALLERS} == set(Role)


def test_another_process_with_the_same_key_knows_it() -> None:
    assert issuer().verify(issuer().issue(CALLERS[1], "王五", HOUR)) == CALLERS[1]


def test_two_tokens_of_one_subject_are_two_tokens() -> None:
    tokens = issuer()
    assert tokens.issue(CALLERS[0], "王五", HOUR) != tokens.issue(CALLERS[0], "王五", HOUR)


def test_a_token_ends_on_the_second() -> None:
    hand = Hand()
    tokens = issuer(hand)
    token = tokens.issue(caller(), "王五", timedelta(seconds=60))
    assert tokens.expires_at(token) == NOW + 60
    hand.time = NOW + 59.9
    assert tokens.verify(token) == caller()
    hand.time = NOW + 60
    for reading in (tokens.verify, tokens.expires_at, issuer(hand).verify):
        with pytest.raises(BadToken):
            reading(token)


def test_a_token_that_is_known_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = issuer(most=2)
    first, second, third = (tokens.issue(caller(), "王五", HOUR) for _ in range(3))
    tokens.verify(first)
    tokens.verify(second)
    reads: list[str] = []
    decode = jwt.decode

    def counted(token: str, *given: Any, **more: Any) -> Any:
        reads.append(token)
        return decode(token, *given, **more)

    monkeypatch.setattr(jwt, "decode", counted)
    tokens.verify(second)
    assert reads == []
    tokens.verify(third)
    tokens.verify(first)
    assert reads == [third, first]


def test_it_begins_with_what_makes_a_caller() -> None:
    assert issuer().verify(signed(CLAIMS)) == caller()


WITHOUT = [{name: value for name, value in CLAIMS.items() if name != missing} for missing in CLAIMS]
OTHERWISE: list[dict[str, Any]] = [
    {"iss": "somebody-else"},
    {"iss": [ISSUER, "x"]},
    {"exp": int(NOW)},
    {"exp": "never"},
    {"exp": True},
    {"exp": 10**400},
    {"iat": int(NOW) + 60},
    {"nbf": int(NOW) + 60},
    {"sub": ""},
    {"sub": 7},
    {"sub": "a\0b"},
    {"sub": "x" * 201},
    {"role": "mayor"},
    {"role": ["municipal"]},
    {"role": None},
    {"role": "district"},
    {"role": "district", "district": "32100"},
    {"role": "district", "district": 321000},
    {"role": "district", "district": "321000", "company": str(ID)},
    {"role": "company"},
    {"role": "company", "company": "acme"},
    {"role": "company", "licence": str(ID)},
    {"role": "manager", "licence": 7},
    {"role": "manager", "company": str(ID)},
    {"role": "resident"},
    {"role": "municipal", "district": "321000"},
    {"role": "auditor", "project": str(ID)},
]


@pytest.mark.parametrize("claims", [*WITHOUT, *({**CLAIMS, **other} for other in OTHERWISE)], ids=str)
def test_a_signature_is_not_enough(claims: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        issuer().verify(signed(claims))


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "便条",
        "x" * 5_000,
        by_hand({"alg": "none"}, CLAIMS),
        by_hand({"alg": "HS256"}, CLAIMS),
        by_hand({"alg": "HS256"}, CLAIMS, b"x" * 32),
        by_hand({"alg": "HS256", "crit": ["x"]}, CLAIMS),
        by_hand({}, CLAIMS),
        by_hand([], CLAIMS),
        signed(CLAIMS, alg="HS512", key=KEY * 2),
        signed(CLAIMS, key=b"K" * 32),
        signed(CLAIMS)[:-2],
        signed(CLAIMS) + "x",
        " " + signed(CLAIMS),
    ],
)
def test_what_was_not_signed_by_us_is_no_token(token: str) -> None:
    with pytest.raises(BadToken):
        issuer().verify(token)


@given(st.text(max_size=200) | st.binary(max_size=99).map(lambda raw: base64.urlsafe_b64encode(raw).decode() + ".x.y"))
def test_any_text_is_a_bad_token_and_nothing_worse(token: str) -> None:
    with pytest.raises(BadToken):
        issuer().verify(token)


@pytest.mark.parametrize(
    "who",
    [
        caller(Role.DISTRICT),
        caller(Role.MUNICIPAL, district=District("321001")),
        caller(Role.MANAGER, licence=LicenceId(ID), company=CompanyId(ID)),
        Caller(subject=Subject(""), role=Role.AUDITOR),
    ],
)
def test_no_token_is_issued_to_whom_it_could_not_prove(who: Caller) -> None:
    with pytest.raises(ValueError, match=r"is bound to|subject"):
        issuer().issue(who, "王五", HOUR)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        DevelopmentIssuer(b"short")
