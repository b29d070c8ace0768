"""Districts, streams, claims and missing things: the small words of the kernel."""

from uuid import UUID

import pytest

from domain.kernel.claims import CLAIM, Claim, ClaimMade, ClaimReleased, claim_on
from domain.kernel.district import District
from domain.kernel.errors import NoSuchThing, Unacceptable, existing, names_nothing
from domain.kernel.identifiers import NAMESPACE

THING, HOLDER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("code", ["321002", "420190", "000000"])
def test_a_district_is_six_digits(code: str) -> None:
    assert District(code).code == code


@pytest.mark.parametrize(
    "code",
    ["", "32100", "3210020", "32100x", "321002\n", "\uff13\uff12\uff11\uff10\uff10\uff12", "32100\u00b2", "-32100"],
)
def test_nothing_else_is_a_district(code: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        District(code)


def test_refusals_stand_in_a_stream_beside_the_things_own() -> None:
    assert CLAIM.stream(THING) == f"claim-{THING}"
    assert CLAIM.refusals(THING) == f"claim-refusals-{THING}"


def test_a_stream_names_its_thing() -> None:
    assert CLAIM.thing(CLAIM.stream(THING)) == THING


def test_a_claim_is_held_until_it_is_released() -> None:
    made, released = ClaimMade(of="certificate", holder=HOLDER), ClaimReleased(of="certificate", holder=HOLDER)
    assert CLAIM.fold([]) is None
    assert CLAIM.fold([made]) == Claim(HOLDER)
    assert CLAIM.fold([made, released]) == Claim(None)


def test_a_fold_goes_on_from_a_state() -> None:
    released = ClaimReleased(of="certificate", holder=HOLDER)
    assert CLAIM.fold([released], Claim(HOLDER)) == Claim(None)


def test_claims_on_different_values_have_different_ids() -> None:
    ids = {
        claim_on("certificate", "training", "city", "1"),
        claim_on("certificate", "training", "city", "2"),
        claim_on("certificate", "training", "city1", ""),
        claim_on("certificate", "training city", "1"),
        claim_on("company-code", "training", "city", "1"),
    }
    assert len(ids) == 5


def test_ids_from_natural_keys_are_for_ever() -> None:
    assert UUID("6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21") == NAMESPACE
    assert claim_on("certificate", "training", "city", "1") == UUID("2e33e6dd-805b-5599-87e3-981ebcdc0fc4")


def test_a_thing_that_is_not_there_is_no_such_thing() -> None:
    assert existing(0) == 0
    with pytest.raises(NoSuchThing):
        existing(None)


def test_an_id_that_names_nothing_is_pointed_at() -> None:
    error = names_nothing("/company_id")
    assert isinstance(error, Unacceptable)
    assert error.pointer == "/company_id"
    assert "/company_id" in str(error)
