"""The licence file and its certificates (持双证上岗, Text 3 §2(1))."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel.claims import claim_on
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, LicenceId
from domain.kernel.rules import Rule, check
from domain.licensing.events import (
    CertificateKind,
    CertificateRecorded,
    CertificateWithdrawn,
    Holder,
    HolderErased,
    LicenceEvent,
    LicenceFileOpened,
)
from domain.licensing.licence import Certificate, Licence


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """Open a licence file for a person."""

    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCertificate:
    """Put a certificate on file."""

    licence_id: LicenceId
    kind: CertificateKind
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None = None

    @property
    def claim(self) -> UUID:
        """The id of the claim that keeps this certificate in one file."""
        return claim_on("certificate", self.kind, self.issuer, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCertificate:
    """Take a certificate out of account."""

    licence_id: LicenceId
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseHolder:
    """Destroy the key of the person's name, ID number and phone."""

    licence_id: LicenceId
    reason: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The case of a certificate: the file, what is asked, and whether another file holds the same certificate."""

    licence: Licence
    asked: RecordCertificate
    is_in_another_file: bool


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The case of a withdrawal: the certificate of that number, if the file has it."""

    certificate: Certificate | None


def _number_is_on_file(case: Recording) -> bool:
    return any(held.number == case.asked.number for held in case.licence.certificates)


one_file_per_person: Final = Rule[Licence | None](
    code="licence.already-opened",
    zh="该人员在本市已有执业档案",
    en="this person has a licence file in this city already",
    cites="Text 3 §2(1); reading: one licence file per person and city",
    is_broken_by=lambda licence: licence is not None,
)
certificate_is_new: Final = Rule[Recording](
    code="certificate.already-recorded",
    zh="该编号的证书已在本档案中登记(含已撤回的)",
    en="a certificate of this number is in the file already, withdrawn ones included",
    cites="Text 3 §2(1)",
    is_broken_by=_number_is_on_file,
)
certificate_is_in_one_file: Final = Rule[Recording](
    code="certificate.number-in-use",
    zh="同类、同发证机关、同编号的证书已登记在他人档案中",
    en="a certificate of this kind, issuer and number is in another person's file",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.is_in_another_file,
)
certificate_is_known: Final = Rule[Withdrawal](
    code="certificate.unknown",
    zh="本档案中没有该编号的证书",
    en="the file has no certificate of this number",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.certificate is None,
)
certificate_is_not_withdrawn: Final = Rule[Withdrawal](
    code="certificate.already-withdrawn",
    zh="该证书已被撤回",
    en="the certificate was withdrawn already",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.certificate is not None and case.certificate.withdrawn,
)


def open_file(
    licence: Licence | None, asked: OpenFile, *, by_company: CompanyId | None, today: date
) -> list[LicenceEvent]:
    """Open the one file of a person; `by_company` is the company that opens it, None for the authority."""
    check(licence, one_file_per_person)
    return [LicenceFileOpened(holder=asked.holder, company_id=by_company, opened_on=today)]


def record_certificate(licence: Licence, asked: RecordCertificate, *, is_in_another_file: bool) -> list[LicenceEvent]:
    """Put a certificate on file; an expired one may be recorded, and several of one kind."""
    if asked.expires_on is not None and asked.expires_on < asked.issued_on:
        raise Unacceptable("/expires_on", zh="不得早于发证日期", en="must not be before issued_on")
    check(Recording(licence, asked, is_in_another_file), certificate_is_new, certificate_is_in_one_file)
    return [
        CertificateRecorded(
            kind=asked.kind,
            number=asked.number,
            issuer=asked.issuer,
            issued_on=asked.issued_on,
            expires_on=asked.expires_on,
        )
    ]


def withdraw_certificate(licence: Licence, asked: WithdrawCertificate, *, today: date) -> list[LicenceEvent]:
    """Take a certificate out of account; a qualification is checked live, not only at issue."""
    held = next((entry for entry in licence.certificates if entry.number == asked.number), None)
    check(Withdrawal(held), certificate_is_known, certificate_is_not_withdrawn)
    return [CertificateWithdrawn(number=asked.number, reason=asked.reason, withdrawn_on=today)]


def erase_holder(licence: Licence, asked: EraseHolder, *, today: date) -> list[LicenceEvent]:
    """Record that the person's key is destroyed; once is enough."""
    if licence.is_erased:
        return []
    return [HolderErased(reason=asked.reason, erased_on=today)]
