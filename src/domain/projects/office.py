"""Who is in office in a project; whether they may is decided by the licence (Text 3 §2(1))."""

from datetime import date, timedelta

from domain.kernel.identifiers import LicenceId
from domain.kernel.rule_set import RuleSet
from domain.projects.events import ManagerLeftOffice, ManagerTookOffice, ProjectEvent
from domain.projects.project import Project


def take_office(project: Project, licence_id: LicenceId, since: date) -> list[ProjectEvent]:
    """Put a manager in office; nothing when it is the one in office already."""
    if project.manager is not None and project.manager.licence_id == licence_id:
        return []
    return [ManagerTookOffice(licence_id=licence_id, since=since)]


def leave_office(project: Project, until: date, reason: str, rules: RuleSet) -> list[ProjectEvent]:
    """Take the manager out of office on a day; nothing when nobody is in office."""
    if project.manager is None:
        return []
    return [
        ManagerLeftOffice(
            licence_id=project.manager.licence_id,
            until=until,
            reason=reason,
            replacement_due=until + timedelta(days=rules.replacement_days),
        )
    ]
