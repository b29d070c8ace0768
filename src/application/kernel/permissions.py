"""Who may do what: one table, and nothing that it does not name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Final

from application.kernel.callers import Caller, Role
from domain.kernel.district import District
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject


class Forbidden(Exception):
    """The caller may see the thing, but may not do this to it; `needed` says in a word what would be accepted."""


class Reach(Enum):
    """How far a permission goes."""

    EVERYWHERE = auto()
    OWN_DISTRICT = auto()
    OWN_COMPANY = auto()
    OWN_LICENCE = auto()
    OWN_PROJECT = auto()
    OWN_REQUESTS = auto()
    DISPATCHED_TO_THEM = auto()


class Operation(StrEnum):
    """What the permission table has a row for."""

    INITIALISE_CITY = "city.initialise"
    ADOPT_RULE_SET = "rule-set.adopt"
    READ_RULE_SETS = "rule-set.read"
    KEEP_COMPANIES = "company.keep"
    READ_COMPANIES = "company.read"
    KEEP_LICENCE_FILES = "licence.keep"
    WITHDRAW_CERTIFICATE = "licence.withdraw-certificate"
    REGISTER_PRACTICE = "licence.register"
    INSPECT = "licence.inspect"
    ERASE_PERSON = "licence.erase"
    APPOINT = "manager.appoint"
    DEDUCT = "licence.deduct"
    OBJECT = "licence.object"
    DECIDE_REVOCATION = "licence.decide-revocation"
    RECORD_SERVICE = "licence.record-service"
    DECIDE_OBJECTION = "licence.decide-objection"
    READ_LICENCES = "licence.read"
    SEE_LICENCE_DETAIL = "licence.read-in-full"
    KEEP_PROJECTS = "project.keep"
    ENTER_STAGE = "project.enter-stage"
    KEEP_ZONES = "project.keep-zones"
    READ_PROJECTS = "project.read"
    FILE_SERVICE_REQUESTS = "service-request.file"
    WORK_ON_SERVICE_REQUESTS = "service-request.work"
    TAKE_CHARGE = "service-request.take-charge"
    CLOSE_SERVICE_REQUESTS = "service-request.close"
    REOPEN_SERVICE_REQUESTS = "service-request.reopen"
    CANCEL_SERVICE_REQUESTS = "service-request.cancel"
    ANSWER_RETURN_VISITS = "service-request.answer-return-visit"
    ARCHIVE_TRAINING_CASES = "service-request.archive"
    NOTE_OVERDUE = "service-request.note-overdue"
    READ_SERVICE_REQUESTS = "service-request.read"
    KEEP_SERVICE_ANALYSIS = "service-analysis.keep"
    READ_SERVICE_ANALYSIS = "service-analysis.read"
    ATTACH = "attachment.upload"
    READ_ATTACHMENTS = "attachment.read"
    READ_HISTORY = "history.read"
    READ_REFUSALS = "refusals.read"
    READ_LOG = "log.read"
    READ_PROJECTIONS = "projection.read"
    REBUILD_PROJECTIONS = "projection.rebuild"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a scope is measured against: the districts, companies, licences and projects that a thing belongs to.

    A service request has those of its project, the subject that reported it and the one it is dispatched to.
    """

    districts: frozenset[District] = frozenset()
    companies: frozenset[CompanyId] = frozenset()
    licences: frozenset[LicenceId] = frozenset()
    projects: frozenset[ProjectId] = frozenset()
    reporters: frozenset[Subject] = frozenset()
    assignees: frozenset[Subject] = frozenset()


_EVERYWHERE: Final = Reach.EVERYWHERE
_WHOLE_CITY: Final = {Role.MUNICIPAL: _EVERYWHERE, Role.AUDITOR: _EVERYWHERE}
_OFFICE: Final = {Role.MUNICIPAL: _EVERYWHERE}
_OFFICE_AND_SYSTEM: Final = {Role.MUNICIPAL: _EVERYWHERE, Role.SYSTEM: _EVERYWHERE}
_NEIGHBOURS: Final = {
    Role.OWNERS_COMMITTEE: Reach.OWN_PROJECT,
    Role.NEIGHBOURHOOD_COMMITTEE: Reach.OWN_PROJECT,
    Role.RESIDENT: Reach.OWN_PROJECT,
}
_READERS: Final = {
    Role.MUNICIPAL: _EVERYWHERE,
    Role.DISTRICT: _EVERYWHERE,
    Role.COMPANY: _EVERYWHERE,
    Role.MANAGER: _EVERYWHERE,
    Role.AUDITOR: _EVERYWHERE,
    Role.SYSTEM: _EVERYWHERE,
    **_NEIGHBOURS,
}
_DESK: Final = {
    Role.COMPANY: Reach.OWN_COMPANY,
    Role.MANAGER: Reach.OWN_LICENCE,
}
"""Who runs a project: its company, and its manager in office."""

