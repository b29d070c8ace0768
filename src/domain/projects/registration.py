"""Registering a project, or a section of one that is too large for a single manager (Text 3 §2(1))."""

from dataclasses import dataclass
from uuid import uuid5

from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import NAMESPACE, CompanyId, ProjectId
from domain.kernel.rules import check
from domain.projects.events import Contract, ProjectEvent, ProjectKind, ProjectRegistered, SectionAdded, Stage
from domain.projects.project import Project
from domain.projects.rules import (
    Case,
    managing_company_is_open,
    nobody_is_in_office,
    parent_is_no_section,
    project_is_new,
    project_is_on_register,
    sections_fit_in_the_area,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProject:
    """Register a project; only an import leaves out company or contract (unmanaged estates, unknown dates)."""

    name: str
    district: District
    address: str
    kind: ProjectKind
    building_area_m2: Area
    households: int
    company_id: CompanyId | None
    contract: Contract | None
    stage: Stage
    section_of: ProjectId | None = None
    area_estimated: bool = False

    @property
    def project_id(self) -> ProjectId:
        """The id that follows from name and district, so that a second project of that name finds the first."""
        return project_id_of(self.district, self.name)


def project_id_of(district: District, name: str) -> ProjectId:
    """Answer the id of the project of that name in that district."""
    return ProjectId(uuid5(NAMESPACE, f"project\x1f{district.code}\x1f{name}"))


def register_project(
    standing: Project | None, asked: RegisterProject, *, parent: Project | None, company_is_closed: bool
) -> list[ProjectEvent]:
    """Put a project on the register; `parent` is the project that it is to be a section of.

    Raises: RulesBroken; Unacceptable for a section that differs from its parent where both must agree.
    """
    _acceptable(asked)
    if parent is not None:
        _agrees(asked, parent)
    case = Case(
        standing=standing,
        parent=parent,
        company_is_closed=company_is_closed,
        whole=None if parent is None else parent.building_area_m2,
        parts=() if parent is None else (*parent.sections.values(), asked.building_area_m2),
    )
    check(
        case,
        project_is_new,
        managing_company_is_open,
        project_is_on_register,
        parent_is_no_section,
        nobody_is_in_office,
        sections_fit_in_the_area,
    )
    return [
        ProjectRegistered(
            name=asked.name,
            district=asked.district,
            address=asked.address,
            kind=asked.kind,
            building_area_m2=asked.building_area_m2,
            area_estimated=asked.area_estimated,
            households=asked.households,
            company_id=asked.company_id,
            contract=asked.contract,
            stage=asked.stage,
            section_of=asked.section_of,
        )
    ]


def add_section(section: RegisterProject) -> list[ProjectEvent]:
    """Note a section that was registered in its parent, so that the parent knows what it is made of."""
    return [SectionAdded(section_id=section.project_id, building_area_m2=section.building_area_m2)]


def _acceptable(asked: RegisterProject) -> None:
    if not asked.building_area_m2.square_metres:
        raise Unacceptable("/building_area_m2", zh="必须大于零", en="must be more than zero")
    if asked.households < 0:
        raise Unacceptable("/households", zh="不得为负数", en="must not be negative")


def _agrees(section: RegisterProject, parent: Project) -> None:
    """A section shares district, company and contract with its parent."""
    if section.district != parent.district:
        raise _not_the_parents("/district", parent.district.code)
    if section.company_id != parent.company_id:
        raise _not_the_parents("/company_id", str(parent.company_id or "—"))
    if section.contract != parent.contract:
        days = "—" if parent.contract is None else f"{parent.contract.starts_on} / {parent.contract.ends_on}"
        raise _not_the_parents("/contract", days)


def _not_the_parents(pointer: str, parents: str) -> Unacceptable:
    return Unacceptable(
        pointer,
        zh=f"分区须与整个项目一致:{parents}",
        en=f"a section shares it with the whole project: {parents}",
    )
