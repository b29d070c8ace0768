"""Whatever zones are asked for in whatever order, the register agrees with a plain list of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.kernel.errors import NoSuchThing
from domain.kernel.rules import RulesBroken
from domain.projects.events import ProjectEvent
from domain.projects.project import PROJECT, Project
from domain.projects.zone_definition import DefineZone, define_zone
from domain.projects.zone_events import ZoneKind, ZoneManager
from domain.projects.zone_notice import PostNotice, post_notice
from tests.domain.projects.builders import ESTATE, TODAY, registered, state, withdrawn
from tests.domain.projects.zoning import WANG, ZHAO, ask

NAMES: Final = st.sampled_from(["甲", "乙", "丙"])
SIZES: Final = st.sampled_from(
    [
        (ZoneKind.GENERAL, 75_000, 400),
        (ZoneKind.GENERAL, 60_000, 400),
        (ZoneKind.GENERAL, 75_000, 500),
        (ZoneKind.VILLA, 60_000, 250),
        (ZoneKind.VILLA, 75_000, 400),
    ]
)
USUAL: Final = {(ZoneKind.GENERAL, 75_000, 400), (ZoneKind.VILLA, 60_000, 250)}
UNITS: Final = st.lists(st.sampled_from(["1", "2", "2-1"]), max_size=2).map(tuple)


@dataclass
class Plain:
    """What anyone would write down about a zone on paper; what hangs at its entrances as it was put up."""

    size: tuple[ZoneKind, int, int]
    units: set[str]
    reason: str | None
    shows: tuple[ZoneManager, str]
    hung: dict[str, tuple[int, tuple[ZoneManager, str]]] = field(default_factory=dict)


class ZoneLife(RuleBasedStateMachine):
    """One project, kept by decisions and folds on one side and as a plain list on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.project: Project = state(registered())
        self.plain: dict[str, Plain] = {}
        self.days = 0
        self.withdrawn = False

    @rule(
        name=NAMES,
        size=SIZES,
        units=UNITS,
        manager=st.sampled_from([WANG, ZHAO]),
        hotline=st.sampled_from(["1", "2"]),
        reason=st.none() | st.just("地块狭长"),
    )
    def define(
        self,
        name: str,
        size: tuple[ZoneKind, int, int],
        units: tuple[str, ...],
        manager: ZoneManager,
        hotline: str,
        reason: str | None,
    ) -> None:
        kind, area, households = size
        asked: DefineZone = ask(
            name,
            area=area,
            kind=kind,
            households=households,
            units=units,
            zone_manager=manager,
            hotline=hotline,
            reason=reason,
        )
        before = self.plain.get(name)
        others = [each for key, each in self.plain.items() if key != name]
        same_size = before is not None and before.size == size
        due = set()
        if self.withdrawn:
            due.add("project.not-active")
        if others and size not in USUAL and reason is None and not same_size:
            due.add("zone.size-without-reason")
        if any(each.units & set(units) for each in others):
            due.add("zone.unit-in-another-zone")
        broken, _ = self._decide(lambda: define_zone(self.project, asked))
        assert broken == due
        if broken:
            return
        kept = before.reason if before and same_size and reason is None else reason
        self.plain[name] = Plain(size, set(units), kept, (manager, hotline), before.hung if before else {})
        assert self._decide(lambda: define_zone(self.project, asked)) == (set(), 0)

    @rule(name=NAMES, entrance=st.sampled_from(["东门", "西门"]))
    def post(self, name: str, entrance: str) -> None:
        asked = PostNotice(project_id=ESTATE, name=name, entrance=entrance)
        zone = self.plain.get(name)
        today = TODAY + timedelta(days=self.days)
        try:
            broken, told = self._decide(lambda: post_notice(self.project, asked, today=today))
        except NoSuchThing:
            assert zone is None
            return
        assert zone is not None
        assert broken == ({"project.not-active"} if self.withdrawn else set())
        if not broken:
            hangs = (self.days, zone.shows)
            assert told == (0 if zone.hung.get(entrance) == hangs else 1)
            zone.hung[entrance] = hangs

    @rule()
    def a_day_passes(self) -> None:
        self.days += 1

    @rule(really=st.integers(0, 9))
    def withdraw(self, really: int) -> None:
        if not really and not self.withdrawn:
            self.withdrawn = True
            self._decide(lambda: [withdrawn])

    @invariant()
    def the_register_agrees(self) -> None:
        assert {
            name: Plain(
                (zone.size.kind, int(zone.size.area_m2.square_metres), zone.size.households),
                set(zone.units),
                zone.reason,
                (zone.contact.zone_manager, zone.contact.hotline),
                {
                    entrance: ((hangs.posted_on - TODAY).days, (hangs.shows.zone_manager, hangs.shows.hotline))
                    for entrance, hangs in zone.notices.items()
                },
            )
            for name, zone in self.project.zones.items()
            if zone.contact is not None
        } == self.plain

    @invariant()
    def a_unit_belongs_to_one_zone(self) -> None:
        named = [unit for zone in self.project.zones.values() for unit in zone.units]
        assert len(named) == len(set(named))

    def _decide(self, decide: Callable[[], Sequence[ProjectEvent]]) -> tuple[set[str], int]:
        """Decide and fold; answers the codes of broken rules and the number of events."""
        try:
            decided = decide()
        except RulesBroken as refusal:
            return {broken.code for broken in refusal.broken}, 0
        self.project = PROJECT.fold(decided, self.project) or self.project
        return set(), len(decided)


ZoneLife.TestCase.settings = settings(max_examples=80, stateful_step_count=30)
TestZoneLife = ZoneLife.TestCase
