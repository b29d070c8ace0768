"""Whatever is asked of projects and sections in whatever order, the register agrees with a plain model of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.kernel.rules import RulesBroken
from domain.projects.area import AmendArea, amend_area, amend_section
from domain.projects.company_change import ChangeCompany, change_company
from domain.projects.events import Contract, Stage
from domain.projects.office import leave_office, take_office
from domain.projects.project import PROJECT, Project
from domain.projects.registration import RegisterProject, add_section, register_project
from domain.projects.stage import EnterStage, enter_stage
from domain.projects.withdrawal import WithdrawProject, withdraw_project, withdraw_section
from tests.domain.projects.builders import COMPANY as FIRST_COMPANY
from tests.domain.projects.builders import CONTRACT, LI, OTHER_COMPANY, TODAY, ZHANG, ask_for, registered
from tests.domain.rule_sets import DEFAULT

NAMES = st.sampled_from(["江畔花园", "江畔花园一期", "江畔花园二期", "江畔花园三期"])
AREAS = st.integers(min_value=1, max_value=6).map(lambda size: Area.of(size * 50_000))
COMPANIES = st.sampled_from([FIRST_COMPANY, OTHER_COMPANY])
CLOSED: Final = "project.company-closed"


@dataclass
class Plain:
    """What anyone would write down about a project on paper."""

    area: Area
    company: CompanyId | None
    contract: Contract | None
    parent: ProjectId | None
    stage: Stage
    manager: LicenceId | None = None
    withdrawn: bool = False


class ProjectLife(RuleBasedStateMachine):
    """The register, kept by decisions and folds on one side and as a plain list on the other."""

    known = Bundle("known")

    def __init__(self) -> None:
        super().__init__()
        self.projects: dict[ProjectId, Project] = {}
        self.plain: dict[ProjectId, Plain] = {}

    @rule(target=known, name=NAMES, area=AREAS, company=st.none() | COMPANIES, closed=st.booleans())
    def register(self, name: str, area: Area, company: CompanyId | None, closed: bool) -> Any:
        asked = ask_for(registered(name=name, building_area_m2=area, company_id=company))
        return self._register(asked, None, closed=closed)

    @rule(target=known, parent=known, name=NAMES, area=AREAS, closed=st.booleans())
    def register_section(self, parent: ProjectId, name: str, area: Area, closed: bool) -> Any:
        whole = self.plain[parent]
        asked = ask_for(
            registered(
                name=name,
                building_area_m2=area,
                company_id=whole.company,
                contract=whole.contract,
                section_of=parent,
            )
        )
        return self._register(asked, parent, closed=closed)

    def _register(self, asked: RegisterProject, parent: ProjectId | None, *, closed: bool) -> Any:
        project, whole = asked.project_id, None if parent is None else self.plain[parent]
        broken = self._decide(
            project,
            lambda: register_project(
                self.projects.get(project),
                asked,
                parent=None if parent is None else self.projects[parent],
                company_is_closed=closed,
            ),
        )
        assert broken == reasons(
            ("project.already-registered", project in self.plain),
            (CLOSED, closed),
            ("project.not-active", whole is not None and whole.withdrawn),
            ("project.has-sections", whole is not None and whole.parent is not None),
            ("project.manager-in-office", whole is not None and whole.manager is not None),
            (
                "project.sections-exceed-area",
                parent is not None and self._room(parent) < asked.building_area_m2.square_metres,
            ),
        )
        if broken:
            return multiple()
        if parent is not None:
            self._decide(parent, lambda: add_section(asked))
        self.plain[project] = Plain(asked.building_area_m2, asked.company_id, asked.contract, parent, asked.stage)
        return project

    @rule(project=known, area=AREAS)
    def amend(self, project: ProjectId, area: Area) -> None:
        plain = self.plain[project]
        asked = AmendArea(project_id=project, building_area_m2=area, reason="实测")
        parent = None if plain.parent is None else self.projects[plain.parent]
        broken = self._decide(project, lambda: amend_area(self.projects[project], asked, parent=parent, today=TODAY))
        grown = area.square_metres - plain.area.square_metres
        if plain.parent is None:
            too_much = self._room(project) + grown < 0
        elif plain.withdrawn:
            too_much = self._room(plain.parent) < area.square_metres
        else:
            too_much = self._room(plain.parent) < grown
        assert broken == reasons(("project.not-active", plain.withdrawn), ("project.sections-exceed-area", too_much))
        if not broken:
            if parent is not None and plain.parent is not None:
                self._decide(plain.parent, lambda: amend_section(parent, asked))
            plain.area = area

    @rule(project=known, licence=st.sampled_from([ZHANG, LI]))
    def manager_comes(self, project: ProjectId, licence: LicenceId) -> None:
        plain = self.plain[project]
        if not plain.withdrawn and not self._sections(project):
            assert not self._decide(project, lambda: take_office(self.projects[project], licence, since=TODAY))
            plain.manager = licence

    @rule(project=known)
    def manager_goes(self, project: ProjectId) -> None:
        assert not self._decide(project, lambda: leave_office(self.projects[project], TODAY, "离任", DEFAULT))
        self.plain[project].manager = None

    @rule(project=known, company=COMPANIES, closed=st.booleans())
    def change(self, project: ProjectId, company: CompanyId, closed: bool) -> None:
        plain, sections = self.plain[project], self._sections(project)
        changes = company != plain.company
        broken = self._decide_all(
            (project, *sections),
            lambda: change_company(
                self.projects[project],
                ChangeCompany(project_id=project, company_id=company),
                sections=[self.projects[section] for section in sections],
                company_is_closed=closed,
            ),
        )
        assert broken == reasons(
            ("project.not-active", plain.withdrawn),
            ("project.is-section", plain.parent is not None),
            (CLOSED, closed and changes),
            ("project.manager-in-office", changes and self._somebody_in_office(project)),
        )
        if not broken:
            for each in (project, *sections):
                self.plain[each].company = company

    @rule(project=known)
    def withdraw(self, project: ProjectId) -> None:
        plain, sections = self.plain[project], self._sections(project)
        broken = self._decide_all(
            (project, *sections),
            lambda: withdraw_project(
                self.projects[project],
                WithdrawProject(project_id=project, reason="合同终止"),
                sections=[self.projects[section] for section in sections],
                today=TODAY,
            ),
        )
        assert broken == reasons(
            ("project.not-active", plain.withdrawn),
            ("project.manager-in-office", self._somebody_in_office(project)),
        )
        if not broken:
            if plain.parent is not None:
                parent = plain.parent
                self._decide(parent, lambda: withdraw_section(self.projects[parent], project))
            for each in (project, *sections):
                self.plain[each].withdrawn = True

    @rule(project=known, stage=st.sampled_from(Stage))
    def enter(self, project: ProjectId, stage: Stage) -> None:
        plain = self.plain[project]
        asked = EnterStage(project_id=project, stage=stage)
        broken = self._decide(project, lambda: enter_stage(self.projects[project], asked))
        assert broken == reasons(("project.not-active", plain.withdrawn))
        plain.stage = plain.stage if broken else stage

    @invariant()
    def the_register_agrees(self) -> None:
        assert {
            key: Plain(
                each.building_area_m2,
                each.company_id,
                each.contract,
                each.section_of,
                each.stage,
                None if each.manager is None else each.manager.licence_id,
                each.is_withdrawn,
            )
            for key, each in self.projects.items()
        } == self.plain

    @invariant()
    def a_whole_project_knows_its_sections(self) -> None:
        for key, project in self.projects.items():
            assert dict(project.sections) == {each: self.plain[each].area for each in self._sections(key)}
            assert Area.total(project.sections.values()) <= project.building_area_m2

    @invariant()
    def sections_share_company_and_contract(self) -> None:
        for key, project in self.projects.items():
            for section in self._sections(key):
                assert self.projects[section].company_id == project.company_id
                assert self.projects[section].contract == project.contract == CONTRACT

    def _decide(self, project: ProjectId, decide: Callable[[], Sequence[Any]]) -> set[str]:
        return self._decide_all((project,), decide)

    def _decide_all(self, projects: Sequence[ProjectId], decide: Callable[[], Sequence[Any]]) -> set[str]:
        try:
            decided = decide()
        except RulesBroken as refusal:
            return {broken.code for broken in refusal.broken}
        for project in projects:
            state = PROJECT.fold(decided, self.projects.get(project))
            assert state is not None
            self.projects[project] = state
        return set()

    def _sections(self, project: ProjectId) -> list[ProjectId]:
        return [key for key, each in self.plain.items() if each.parent == project and not each.withdrawn]

    def _room(self, project: ProjectId) -> Decimal:
        taken = Area.total(self.plain[each].area for each in self._sections(project))
        return self.plain[project].area.square_metres - taken.square_metres

    def _somebody_in_office(self, project: ProjectId) -> bool:
        return any(self.plain[each].manager is not None for each in (project, *self._sections(project)))


def reasons(*told: tuple[str, bool]) -> set[str]:
    return {code for code, holds in told if holds}


ProjectLife.TestCase.settings = settings(max_examples=80, stateful_step_count=30)
TestProjectLife = ProjectLife.TestCase
