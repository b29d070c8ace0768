"""Service zones: defined by their rules, with somebody who answers for each, as its notices say (Text 4 客服 三)."""

from collections.abc import Iterator

from application.processes.verifying.register import Step
from application.processes.verifying.report import Finding
from domain.kernel.errors import Unacceptable, existing
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import RulesBroken
from domain.projects.project import PROJECT
from domain.projects.zone_definition import DefineZone, define_zone
from domain.projects.zone_events import ZoneDefined, ZoneNoticePosted
from domain.projects.zone_notice import PostNotice, post_notice


def zones_stand(step: Step) -> Iterator[Finding]:
    """A zone that is defined breaks none of its rules, and a manager and a hotline are named with it."""
    for fact, defined in step.of(ZoneDefined):
        contact = existing(step.now(PROJECT, fact.thing)).zones[defined.name].contact
        if contact is None:
            yield Finding(fact.position, fact.stream, f"nobody is named for the zone {defined.name}")
            continue
        asked = DefineZone(
            project_id=ProjectId(fact.thing),
            name=defined.name,
            kind=defined.kind,
            area_m2=defined.area_m2,
            households=defined.households,
            units=defined.units,
            zone_manager=contact.zone_manager,
            hotline=contact.hotline,
            reason=defined.reason,
        )
        try:
            define_zone(existing(step.was(PROJECT, fact.thing)), asked)
        except (RulesBroken, Unacceptable) as refusal:
            yield Finding(fact.position, fact.stream, f"{fact.entry.type} breaks its rules: {refusal}")


def notices_show_what_holds(step: Step) -> Iterator[Finding]:
    """A notice shows the manager and the hotline of its zone on the day on which it was posted."""
    for fact, posted in step.of(ZoneNoticePosted):
        asked = PostNotice(project_id=ProjectId(fact.thing), name=posted.name, entrance=posted.entrance)
        try:
            due = post_notice(existing(step.was(PROJECT, fact.thing)), asked, today=step.today)
        except RulesBroken as refusal:
            yield Finding(fact.position, fact.stream, f"{fact.entry.type} breaks its rules: {refusal}")
            continue
        if due != [posted]:
            what = f"the notice at {posted.entrance} is not what the zone {posted.name} had to post on {step.today}"
            yield Finding(fact.position, fact.stream, what)
