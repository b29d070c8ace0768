"""Notices at entrances: what they show, and when another one is posted."""

from datetime import timedelta

from domain.kernel.errors import NoSuchThing
from domain.projects.rules import project_is_on_register
from domain.projects.zone import Contact, Notice
from domain.projects.zone_events import ZoneNoticePosted
from domain.projects.zone_notice import PostNotice, post_notice
from tests.domain.projects.builders import ESTATE, TODAY, project, registered, state, withdrawn
from tests.domain.projects.zoning import HOTLINE, WANG, ZHAO, ask, defined, named, zone

ENTRANCE = "3幢2单元"
POST = PostNotice(project_id=ESTATE, name="一区", entrance=ENTRANCE)
TOMORROW = TODAY + timedelta(days=1)

posted = ZoneNoticePosted(name="一区", entrance=ENTRANCE, posted_on=TODAY, zone_manager=WANG, hotline=HOTLINE)


def test_a_notice_shows_manager_and_hotline_of_the_day() -> None:
    project(registered(), *zone()).when(post_notice, POST, today=TODAY).then(posted)


def test_the_same_notice_on_the_same_day_is_nothing_to_do() -> None:
    project(registered(), *zone(), posted).when(post_notice, POST, today=TODAY).then()


def test_a_notice_is_posted_again_on_another_day_or_with_another_manager() -> None:
    again = ZoneNoticePosted(name="一区", entrance=ENTRANCE, posted_on=TOMORROW, zone_manager=WANG, hotline=HOTLINE)
    project(registered(), *zone(), posted).when(post_notice, POST, today=TOMORROW).then(again)
    other = ZoneNoticePosted(name="一区", entrance=ENTRANCE, posted_on=TODAY, zone_manager=ZHAO, hotline=HOTLINE)
    renamed = named(ask(zone_manager=ZHAO))
    project(registered(), *zone(), posted, renamed).when(post_notice, POST, today=TODAY).then(other)


def test_a_zone_that_was_never_defined_has_no_notice() -> None:
    project(registered()).when(post_notice, POST, today=TODAY).raises(NoSuchThing)
    project(registered(), *zone("二区")).when(post_notice, POST, today=TODAY).raises(NoSuchThing)


def test_a_withdrawn_project_posts_none() -> None:
    project(registered(), *zone(), withdrawn).when(post_notice, POST, today=TODAY).breaks(project_is_on_register)


def test_every_entrance_has_its_notice_and_a_zone_laid_out_anew_keeps_them() -> None:
    elsewhere = ZoneNoticePosted(name="一区", entrance="东门", posted_on=TODAY, zone_manager=WANG, hotline=HOTLINE)
    anew = defined(ask(area=76_000))
    (standing,) = state(registered(), *zone(), posted, elsewhere, anew).zones.values()
    notice = Notice(TODAY, Contact(WANG, HOTLINE))
    assert standing.notices == {ENTRANCE: notice, "东门": notice}
    assert (standing.contact, standing.zone_manager) == (notice.shows, WANG)
