"""Practice registration (执业注册) and its end (Text 3 §2(1))."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import Rule, check
from domain.licensing.events import LicenceEvent, PracticeDeregistered, PracticeRegistered
from domain.licensing.licence import Licence


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPractice:
    """Register a person's practice for a company; `registered_on` in the past takes over an earlier register."""

    licence_id: LicenceId
    company_id: CompanyId
    registered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeregisterPractice:
    """End the registration; a move to another company is to deregister, then to register."""

    licence_id: LicenceId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registering:
    """The case of a registration."""

    licence: Licence
    from_day: date
    today: date
    company_is_closed: bool


def _retraining_is_missing(case: Registering) -> bool:
    revocation = case.licence.revoked_by
    return revocation is not None and not case.licence.has_training_certificate_on(
        case.today, issued_from=revocation.revoked_on
    )


post_certificate_is_valid: Final = Rule[Registering](
    code="registration.post-certificate-missing",
    zh="没有当日有效的岗位证书(全国或本市)",
    en="no post certificate, national or municipal, is valid today",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: not case.licence.has_post_certificate_on(case.today),
)
training_certificate_is_valid: Final = Rule[Registering](
    code="registration.training-certificate-missing",
    zh="没有当日有效的项目经理培训合格证书",
    en="no training certificate is valid today",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: not case.licence.has_training_certificate_on(case.today),
)
holder_is_not_banned: Final = Rule[Registering](
    code="registration.banned",
    zh="吊销后二年内不得在本市担任物业管理项目经理",
    en="the holder may not manage projects in this city within two years of the revocation",
    cites="Text 3 §2(3)",
    is_broken_by=lambda case: any(case.from_day <= entry.banned_until for entry in case.licence.revocations),
)
holder_is_not_registered: Final = Rule[Registering](
    code="registration.already-registered",
    zh="已经执业注册",
    en="the practice is registered already",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.licence.registration is not None,
)
company_is_open: Final = Rule[Registering](
    code="registration.company-closed",
    zh="该企业已注销",
    en="the company is closed",
    cites="Text 3 §2(1)",
    is_broken_by=lambda case: case.company_is_closed,
)
holder_is_retrained: Final = Rule[Registering](
    code="registration.retraining-missing",
    zh="吊销后重新注册,培训合格证书须为吊销之日或之后颁发",
    en="after a revocation the training certificate must be issued on or after the day of revocation",
    cites="Text 3 §2(1), §2(3)",
    is_broken_by=_retraining_is_missing,
)
practice_is_registered: Final = Rule[Licence](
    code="registration.not-registered",
    zh="没有有效的执业注册",
    en="no practice registration is in force",
    cites="Text 3 §2(1)",
    is_broken_by=lambda licence: licence.registration is None,
)
manager_holds_no_project: Final = Rule[Licence](
    code="registration.still-appointed",
    zh="仍在担任项目经理,须先卸任",
    en="the manager still holds a project and must be relieved first",
    cites="Text 3 §2(1)",
    is_broken_by=lambda licence: bool(licence.appointments),
)


def register_practice(
    licence: Licence,
    asked: RegisterPractice,
    rules: RuleSet,
    *,
    new_number: LicenceNumber,
    company_is_closed: bool,
    today: date,
) -> list[LicenceEvent]:
    """Register the practice; a number stays through deregistration, after a revocation `new_number` is given."""
    from_day = asked.registered_on or today
    if from_day > today:
        raise Unacceptable("/registered_on", zh="不得晚于今天", en="must not be after today")
    check(
        Registering(licence=licence, from_day=from_day, today=today, company_is_closed=company_is_closed),
        post_certificate_is_valid,
        training_certificate_is_valid,
        holder_is_not_banned,
        holder_is_not_registered,
        company_is_open,
        holder_is_retrained,
    )
    kept = number_kept(licence)
    return [
        PracticeRegistered(
            licence_number=new_number if kept is None else kept,
            company_id=asked.company_id,
            registered_on=from_day,
            rule_set=rules.version,
        )
    ]


def number_kept(licence: Licence) -> LicenceNumber | None:
    """Answer the number that a new registration goes on with; None when it gets a new one."""
    if not licence.registrations or licence.revoked_by is not None:
        return None
    return licence.registrations[-1].licence_number


def deregister_practice(licence: Licence, asked: DeregisterPractice, *, today: date) -> list[LicenceEvent]:
    """End the registration of a manager who holds no project."""
    check(licence, practice_is_registered, manager_holds_no_project)
    held = licence.registration
    assert held is not None  # noqa: S101 - the first rule has just said so
    return [PracticeDeregistered(company_id=held.company_id, reason=asked.reason, deregistered_on=today)]
