"""Appointment and relief (任命、卸任): at most two projects and 200,000 m² a manager (Text 3 §2(1))."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.licensing.events import AppointedAreaChanged, LicenceEvent, ManagerAppointed, ManagerRelieved
from domain.licensing.licence import Licence, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointManager:
    """Appoint a manager to a project."""

    project_id: ProjectId
    licence_id: LicenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class RelieveManager:
    """Relieve whoever manages a project."""

    project_id: ProjectId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceManager:
    """Relieve the manager of a project and appoint another, without a gap."""

    project_id: ProjectId
    licence_id: LicenceId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """What an appointment depends on in the project."""

    project_id: ProjectId
    company_id: CompanyId | None
    district: District
    building_area_m2: Area
    is_managed: bool
    is_active: bool
    has_sections: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a manager would hold in all, and the rules that bound it."""

    appointed_area: Area
    rules: RuleSet

    @property
    def is_over_the_limit(self) -> bool:
        """Whether the total passes what a manager may hold; the limit itself is allowed."""
        return self.appointed_area > self.rules.max_area_m2


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Holding):
    """The case of an appointment."""

    licence: Licence
    project: ProjectFacts
    today: date

    @property
    def is_managed(self) -> bool:
        """Whether the project has a manager in office."""
        return self.project.is_managed


class Office(Protocol):
    """The case of a relief or a replacement."""

    @property
    def is_managed(self) -> bool:
        """Whether there is anybody to relieve."""


@dataclass(frozen=True, slots=True)
class Relief:
    """The case of a relief."""

    is_managed: bool


def _has_certificates(case: Appointment) -> bool:
    return case.licence.has_post_certificate_on(case.today) and case.licence.has_training_certificate_on(case.today)


def _works_elsewhere(case: Appointment) -> bool:
    held = case.licence.registration
    return held is not None and held.company_id != case.project.company_id


manager_is_registered: Final = Rule[Appointment](
    code="appointment.not-registered",
    zh="未经执业注册不得担任项目经理",
    en="only a registered manager may be appointed",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.licence.registration is None,
)
certificates_are_valid: Final = Rule[Appointment](
    code="appointment.certificate-not-valid",
    zh="岗位证书或培训合格证书当日无效",
    en="a post certificate and the training certificate must be valid today",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: not _has_certificates(case),
)
manager_is_not_suspended: Final = Rule[Appointment](
    code="appointment.suspended",
    zh="暂停期间不得新任项目",
    en="a suspended manager gets no new project",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: case.licence.registration is not None and case.licence.status is Status.SUSPENDED,
)
projects_are_few_enough: Final = Rule[Appointment](
    code="appointment.too-many-projects",
    zh="一名项目经理管理的物业项目数不得超过二个",
    en="a manager holds at most two projects",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: len(case.licence.appointments) >= case.rules.max_projects,
)
area_is_small_enough: Final = Rule[Holding](
    code="appointment.area-exceeded",
    zh="物业建筑面积的总和不得超过20万平方米",
    en="the building area of a manager's projects is at most 200,000 m² in total",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.is_over_the_limit,
)
manager_is_of_the_company: Final = Rule[Appointment](
    code="appointment.other-company",
    zh="项目经理与物业项目不属同一企业",
    en="the manager is registered with another company than the project's",
    cites="Text 3 §2(1)",
    is_broken_by=_works_elsewhere,
)
project_is_free: Final = Rule[Appointment](
    code="appointment.project-already-managed",
    zh="该项目已有项目经理",
    en="the project has a manager in office",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.project.is_managed,
)
project_is_active: Final = Rule[Appointment](
    code="appointment.project-not-active",
    zh="该项目已撤管",
    en="the project was withdrawn",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: not case.project.is_active,
)
project_is_not_divided: Final = Rule[Appointment](
    code="appointment.project-has-sections",
    zh="已分区的项目由各分区分别任命项目经理",
    en="a project in sections gets its managers section by section",
    cites="Text 3 §2(1); reading: sections",
    is_broken_by=lambda case: case.project.has_sections,
)
somebody_is_in_office: Final = Rule[Office](
    code="appointment.not-appointed",
    zh="该项目没有在任项目经理",
    en="the project has no manager in office",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: not case.is_managed,
)


_QUALIFIED: Final = (
    manager_is_registered,
    certificates_are_valid,
    manager_is_not_suspended,
    projects_are_few_enough,
    area_is_small_enough,
    manager_is_of_the_company,
)
_OPEN: Final = (project_is_active, project_is_not_divided)


def appoint(licence: Licence, project: ProjectFacts, rules: RuleSet, *, today: date) -> list[LicenceEvent]:
    """Appoint the manager to a project that has none, or refuse with every rule that is broken."""
    return _appointed(_case(licence, project, rules, today), project_is_free)


def take_over(licence: Licence, project: ProjectFacts, rules: RuleSet, *, today: date) -> list[LicenceEvent]:
    """Appoint the manager in place of the one in office, or refuse with every rule that is broken."""
    return _appointed(_case(licence, project, rules, today), somebody_is_in_office)


def _case(licence: Licence, project: ProjectFacts, rules: RuleSet, today: date) -> Appointment:
    return Appointment(
        licence=licence,
        project=project,
        rules=rules,
        today=today,
        appointed_area=licence.appointed_area + project.building_area_m2,
    )


def _appointed(case: Appointment, about_the_office: Rule[Appointment] | Rule[Office]) -> list[LicenceEvent]:
    check(case, *_QUALIFIED, about_the_office, *_OPEN)
    held = case.licence.registration
    assert held is not None  # noqa: S101 - the first rule has just said so
    return [
        ManagerAppointed(
            project_id=case.project.project_id,
            company_id=held.company_id,
            district=case.project.district,
            building_area_m2=case.project.building_area_m2,
            since=case.today,
            rule_set=case.rules.version,
        )
    ]


def relieve(licence: Licence, project_id: ProjectId, *, reason: str, today: date) -> list[LicenceEvent]:
    """Relieve the manager of one project."""
    check(Relief(is_managed=licence.appointment_to(project_id) is not None), somebody_is_in_office)
    return [ManagerRelieved(project_id=project_id, reason=reason, until=today)]


def holding_with(licence: Licence, project_id: ProjectId, area: Area, rules: RuleSet) -> Holding:
    """Answer what the manager would hold in all if a project of theirs had another area."""
    others = (held.building_area_m2 for held in licence.appointments if held.project_id != project_id)
    return Holding(appointed_area=Area.total((*others, area)), rules=rules)


def change_appointed_area(project_id: ProjectId, area: Area) -> list[LicenceEvent]:
    """Carry an amended area over to the manager in office."""
    return [AppointedAreaChanged(project_id=project_id, building_area_m2=area)]
