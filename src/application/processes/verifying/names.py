"""What only one thing may have: licence numbers, company codes, provisional names, certificates."""

from collections.abc import Iterator
from datetime import date

from application.processes.verifying.register import Fact, Step
from application.processes.verifying.report import Finding
from domain.companies.company import COMPANY
from domain.kernel.claims import CLAIM, ClaimMade, ClaimReleased
from domain.kernel.identifiers import LicenceId
from domain.licensing.certificates import RecordCertificate
from domain.licensing.events import CertificateRecorded, PracticeRegistered
from domain.licensing.folding import LICENCE
from domain.licensing.number_events import NumberIssued
from domain.licensing.numbers import NUMBERS, issue, series_of
from domain.licensing.registration import number_kept


def numbers_are_consecutive(step: Step) -> Iterator[Finding]:
    """Every number is the next one of its city and year."""
    for fact, issued in step.of(NumberIssued):
        _, city, year, _ = issued.licence_number.split("-")
        day = date(int(year), 1, 1)
        due = issue(step.was(NUMBERS, fact.thing), city, day, issued.licence_id)
        if fact.thing != series_of(city, day):
            yield Finding(fact.position, fact.stream, f"{issued.licence_number} was issued from another series")
        elif issued != due:
            what = f"{issued.licence_number} (serial {issued.serial}) where {due.licence_number} is due"
            yield Finding(fact.position, fact.stream, what)


def registrations_bear_their_number(step: Step) -> Iterator[Finding]:
    """A registration goes on with the number it had, or has the one that was issued with it."""
    issued = {event.licence_id: event.licence_number for _, event in step.of(NumberIssued)}
    for fact, registered in step.of(PracticeRegistered):
        licence = step.was(LICENCE, fact.thing)
        kept = None if licence is None else number_kept(licence)
        due = issued.get(LicenceId(fact.thing)) if kept is None else kept
        if registered.licence_number != due:
            what = f"registered as {registered.licence_number}, its number is {due or 'none that was issued'}"
            yield Finding(fact.position, fact.stream, what)


def claims_have_one_holder(step: Step) -> Iterator[Finding]:
    """A claim is made on what is free, and released by who holds it."""
    for fact, made in step.of(ClaimMade):
        held = step.was(CLAIM, fact.thing)
        if held is not None and held.holder not in {None, made.holder}:
            yield Finding(fact.position, fact.stream, f"{made.of} was taken by {made.holder}, and {held.holder} has it")
    for fact, released in step.of(ClaimReleased):
        held = step.was(CLAIM, fact.thing)
        if held is None or held.holder != released.holder:
            yield Finding(
                fact.position, fact.stream, f"{released.of} was released by {released.holder}, not its holder"
            )


def names_are_claimed(step: Step) -> Iterator[Finding]:
    """A company holds the claim on its code or provisional name, a file that on its certificate."""
    for key, company in step.touched(COMPANY):
        claim = step.now(CLAIM, company.identity.claim)
        if claim is None or claim.holder != key:
            yield Finding(step.position, COMPANY.stream(key), f"does not hold its {company.identity.kind}")
    for fact, recorded in step.of(CertificateRecorded):
        claim = step.now(CLAIM, _certificate(fact, recorded).claim)
        if claim is None or claim.holder != fact.thing:
            yield Finding(fact.position, fact.stream, "does not hold the certificate recorded")


def _certificate(fact: Fact, recorded: CertificateRecorded) -> RecordCertificate:
    return RecordCertificate(
        licence_id=LicenceId(fact.thing),
        kind=recorded.kind,
        number=recorded.number,
        issuer=recorded.issuer,
        issued_on=recorded.issued_on,
    )
