"""A person has one file in a city; its certificates count from their first through their last day."""

from datetime import date

import pytest

from domain.kernel.errors import Unacceptable
from domain.licensing.certificates import (
    EraseHolder,
    OpenFile,
    RecordCertificate,
    WithdrawCertificate,
    certificate_is_in_one_file,
    certificate_is_known,
    certificate_is_new,
    certificate_is_not_withdrawn,
    erase_holder,
    one_file_per_person,
    open_file,
    record_certificate,
    withdraw_certificate,
)
from domain.licensing.events import CertificateKind, CertificateRecorded, HolderErased
from domain.licensing.licence import Certificate
from tests.domain.licensing.practice import (
    GREEN,
    LICENCE_ID,
    ONE_DAY,
    OTHER,
    POST,
    TODAY,
    TRAINING,
    ZHANG,
    certificate,
    deregistered,
    given,
    licence,
    opened,
    practising,
    registered,
    withdrawn,
)

OPEN = OpenFile(holder=ZHANG)
ERASE = EraseHolder(licence_id=LICENCE_ID, reason="asked for by the holder")
FIRST_DAY, LAST_DAY = date(2026, 3, 1), date(2026, 8, 31)


def record(recorded: CertificateRecorded) -> RecordCertificate:
    return RecordCertificate(
        licence_id=LICENCE_ID,
        kind=recorded.kind,
        number=recorded.number,
        issuer=recorded.issuer,
        issued_on=recorded.issued_on,
        expires_on=recorded.expires_on,
    )


def withdraw(number: str) -> WithdrawCertificate:
    return WithdrawCertificate(licence_id=LICENCE_ID, number=number, reason="issued in error")


def test_the_authority_opens_a_file() -> None:
    given().when(open_file, OPEN, by_company=None, today=TODAY).then(opened(on=TODAY))


def test_a_company_opens_a_file() -> None:
    given().when(open_file, OPEN, by_company=GREEN, today=TODAY).then(opened(by=GREEN, on=TODAY))


def test_a_person_has_one_file() -> None:
    given(opened()).when(open_file, OPEN, by_company=None, today=TODAY).breaks(one_file_per_person)


def test_until_the_first_registration_a_file_counts_as_the_opening_companys() -> None:
    assert licence(opened(by=GREEN)).employer == GREEN
    assert licence(opened()).employer is None
    assert licence(opened(by=GREEN), POST, TRAINING, registered(OTHER)).employer == OTHER
    assert licence(opened(by=GREEN), POST, TRAINING, registered(OTHER), deregistered(OTHER)).employer is None


def test_a_certificate_is_recorded() -> None:
    given(opened()).when(record_certificate, record(POST), is_in_another_file=False).then(POST)


def test_several_certificates_of_one_kind_are_recorded() -> None:
    another = certificate(number="T-2")
    given(opened(), TRAINING).when(record_certificate, record(another), is_in_another_file=False).then(another)


def test_an_expired_certificate_is_recorded() -> None:
    expired = certificate(expires_on=date(2021, 5, 31))
    given(opened()).when(record_certificate, record(expired), is_in_another_file=False).then(expired)


def test_a_number_is_recorded_once_in_a_file() -> None:
    same = certificate(CertificateKind.POST_MUNICIPAL, TRAINING.number)
    given(opened(), TRAINING).when(record_certificate, record(same), is_in_another_file=False).breaks(
        certificate_is_new
    )


def test_a_withdrawn_number_is_not_recorded_again() -> None:
    given(opened(), TRAINING, withdrawn("T-1")).when(
        record_certificate, record(TRAINING), is_in_another_file=False
    ).breaks(certificate_is_new)


def test_a_certificate_is_in_one_persons_file() -> None:
    given(opened()).when(record_certificate, record(TRAINING), is_in_another_file=True).breaks(
        certificate_is_in_one_file
    )


def test_a_number_in_both_files_breaks_both_rules() -> None:
    given(opened(), TRAINING).when(record_certificate, record(TRAINING), is_in_another_file=True).breaks(
        certificate_is_new, certificate_is_in_one_file
    )


def test_a_certificate_is_claimed_by_its_kind_issuer_and_number() -> None:
    claims = {
        record(TRAINING).claim,
        record(certificate(number="T-2")).claim,
        record(certificate(CertificateKind.POST_MUNICIPAL, TRAINING.number)).claim,
    }
    assert len(claims) == 3
    assert record(TRAINING).claim == record(certificate(number="T-1", issued_on=TODAY)).claim


def test_a_certificate_does_not_expire_before_it_is_issued() -> None:
    one_day = certificate(issued_on=TODAY, expires_on=TODAY)
    given(opened()).when(record_certificate, record(one_day), is_in_another_file=False).then(one_day)
    never = certificate(issued_on=TODAY, expires_on=TODAY - ONE_DAY)
    given(opened()).when(record_certificate, record(never), is_in_another_file=False).raises(
        Unacceptable, pointer="/expires_on"
    )


@pytest.mark.parametrize(
    ("day", "valid"), [(FIRST_DAY - ONE_DAY, False), (FIRST_DAY, True), (LAST_DAY, True), (LAST_DAY + ONE_DAY, False)]
)
def test_a_certificate_is_valid_from_its_first_through_its_last_day(day: date, valid: bool) -> None:
    limited = Certificate(kind=CertificateKind.TRAINING, number="T", issued_on=FIRST_DAY, expires_on=LAST_DAY)
    assert limited.is_valid_on(day) is valid


def test_a_certificate_without_a_last_day_stays_valid_until_it_is_withdrawn() -> None:
    assert licence(opened(), TRAINING).has_training_certificate_on(date(2126, 1, 1))
    assert not licence(opened(), TRAINING, withdrawn("T-1")).has_training_certificate_on(TODAY)


@pytest.mark.parametrize("kind", [CertificateKind.POST_NATIONAL, CertificateKind.POST_MUNICIPAL])
def test_either_post_certificate_will_do_and_no_other(kind: CertificateKind) -> None:
    assert licence(opened(), certificate(kind, "P")).has_post_certificate_on(TODAY)
    assert not licence(opened(), certificate(kind, "P")).has_training_certificate_on(TODAY)
    assert not licence(opened(), TRAINING).has_post_certificate_on(TODAY)


def test_a_certificate_is_withdrawn() -> None:
    given(opened(), POST, TRAINING).when(withdraw_certificate, withdraw("T-1"), today=TODAY).then(withdrawn("T-1"))


def test_an_expired_certificate_is_withdrawn() -> None:
    expired = certificate(number="T-1", expires_on=date(2021, 5, 31))
    given(opened(), expired).when(withdraw_certificate, withdraw("T-1"), today=TODAY).then(withdrawn("T-1"))


def test_only_a_certificate_on_file_is_withdrawn() -> None:
    given(opened(), POST).when(withdraw_certificate, withdraw("T-1"), today=TODAY).breaks(certificate_is_known)


def test_a_certificate_is_withdrawn_once() -> None:
    given(opened(), TRAINING, withdrawn("T-1")).when(withdraw_certificate, withdraw("T-1"), today=TODAY).breaks(
        certificate_is_not_withdrawn
    )


def test_a_holder_is_erased_once() -> None:
    erased = HolderErased(reason="asked for by the holder", erased_on=TODAY)
    given(*practising()).when(erase_holder, ERASE, today=TODAY).then(erased)
    given(*practising(), erased).when(erase_holder, ERASE, today=TODAY).then()


def test_a_stream_begins_with_the_opening_of_its_file() -> None:
    with pytest.raises(LookupError, match="begins with the opening"):
        given(TRAINING)
