"""A log that was written by decisions is whole; whatever was done to it afterwards is found, and where."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from application.companies.identifying_company import IdentifyingCompany
from application.companies.renaming_company import RenamingCompany
from application.kernel.refusals import RefusedOnRecord
from application.licensing.objecting_to_deduction import ObjectingToDeduction
from application.processes.amending_area import AmendingArea
from application.processes.changing_company import ChangingCompany
from application.processes.deciding_objection import DecidingObjection
from application.processes.deciding_revocation import DecidingRevocation
from application.processes.deducting_points import DeductingPoints
from application.processes.deregistering_practice import DeregisteringPractice
from application.processes.relieving_manager import RelievingManager
from application.processes.replacing_manager import ReplacingManager
from application.processes.verifying.report import Finding, Notes
from application.processes.withdrawing_project import WithdrawingProject
from domain.companies.identification import IdentifyCompany
from domain.companies.naming import RenameCompany
from domain.companies.uscc import Uscc
from domain.kernel.area import Area
from domain.kernel.identifiers import DeductionId, LicenceId
from domain.licensing.appointment import RelieveManager, ReplaceManager
from domain.licensing.deduction import DeductPoints
from domain.licensing.folding import LICENCE
from domain.licensing.objection import DecideObjection, ObjectToDeduction
from domain.licensing.registration import DeregisterPractice
from domain.licensing.revocation import DecideRevocation
from domain.projects.area import AmendArea
from domain.projects.company_change import ChangeCompany
from domain.projects.withdrawal import WithdrawProject
from tests.application.city import DISTRICT_OFFICER, OTHER_CLERK, TODAY, City
from tests.application.processes.verifying.audits import findings, tamper, verified


def charge(licence_id: LicenceId, violation: str, points: int | None = None) -> DeductPoints:
    return DeductPoints(
        licence_id=licence_id, violation=violation, points=points, occurred_on=date(2026, 11, 1), reason="现场检查"
    )


async def a_busy_city() -> City:
    """A bit of everything that binds streams together."""
    city = await City.begun()
    company, other = await city.company(), await city.company()
    first, second = await city.manager(company), await city.manager(company)
    north, south = await city.estate(company), await city.estate(company)
    await city.appoint(first, north, south)
    await city.ask(
        AmendingArea(),
        AmendArea(
            project_id=north,
            building_area_m2=Area(Decimal(150_000)),
            reason="复测",
            over_limit_until=TODAY + timedelta(days=20),
        ),
    )
    await city.ask(ReplacingManager(), ReplaceManager(project_id=south, licence_id=second, reason="轮岗"))
    await city.ask(RelievingManager(), RelieveManager(project_id=north, reason="调离"))
    deducting = DeductingPoints(city.identities)
    await city.ask(deducting, charge(second, "V08", 12))
    revoking = await city.ask(deducting, charge(second, "V09", 13))
    deduction = DeductionId(UUID(str(revoking.details["deduction_id"])))
    await city.ask(
        ObjectingToDeduction(),
        ObjectToDeduction(licence_id=second, deduction_id=deduction, grounds="不实", on_behalf=True),
    )
    await city.ask(
        DecidingObjection(),
        DecideObjection(licence_id=second, deduction_id=deduction, upheld=True, reason="属实"),
        by=OTHER_CLERK,
    )
    await city.appoint(first, north)
    await city.ask(deducting, charge(first, "V01"), by=DISTRICT_OFFICER)
    await city.ask(DecidingRevocation(), DecideRevocation(licence_id=first, reason="听证后"))
    await city.ask(DeregisteringPractice(), DeregisterPractice(licence_id=second, reason="离职"))
    whole = await city.estate(company, "300000")
    await city.estate(company, "150000", section_of=whole)
    await city.ask(ChangingCompany(), ChangeCompany(project_id=whole, company_id=other))
    await city.ask(WithdrawingProject(), WithdrawProject(project_id=north, reason="拆迁"))
    await city.ask(IdentifyingCompany(), IdentifyCompany(company_id=other, uscc=Uscc("91320192MA27J9CK4Q")))
    await city.ask(RenamingCompany(), RenameCompany(company_id=company, name="晴川物业"))
    return city


async def test_a_busy_city_is_whole() -> None:
    city = await a_busy_city()
    report = await verified(city)
    assert report.findings == ()
    assert report.is_whole
    assert report.events == await city.last_position()
    assert report.commands > 20
    assert report.foreign == {}


async def test_a_refused_request_changes_nothing_about_that() -> None:
    city = await City.begun()
    licence = await city.manager(await city.company())
    asked = DeregisterPractice(licence_id=licence, reason="离职")
    await city.ask(DeregisteringPractice(), asked)
    with pytest.raises(RefusedOnRecord):
        await city.ask(DeregisteringPractice(), asked)
    assert await findings(city) == []


async def test_a_changed_byte_is_found_where_it_stands() -> None:
    city = await a_busy_city()
    at = 7
    (event,) = [entry for entry in await city.events() if entry.position == at]
    stored = city.store.log.after(at - 1)[0]
    tamper(city, at, state=stored.state[:-2] + b" }")
    report = await verified(city)
    assert report.findings[0].position == at
    assert report.findings[0].stream == event.stream
    assert "the stored hash is not that of the event" in {finding.what for finding in report.findings}


async def test_what_cannot_be_decoded_is_found() -> None:
    city = await City.begun()
    tamper(city, 1, state=b"{}")
    assert any("rule-set.adopted cannot be decoded" in what for what in await findings(city))


async def test_a_missing_event_is_found_in_the_log_and_in_its_stream() -> None:
    city = await City.begun()
    company = await city.company()
    await city.manager(company)
    stored = city.store.log._stored_events  # noqa: SLF001 - tampering goes past every guard
    gone = stored.pop(4)
    told = await findings(city)
    assert "position 5 missing: positions are dense from 1" in told
    version = gone.originator_version
    assert any(what.endswith(f"version {version + 1} where {version} is due: versions are dense") for what in told)


async def test_time_that_goes_back_is_found() -> None:
    city = await City.begun()
    await city.company()
    tamper(city, 2, recorded_at=city.clock.now() - timedelta(days=1))
    assert any("before the event in front of it" in what for what in await findings(city))


async def test_an_event_in_a_stream_of_another_kind_is_found() -> None:
    city = await City.begun()
    await city.company()
    stream = str(LICENCE.stream(uuid4()))
    tamper(city, 2, originator_id=stream, originator_version=1)
    assert "licence: company.registered does not belong in this stream" in await findings(city)


async def test_a_stream_that_does_not_fold_is_found_once() -> None:
    city = await City.begun()
    licence = await city.certified()
    first = next(entry for entry in await city.events() if entry.type == "licence.file-opened")
    tamper(city, first.position, originator_id=str(LICENCE.stream(uuid4())))
    told = [finding for finding in (await verified(city)).findings if "cannot be folded" in finding.what]
    assert [finding.stream for finding in told] == [LICENCE.stream(licence)]


async def test_foreign_events_are_counted_and_passed_over() -> None:
    city = await City.begun()
    city.store.log.insert_events([StoredEvent("order-1", 1, "shop:Ordered", b"{}")])
    await city.company()
    report = await verified(city)
    assert report.foreign == {"shop:Ordered": 1}
    assert report.is_whole


async def test_only_a_foreign_stream_may_begin_at_zero() -> None:
    city = await City.begun()
    city.store.log.insert_events([StoredEvent("order-1", version, "shop:Ordered", b"{}") for version in (0, 1)])
    assert (await verified(city)).is_whole
    city.store.log.insert_events([StoredEvent("order-2", version, "shop:Ordered", b"{}") for version in (0, 2)])
    await city.company()
    stream = str((await city.events())[-1].stream)
    tamper(city, await city.last_position(), originator_version=0)
    told = [(finding.stream, finding.what) for finding in (await verified(city)).findings if "dense" in finding.what]
    assert told == [
        ("order-2", "version 2 where 1 is due: versions are dense"),
        (stream, "version 0 where 1 is due: versions are dense"),
    ]


async def test_an_event_that_names_nobody_is_found() -> None:
    city = await City.begun()
    stored = city.store.log.after(0)[0]
    tamper(city, 1, metadata=stored.metadata.replace(b'"guanjia"', b'" "'))
    assert "rule-set: rule-set.adopted does not say who did it" in await findings(city)


def test_the_first_findings_are_kept_and_all_are_counted() -> None:
    notes = Notes(most=2)
    notes.add(Finding(position, None, "out of order") for position in (9, 3, 7, 1, 5))
    report = notes.report()
    assert [finding.position for finding in report.findings] == [1, 3]
    assert report.found == 5
    assert not report.is_whole
