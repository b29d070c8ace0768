"""A year at the service desks of the estates: zones first, then what was reported, each request to where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from api.demo.asking import SYSTEM, Asker
from api.demo.invention import Invention
from api.demo.staff import Estate
from api.demo.stories import Act, Report, report_of
from api.demo.telling import Telling
from application.use_cases import Commands
from domain.kernel.area import Area
from domain.kernel.identifiers import Subject
from domain.kernel.rules import RulesBroken
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_events import ZoneKind, ZoneManager
from domain.projects.zone_notice import PostNotice
from domain.service_requests.overdue import NoteOverdue

_EVERY_THIRD: Final = 3
_TWICE: Final = 33
"""One in so many reports is about the same as the one before it."""
_ZONES: Final = (("一区", ("1", "2", "3")), ("二区", ("4", "5", "6")))


@dataclass(slots=True)
class Kept:
    """What has been put on the desks, and what rules have refused on the way."""

    zones: int = 0
    requests: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Has everybody at the estates ask for what they do; what lies beyond `now` has not happened."""

    asker: Asker
    commands: Commands
    seed: int
    now: datetime
    zone: ZoneInfo
    kept: Kept = field(default_factory=Kept)

    async def __call__(self, estates: Sequence[Estate], requests: int) -> Kept:
        """Lay zones out at every third estate, then have so many requests reported at all of them."""
        if estates:
            await self.asker.all("zones", (self._zones(nth, each) for nth, each in enumerate(estates[::_EVERY_THIRD])))
            await self.asker.all("requests", (self._live(*told) for told in self._told(estates, requests)))
        return self.kept

    async def _zones(self, nth: int, estate: Estate) -> None:
        drawn = Invention.of(self.seed, "zones", nth)
        for name, units in _ZONES:
            manager = ZoneManager(name=drawn.name(), subject=Subject(f"demo-zone-{nth}-{name}"))
            asked = DefineZone(
                project_id=estate.project,
                name=name,
                kind=ZoneKind.GENERAL,
                area_m2=Area.of(38_000),
                households=200,
                zone_manager=manager,
                hotline=f"0514-8{drawn.chance.randrange(10**7):07}",
                units=units,
                reason="楼栋分散，按就近原则划分",
            )
            await self.asker.do(f"zone {name}", nth, self.commands.define_zone, asked)
            notice = PostNotice(project_id=estate.project, name=name, entrance=f"{units[0]}幢1单元")
            await self.asker.do(f"notice {name}", nth, self.commands.post_notice, notice, by=estate.office)
            self.kept.zones += 1

    def _told(self, estates: Sequence[Estate], requests: int) -> Iterator[tuple[int, Report, Report | None]]:
        """Go through reports, each with the one that is about the same, if there is one."""
        nth = 0
        while nth < requests:
            drawn = Invention.of(self.seed, "request", nth)
            report = report_of(drawn, drawn.chance.choice(estates), self.now, self.zone)
            again = report.again(nth + 1, self.now) if (nth + 2) % _TWICE == 0 and nth + 1 < requests else None
            yield nth, report, again
            nth += 1 if again is None else 2

    async def _live(self, nth: int, report: Report, again: Report | None) -> None:
        drawn = Invention.of(self.seed, "story", nth)
        await self._through(nth, report, Telling(self.commands, report, drawn).acts())
        if again is not None:
            telling = Telling(self.commands, again, Invention.of(self.seed, "story", nth + 1))
            await self._through(nth + 1, again, telling.duplicate_of(report))

    async def _through(self, nth: int, report: Report, acts: Iterator[Act]) -> None:
        for turn, act in enumerate(acts):
            if act.at > self.now:
                break
            try:
                await self.asker.do(f"request {turn}", nth, act.command, act.asked, by=act.by)
            except RulesBroken:
                self.kept.refused += 1
                break
        self.kept.requests += 1
        overdue = NoteOverdue(request_id=report.request_id)
        await self.asker.do("overdue", nth, self.commands.note_overdue, overdue, by=SYSTEM)
