"""A code or a provisional name is in one hand; exchanging it lets go of the one before."""

from domain.companies.identity import Identity, exchange, identity_of
from domain.kernel.claims import ClaimMade, ClaimReleased
from tests.domain.companies.builders import CODE, COMPANY_ID

NAME = identity_of("安居物业", None)
KNOWN = identity_of("安居物业", CODE)


def test_a_name_counts_only_while_the_code_is_unknown() -> None:
    assert Identity("provisional-company-name", "安居物业") == NAME
    assert Identity("company-code", CODE) == KNOWN
    assert NAME.claim != identity_of("和谐物业", None).claim
    assert KNOWN.claim == identity_of("和谐物业", CODE).claim


def test_a_name_that_looks_like_a_code_is_another_identity() -> None:
    assert identity_of(CODE, None).claim != KNOWN.claim


def test_the_first_identity_is_taken() -> None:
    assert exchange(None, NAME, COMPANY_ID) == {NAME: ClaimMade(of="provisional-company-name", holder=COMPANY_ID)}


def test_another_identity_lets_go_of_the_one_before() -> None:
    assert exchange(NAME, KNOWN, COMPANY_ID) == {
        NAME: ClaimReleased(of="provisional-company-name", holder=COMPANY_ID),
        KNOWN: ClaimMade(of="company-code", holder=COMPANY_ID),
    }


def test_the_same_identity_stays() -> None:
    assert exchange(KNOWN, KNOWN, COMPANY_ID) == {}