PERMISSIONS: Final[Mapping[Operation, Mapping[Role, Reach]]] = MappingProxyType(
    {
        Operation.INITIALISE_CITY: {Role.SYSTEM: _EVERYWHERE},
        Operation.ADOPT_RULE_SET: _OFFICE,
        Operation.READ_RULE_SETS: dict.fromkeys(Role, _EVERYWHERE),
        Operation.KEEP_COMPANIES: _OFFICE_AND_SYSTEM,
        Operation.READ_COMPANIES: {role: reach for role, reach in _READERS.items() if role is not Role.RESIDENT},
        Operation.KEEP_LICENCE_FILES: {**_OFFICE_AND_SYSTEM, Role.COMPANY: Reach.OWN_COMPANY},
        Operation.WITHDRAW_CERTIFICATE: _OFFICE_AND_SYSTEM,
        Operation.REGISTER_PRACTICE: _OFFICE_AND_SYSTEM,
        Operation.INSPECT: {**_OFFICE, Role.DISTRICT: Reach.OWN_DISTRICT},
        Operation.ERASE_PERSON: _OFFICE,
        Operation.APPOINT: {
            **_OFFICE_AND_SYSTEM,
            Role.DISTRICT: Reach.OWN_DISTRICT,
            Role.COMPANY: Reach.OWN_COMPANY,
        },
        Operation.DEDUCT: {**_OFFICE, Role.DISTRICT: Reach.OWN_DISTRICT},
        Operation.OBJECT: {**_OFFICE, Role.DISTRICT: _EVERYWHERE, Role.MANAGER: Reach.OWN_LICENCE},
        Operation.DECIDE_REVOCATION: _OFFICE,
        Operation.RECORD_SERVICE: {**_OFFICE, Role.DISTRICT: Reach.OWN_DISTRICT},
        Operation.DECIDE_OBJECTION: _OFFICE,
        Operation.READ_LICENCES: _READERS,
        Operation.SEE_LICENCE_DETAIL: {
            **_WHOLE_CITY,
            Role.DISTRICT: _EVERYWHERE,
            Role.SYSTEM: _EVERYWHERE,
            Role.COMPANY: Reach.OWN_COMPANY,
            Role.MANAGER: Reach.OWN_LICENCE,
        },
        Operation.KEEP_PROJECTS: {**_OFFICE_AND_SYSTEM, Role.DISTRICT: Reach.OWN_DISTRICT},
        Operation.ENTER_STAGE: {
            **_OFFICE_AND_SYSTEM,
            Role.DISTRICT: Reach.OWN_DISTRICT,
            Role.COMPANY: Reach.OWN_COMPANY,
        },
        Operation.KEEP_ZONES: {
            **_OFFICE_AND_SYSTEM,
            Role.DISTRICT: Reach.OWN_DISTRICT,
            Role.COMPANY: Reach.OWN_COMPANY,
        },
        Operation.READ_PROJECTS: _READERS,
        Operation.FILE_SERVICE_REQUESTS: {
            **_OFFICE_AND_SYSTEM,
            **_DESK,
            Role.OWNERS_COMMITTEE: Reach.OWN_PROJECT,
            Role.RESIDENT: Reach.OWN_PROJECT,
        },
        Operation.WORK_ON_SERVICE_REQUESTS: {
            Role.SYSTEM: _EVERYWHERE,
            **_DESK,
            Role.STAFF: Reach.DISPATCHED_TO_THEM,
        },
        # Everybody but the manager only while no manager is in office.
        Operation.TAKE_CHARGE: {**_OFFICE, Role.DISTRICT: Reach.OWN_DISTRICT, **_DESK},
        Operation.CLOSE_SERVICE_REQUESTS: {Role.SYSTEM: _EVERYWHERE, **_DESK},
        Operation.REOPEN_SERVICE_REQUESTS: {Role.SYSTEM: _EVERYWHERE, **_DESK, Role.RESIDENT: Reach.OWN_REQUESTS},
        Operation.CANCEL_SERVICE_REQUESTS: {
            Role.SYSTEM: _EVERYWHERE,
            Role.COMPANY: Reach.OWN_COMPANY,
            Role.RESIDENT: Reach.OWN_REQUESTS,
        },
        Operation.ANSWER_RETURN_VISITS: {Role.RESIDENT: Reach.OWN_REQUESTS},
        Operation.ARCHIVE_TRAINING_CASES: _DESK,
        Operation.NOTE_OVERDUE: {Role.SYSTEM: _EVERYWHERE},
        Operation.READ_SERVICE_REQUESTS: {
            **_WHOLE_CITY,
            Role.SYSTEM: _EVERYWHERE,
            Role.DISTRICT: Reach.OWN_DISTRICT,
            **_DESK,
            **_NEIGHBOURS,
            Role.RESIDENT: Reach.OWN_REQUESTS,
            Role.STAFF: Reach.DISPATCHED_TO_THEM,
        },
        Operation.KEEP_SERVICE_ANALYSIS: _DESK,
        Operation.READ_SERVICE_ANALYSIS: {
            **_WHOLE_CITY,
            Role.SYSTEM: _EVERYWHERE,
            Role.DISTRICT: Reach.OWN_DISTRICT,
            **_DESK,
            Role.OWNERS_COMMITTEE: Reach.OWN_PROJECT,
            Role.NEIGHBOURHOOD_COMMITTEE: Reach.OWN_PROJECT,
        },
        # Whoever may file a request, work on one, or deduct points.
        Operation.ATTACH: {
            **_OFFICE_AND_SYSTEM,
            Role.DISTRICT: _EVERYWHERE,
            Role.COMPANY: _EVERYWHERE,
            Role.MANAGER: _EVERYWHERE,
            Role.STAFF: _EVERYWHERE,
            Role.OWNERS_COMMITTEE: _EVERYWHERE,
            Role.RESIDENT: _EVERYWHERE,
        },
        # Everyone may ask; what names an attachment says who gets it.
        Operation.READ_ATTACHMENTS: dict.fromkeys(Role, _EVERYWHERE),
        Operation.READ_HISTORY: {
            **_WHOLE_CITY,
            Role.DISTRICT: _EVERYWHERE,
            Role.COMPANY: Reach.OWN_COMPANY,
            Role.MANAGER: Reach.OWN_LICENCE,
        },
        Operation.READ_REFUSALS: _WHOLE_CITY,
        Operation.READ_LOG: _WHOLE_CITY,
        Operation.READ_PROJECTIONS: _WHOLE_CITY,
        Operation.REBUILD_PROJECTIONS: _OFFICE,
    }
)


