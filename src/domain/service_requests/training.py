"""Closed complaints are kept as training cases (存档,作为培训案例, Text 4, (三)投诉受理), without personal data."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import Rule, check
from domain.service_requests.events import ServiceRequestArchived, ServiceRequestEvent
from domain.service_requests.request import ServiceRequest, Status
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken
from domain.service_requests.words import Kind

_NUMBER_OF_A_PERSON: Final = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)", re.ASCII)
"""A mobile number or an ID number; a name cannot be told from any other word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTrainingCase:
    """Keep a closed complaint as a training case; the lesson names nobody."""

    request_id: ServiceRequestId
    lesson: str
    occurred_at: datetime | None = None


request_is_a_complaint: Final = Rule[Case](
    code="request.not-complaint",
    zh="仅投诉可存档为培训案例",
    en="only a complaint is archived as a training case",
    cites="Text 4 (三)投诉受理 2",
    is_broken_by=lambda case: case.request.kind is not Kind.COMPLAINT,
)


def archive_case(request: ServiceRequest, asked: ArchiveTrainingCase, step: Step) -> list[ServiceRequestEvent]:
    """Archive a closed complaint with what is to be learnt from it, once; nothing when that lesson is kept already.

    Raises: RulesBroken; Unacceptable for a lesson with somebody's telephone or ID number in it.
    """
    if _NUMBER_OF_A_PERSON.search(asked.lesson):
        raise Unacceptable(
            "/lesson", zh="不得含有手机号或身份证号", en="must not hold anybody's telephone or ID number"
        )
    if request.lesson == asked.lesson:
        return []
    case = taken(request, step, is_drawn=request.status is Status.CLOSED and request.lesson is None)
    check(case, *EVERY_STEP, request_is_a_complaint)
    return [ServiceRequestArchived(lesson=asked.lesson, occurred_at=case.at)]
