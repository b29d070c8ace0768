"""Posting a zone's notice at an entrance (单元门公示牌): who answers for the zone, and its hotline."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.errors import existing
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import check
from domain.projects.events import ProjectEvent
from domain.projects.project import Project
from domain.projects.rules import Case, project_is_on_register
from domain.projects.zone import Notice
from domain.projects.zone_events import ZoneNoticePosted


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice:
    """Record that the zone's notice hangs at an entrance, as the zone itself calls it, from today."""

    project_id: ProjectId
    name: str
    entrance: str


def post_notice(project: Project, asked: PostNotice, *, today: date) -> list[ProjectEvent]:
    """Post manager and hotline as they are today; out of date once either is another (Text 4 客服 三(2)).

    The same notice on the same day is nothing to do; on a later day it is a new one in the place of the old.
    Raises: RulesBroken; NoSuchThing when the project has no zone of this name.
    """
    zone = existing(project.zones.get(asked.name))
    contact = existing(zone.contact)
    check(Case(project=project), project_is_on_register)
    if zone.notices.get(asked.entrance) == Notice(today, contact):
        return []
    return [
        ZoneNoticePosted(
            name=asked.name,
            entrance=asked.entrance,
            posted_on=today,
            zone_manager=contact.zone_manager,
            hotline=contact.hotline,
        )
    ]