def require_role(caller: Caller, operation: Operation) -> None:
    """Turn away a role that the table does not name for the operation at all.

    Raises: Forbidden.
    """
    if caller.role not in PERMISSIONS[operation]:
        raise Forbidden


def reaches(caller: Caller, operation: Operation, thing: Thing) -> bool:  # noqa: PLR0911 - one return per reach
    """Tell whether the caller may do the operation to the thing."""
    match PERMISSIONS[operation].get(caller.role):
        case None:
            return False
        case Reach.EVERYWHERE:
            return True
        case Reach.OWN_DISTRICT:
            return caller.district in thing.districts
        case Reach.OWN_COMPANY:
            return caller.company in thing.companies
        case Reach.OWN_LICENCE:
            return caller.licence in thing.licences
        case Reach.OWN_PROJECT:
            return caller.project in thing.projects
        case Reach.OWN_REQUESTS:
            return caller.project in thing.projects and caller.subject in thing.reporters
        case Reach.DISPATCHED_TO_THEM:
            return caller.project in thing.projects and caller.subject in thing.assignees


def require(caller: Caller, operation: Operation, thing: Thing, *, reading: Operation) -> None:
    """Let the caller pass, or answer as the contract says: 404 when it may not read the thing, else 403.

    Raises: NoSuchThing, Forbidden.
    """
    if reaches(caller, operation, thing):
        return
    if not reaches(caller, reading, thing):
        raise NoSuchThing
    raise Forbidden


def own_project_only(caller: Caller, operation: Operation) -> ProjectId | None:
    """Answer the one project that a list must be narrowed to for the caller; None when it is not narrowed."""
    return caller.project if PERMISSIONS[operation].get(caller.role) is Reach.OWN_PROJECT else None
