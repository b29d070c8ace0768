"""The rules of the company register."""

from dataclasses import dataclass
from typing import Final

from domain.companies.company import Company
from domain.companies.roster import NOBODY, Roster
from domain.kernel.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules look at; `is_taken` tells whether another company has the code or the provisional name."""

    company: Company | None = None
    is_taken: bool = False
    roster: Roster = NOBODY


identity_is_free: Final = Rule[Case](
    code="company.already-registered",
    zh="该统一社会信用代码(无代码时为企业名称)已登记",
    en="a company is on the register under this code, or provisionally under this name",
    cites="Text 3 §2(3), GB 32100; reading: one credit file per company, known by its code",
    is_broken_by=lambda case: case.is_taken,
)
company_is_provisional: Final = Rule[Case](
    code="company.already-identified",
    zh="该企业已有统一社会信用代码",
    en="the company has its code already",
    cites="Text 3 §2(3), GB 32100; reading: one credit file per company, known by its code",
    is_broken_by=lambda case: case.company is not None and not case.company.is_provisional,
)
company_is_on_register: Final = Rule[Case](
    code="company.closed",
    zh="该企业已注销",
    en="the company is closed",
    cites="Text 3 §2(3); reading: a closed company's file is only read",
    is_broken_by=lambda case: case.company is not None and case.company.is_closed,
)
company_has_no_project: Final = Rule[Case](
    code="company.has-active-projects",
    zh="该企业仍有在管物业项目",
    en="the company still has active projects",
    cites="Text 3 §2(3); reading: every managed project has a company that answers for it",
    is_broken_by=lambda case: bool(case.roster.projects),
)
company_has_no_manager: Final = Rule[Case](
    code="company.has-registered-managers",
    zh="仍有项目经理在该企业执业注册",
    en="managers are still registered with the company",
    cites="Text 3 §2(1), §2(3); reading: a manager practises for a company that answers for them",
    is_broken_by=lambda case: bool(case.roster.managers),
)
