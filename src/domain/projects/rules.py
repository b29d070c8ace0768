"""The rules of the project register; decisions say which of them hold for what is asked."""

from dataclasses import dataclass
from typing import Final

from domain.kernel.area import Area
from domain.kernel.rules import Rule
from domain.projects.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules look at; a decision fills in what its rules ask about.

    `project` is the one that is to change, together with `sections`; `parent` the one that a section belongs to;
    `standing` the one found under a new name; `parts` the areas that the sections of `whole` would have.
    """

    project: Project | None = None
    sections: tuple[Project, ...] = ()
    parent: Project | None = None
    standing: Project | None = None
    company_is_closed: bool = False
    whole: Area | None = None
    parts: tuple[Area, ...] = ()

    @property
    def concerned(self) -> tuple[Project, ...]:
        """Every project that changes, and the parent."""
        return tuple(each for each in (self.project, *self.sections, self.parent) if each is not None)


def _sections_outgrow_the_whole(case: Case) -> bool:
    return case.whole is not None and case.whole < Area.total(case.parts)


project_is_new: Final = Rule[Case](
    code="project.already-registered",
    zh="该区县已有同名物业项目登记(含已撤销的)",
    en="a project of this name is on the register in this district already, withdrawn ones included",
    cites="Text 3 §2(1); reading: a project is known by its name and district",
    is_broken_by=lambda case: case.standing is not None,
)
managing_company_is_open: Final = Rule[Case](
    code="project.company-closed",
    zh="该物业服务企业已注销,不能承接项目",
    en="the company is closed and cannot take a project on",
    cites="Text 3 §2(3); reading: a project belongs to a company that answers for it",
    is_broken_by=lambda case: case.company_is_closed,
)
sections_fit_in_the_area: Final = Rule[Case](
    code="project.sections-exceed-area",
    zh="各分区面积之和不得超过整个项目的建筑面积",
    en="the sections together cannot be larger than the whole project",
    cites="Text 3 §2(1); reading: a project too large for one manager is registered in sections",
    is_broken_by=_sections_outgrow_the_whole,
)
parent_is_no_section: Final = Rule[Case](
    code="project.has-sections",
    zh="分区不得再分区",
    en="a section has no sections of its own",
    cites="Text 3 §2(1); reading: a project too large for one manager is registered in sections",
    is_broken_by=lambda case: case.parent is not None and case.parent.is_section,
)
nobody_is_in_office: Final = Rule[Case](
    code="project.manager-in-office",
    zh="项目经理仍在任,须先卸任",
    en="a manager is still in office and must be relieved first",
    cites="Text 3 §2(1); reading: a manager belongs to the company and to the undivided project",
    is_broken_by=lambda case: any(project.manager is not None for project in case.concerned),
)
project_is_on_register: Final = Rule[Case](
    code="project.not-active",
    zh="该项目已撤销",
    en="the project is withdrawn",
    cites="Text 3 §2(1); reading: a project is active until it is withdrawn",
    is_broken_by=lambda case: not all(project.is_active for project in case.concerned),
)
project_is_whole: Final = Rule[Case](
    code="project.is-section",
    zh="分区与整个项目共用企业和合同,请对整个项目办理",
    en="a section shares company and contract with the whole project: ask it of the whole",
    cites="Text 3 §2(1); reading: company change and renewal act on the whole project and all its sections",
    is_broken_by=lambda case: case.project is not None and case.project.is_section,
)
