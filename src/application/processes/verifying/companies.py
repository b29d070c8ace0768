"""Companies: a closed one takes nobody on, and rosters say what licences and projects say."""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from application.processes.verifying.register import Step
from application.processes.verifying.report import Finding
from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, ManagerJoined, ProjectTakenOn
from domain.companies.roster import NOBODY, ROSTER, Roster
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.licensing.events import LicenceReinstated
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from domain.projects.project import PROJECT, Project

Id = TypeVar("Id", bound=UUID)


def closed_companies_have_nobody(step: Step) -> Iterator[Finding]:
    """A company closes with an empty roster and takes nobody on afterwards, unless a revocation was annulled."""
    for fact, _ in step.of(CompanyClosed):
        roster = _roster(step, CompanyId(fact.thing))
        if roster.managers or roster.projects:
            what = f"closed with {len(roster.managers)} managers and {len(roster.projects)} projects"
            yield Finding(fact.position, fact.stream, what)
    if any(step.of(LicenceReinstated)):
        return
    for fact, taken in (*step.of(ManagerJoined), *step.of(ProjectTakenOn)):
        company = step.now(COMPANY, fact.thing)
        if company is None or company.is_closed:
            what = "a manager" if isinstance(taken, ManagerJoined) else "a project"
            yield Finding(fact.position, fact.stream, f"{what} came to a company that is not on the register")


def rosters_have_the_registered_managers(step: Step) -> Iterator[Finding]:
    """A company's roster has a manager if and only if the licence is registered with the company."""
    pairs: dict[tuple[CompanyId, LicenceId], None] = {}
    for key, licence in step.touched(LICENCE):
        for employer in (_employer(step.was(LICENCE, key)), _employer(licence)):
            if employer is not None:
                pairs[employer, LicenceId(key)] = None
    for key, roster in step.touched(ROSTER):
        for manager in roster.managers ^ (step.was(ROSTER, key) or NOBODY).managers:
            pairs[CompanyId(key), manager] = None
    for company_id, licence_id in pairs:
        on_roster = licence_id in _roster(step, company_id).managers
        if on_roster != (_employer(step.now(LICENCE, licence_id)) == company_id):
            yield _differ(step, company_id, f"licence-{licence_id}", on_roster=on_roster)


def rosters_have_the_active_projects(step: Step) -> Iterator[Finding]:
    """A company's roster has a project if and only if the project is active and the company's."""
    pairs: dict[tuple[CompanyId, ProjectId], None] = {}
    for key, project in step.touched(PROJECT):
        for company in (_company(step.was(PROJECT, key)), _company(project)):
            if company is not None:
                pairs[company, ProjectId(key)] = None
    for key, roster in step.touched(ROSTER):
        for held in roster.projects.keys() ^ (step.was(ROSTER, key) or NOBODY).projects.keys():
            pairs[CompanyId(key), held] = None
    for company_id, project_id in pairs:
        on_roster = project_id in _roster(step, company_id).projects
        if on_roster != (_company(step.now(PROJECT, project_id)) == company_id):
            yield _differ(step, company_id, f"project-{project_id}", on_roster=on_roster)


def _differ(step: Step, company_id: CompanyId, what: str, *, on_roster: bool) -> Finding:
    stands = "on the roster, which it does not belong to" if on_roster else "not on the roster, which it belongs to"
    return Finding(step.position, ROSTER.stream(company_id), f"{what} is {stands}, after this command")


def _roster(step: Step, company_id: CompanyId) -> Roster:
    return step.now(ROSTER, company_id) or NOBODY


def _employer(licence: Licence | None) -> CompanyId | None:
    return licence.registration.company_id if licence is not None and licence.registration is not None else None


def _company(project: Project | None) -> CompanyId | None:
    return project.company_id if project is not None and project.is_active else None
